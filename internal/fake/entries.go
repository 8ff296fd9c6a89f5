package fake

import (
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// What objects hold that are used as maps: keys with values that belong to them.
var mapEntries = map[string][][2]string{
	"header":     {{"Content-Type", "application/json"}, {"Accept", "*/*"}, {"User-Agent", "curl/8.5.0"}, {"X-Request-Id", "7c1f0b52"}, {"Cache-Control", "no-cache"}},
	"technical":  {{"environment", "production"}, {"team", "platform"}, {"cost-center", "4210"}, {"owner", "data-eng"}, {"managed-by", "terraform"}, {"tier", "backend"}, {"app", "checkout"}},
	"parameter":  {{"limit", "50"}, {"region", "eu"}, {"dry_run", "false"}, {"format", "json"}, {"retries", "3"}},
	"preference": {{"language", "en"}, {"theme", "dark"}, {"notifications", "email"}, {"timezone", "UTC"}},
	"":           {{"source", "web"}, {"channel", "newsletter"}, {"region", "north"}, {"segment", "returning"}, {"reference", "PO-20418"}, {"department", "sales"}, {"priority", "normal"}},
}

var mapKinds = map[string]string{"header": "header", "parameter": "parameter", "param": "parameter", "argument": "parameter", "input": "parameter", "variable": "parameter", "option": "parameter",
	"preference": "preference", "setting": "preference"}

// fillMap makes the entries of an object that is used as a map.
func (m *Maker) fillMap(s *Shape, o *pyjson.Object) {
	kind := ""
	if m.In.Technical {
		kind = "technical"
	}
	for _, w := range strings.Fields(strings.Join(s.Words, " ")) {
		if k, ok := mapKinds[strings.TrimSuffix(w, "s")]; ok {
			kind = k
		}
	}
	list := mapEntries[kind]
	first := m.Rand.IntN(len(list))
	for i := range 1 + m.Rand.IntN(3) {
		entry := list[(first+i)%len(list)]
		if free(s.Others) {
			o.Set(entry[0], m.Fit(entry[1], s.Others))
		} else if items := s.Others.Items; s.Others.Type == "array" && items != nil && free(items) {
			o.Set(entry[0], []any{m.Fit(entry[1], items)})
		} else {
			o.Set(entry[0], m.Value(s.Others))
		}
	}
}

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
