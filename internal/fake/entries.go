package fake

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// What objects hold that are used as maps: keys with values that belong to them.
var mapEntries = map[string][][2]string{
	"header":     {{"Content-Type", "application/json"}, {"Accept", "*/*"}, {"User-Agent", "curl/8.5.0"}, {"X-Request-Id", "7c1f0b52"}, {"Cache-Control", "no-cache"}},
	"technical":  {{"environment", "production"}, {"team", "platform"}, {"cost-center", "4210"}, {"owner", "data-eng"}, {"managed-by", "terraform"}, {"tier", "backend"}, {"app", "checkout"}},
	"variable":   {{"LOG_LEVEL", "info"}, {"AWS_REGION", "us-east-1"}, {"STAGE", "prod"}, {"TABLE_NAME", "orders"}, {"MAX_RETRIES", "3"}},
	"parameter":  {{"limit", "50"}, {"region", "eu"}, {"dry_run", "false"}, {"format", "json"}, {"retries", "3"}},
	"preference": {{"language", "en"}, {"theme", "dark"}, {"notifications", "email"}, {"timezone", "UTC"}},
	"":           {{"source", "web"}, {"channel", "newsletter"}, {"region", "north"}, {"segment", "returning"}, {"reference", "PO-20418"}, {"department", "sales"}, {"priority", "normal"}},
}

var mapKinds = map[string]string{"header": "header", "parameter": "parameter", "param": "parameter", "argument": "parameter", "input": "parameter", "variable": "parameter", "option": "parameter",
	"preference": "preference", "setting": "preference", "tag": "technical", "label": "technical", "annotation": "technical"}

// ownFields are words for a map that people fill as they like.
var ownFields = flags("metadata custom attribute tag label field extra property data")

// fillMap makes the entries of an object that is used as a map. Of a computer's
// things only labels are known: options of who knows what stay empty.
func (m *Maker) fillMap(s *Shape, o *pyjson.Object) {
	kind := ""
	for _, w := range s.Words {
		if k, ok := mapKinds[strings.TrimSuffix(w, "s")]; ok && (k != "technical" || m.In.Technical) {
			kind = k
		}
	}
	text := free(s.Others) || s.Others.Type == "" || s.Others.Type == "string" && len(s.Others.Enum) == 0 || s.Others.Type == "array" && s.Others.Items != nil && free(s.Others.Items)
	switch {
	case m.In.Technical && hasWord(s, "environment") && kind == "parameter":
		kind = "variable"
	case m.In.Technical && kind == "technical", kind == "header":
	case s.MinLength == 0 && text && (m.In.Technical || kind == "" && !slices.ContainsFunc(s.Words, func(w string) bool { return ownFields[words.Singular(w)] })):
		return
	case m.In.Technical && kind == "":
		kind = "technical"
	}
	list := mapEntries[kind]
	first := m.Rand.IntN(len(list))
	for i := range 1 + m.Rand.IntN(3) {
		entry := list[(first+i)%len(list)]
		switch {
		case free(s.Others), kind == "technical" && s.Others.Type == "string" && len(s.Others.Enum) == 0:
			o.Set(entry[0], m.Fit(entry[1], s.Others))
		case text && s.Others.Type != "array":
			o.Set(entry[0], m.Value(s.Others))
		case text:
			o.Set(entry[0], []any{m.Fit(entry[1], s.Others.Items)})
		case m.In.Technical:
			o.Set(m.one(m.works()), m.Value(s.Others))
		default:
			o.Set(entry[0], m.Value(s.Others))
		}
	}
}

// pair fills the key and the value of a label, which belong together.
func (m *Maker) pair(s *Shape, o *pyjson.Object) {
	if !m.In.Technical || len(s.Words) == 0 || !labels[words.Singular(s.Words[len(s.Words)-1])] {
		return
	}
	var key, value *Shape
	for _, f := range s.Fields {
		switch name := f.Shape.Words; {
		case len(name) == 0 || f.Shape.Type != "string":
		case name[len(name)-1] == "key":
			key = f.Shape
		case name[len(name)-1] == "value":
			value = f.Shape
		}
	}
	if key == nil || value == nil || len(key.Enum)+len(value.Enum) > 0 {
		return
	}
	list := mapEntries["technical"]
	entry := list[m.Rand.IntN(len(list))]
	if key.allowsText(entry[0]) && value.allowsText(entry[1]) {
		o.Set(key.Name, entry[0])
		o.Set(value.Name, entry[1])
	}
}

var labels = flags("tag label annotation")

// free says whether nothing more than text is asked for.
func free(s *Shape) bool {
	return (s.Type == "string" || s.Type == "") && len(s.Enum) == 0 && (s.Semantic == "" || s.Semantic == "title" || s.Semantic == "tag" || s.Semantic == "name" || s == anyLabel)
}

// telling returns the values of an enum that say something: services list the
// unspecified and the unknown too, which no real row holds.
func (s *Shape) telling() []any {
	var out []any
	for _, v := range s.Enum {
		if t, ok := v.(string); !ok || t != "" && !Vague(t) {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return s.Enum
	}
	return out
}

// Vague says whether a value of an enum says that nothing is known.
func Vague(v string) bool {
	v = strings.ToLower(v)
	return strings.HasSuffix(v, "unspecified") || strings.HasSuffix(v, "unknown") || strings.HasPrefix(v, "unknown") || strings.HasSuffix(v, "undefined") || strings.HasSuffix(v, "unspecified_value")
}
