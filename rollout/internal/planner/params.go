package planner

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// leaves appends the leaves of an object schema.
func leaves(out []param, schema *pyjson.Object, prefix string, required bool) []param {
	props := objectAt(schema, "properties")
	if props == nil {
		return out
	}
	must, _ := schema.Get("required")
	list, _ := must.([]any)
	for name, sub := range props.All() {
		s, ok := sub.(*pyjson.Object)
		if !ok {
			continue
		}
		needed := required && slices.Contains(list, any(name))
		items := objectAt(s, "items")
		switch {
		case objectAt(s, "properties") != nil:
			out = leaves(out, s, prefix+name+".", needed)
		case items != nil && objectAt(items, "properties") != nil:
			out = leaves(out, items, prefix+name+"[].", needed)
		case items != nil:
			p := leaf(items, prefix+name, needed)
			p.list = true
			p.doc = append(p.doc, lex.Words(textOf(s, "description"))...)
			out = append(out, p)
		default:
			out = append(out, leaf(s, prefix+name, needed))
		}
	}
	return out
}

func leaf(s *pyjson.Object, path string, required bool) param {
	p := param{path: path, required: required, kind: textOf(s, "type"), format: textOf(s, "format"), doc: lex.Words(textOf(s, "description"))}
	if v, ok := s.Get("enum"); ok {
		p.enum, _ = v.([]any)
	}
	_, p.fixed = s.Get("default")
	if v, ok := s.Get("examples"); ok {
		list, _ := v.([]any)
		for _, e := range list {
			p.examples = append(p.examples, pyjson.Str(e))
		}
	}
	if v, ok := s.Get("example"); ok {
		p.examples = append(p.examples, pyjson.Str(v))
	}
	p.examples = append(p.examples, idExample.FindAllString(textOf(s, "description"), -1)...)
	return p
}

var idExample = regexp.MustCompile(`\b[A-Z]{1,5}[-_]?\d{2,}\b`)

// complete derives what depends on the tool as well.
func (p *param) complete(t *tool) {
	p.words = lex.Words(p.path)
	segments := strings.Split(strings.ReplaceAll(p.path, "[]", ""), ".")
	last := words.Split(segments[len(segments)-1])
	p.last = stems(last)
	n := len(last)
	p.key = n > 0 && keyWords[last[n-1]] && len(p.enum) == 0 && !(n > 1 && noKeys[last[n-2]])
	if len(p.last) == 1 && (p.key || vague[last[0]]) { // "id" alone: of what the tool is about
		p.words = append(slices.Clone(t.nouns), p.words...)
	}
	p.label = labelOf(segments, t, p)
}

func stems(list []string) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = lex.Stem(w)
	}
	return out
}

// core returns the last segment's stems without the words that only say which
// end of a range, or that the value is to be.
func (p *param) core() []string {
	var out []string
	for _, w := range p.last {
		if !modifiers[w] {
			out = append(out, w)
		}
	}
	return out
}

var modifiers = set("min max new from to after befor before since until start end onli only has is")

var (
	keyWords = set("id ids key code number no num reference ref uuid uid sku isbn iban vin imei pnr slug handle username msisdn iccid barcode")
	noKeys   = set("postal zip post country currency phone area dial promo discount coupon license house street")
	vague    = set("name title status type number code date email phone note")
)

// labelOf names a parameter as people would.
func labelOf(segments []string, t *tool, p *param) string {
	var said []string
	for _, s := range segments {
		for _, w := range words.Split(s) {
			if w = strings.TrimSuffix(w, "s"+"_"); len(said) == 0 || said[len(said)-1] != w {
				said = append(said, w)
			}
		}
	}
	if len(said) == 1 && p.key {
		said = append(nounsOf(t.name), said...)
	}
	if n := len(said); n > 1 && (p.format == "date" || p.format == "date-time") && (said[n-1] == "on" || said[n-1] == "at") {
		said[n-1] = "date"
	}
	for i, w := range said {
		switch w {
		case "id", "uuid", "sku", "isbn", "iban", "vin", "imei", "pnr":
			said[i] = strings.ToUpper(w)
		case "ids":
			said[i] = "IDs"
		}
	}
	return strings.Join(said, " ")
}

// nounsOf returns a tool name's words without its verb, in the singular.
func nounsOf(name string) []string {
	var out []string
	for _, w := range words.Split(name) {
		if !isVerb(w) {
			out = append(out, words.Singular(w))
		}
	}
	return out
}

// said says whether a stem may be part of what people call a parameter.
func (p *param) said(t *tool) func(stem string) bool {
	return func(stem string) bool {
		return slices.Contains(p.words, stem) || t.kit.things[stem] || keyStems[stem] || stem == "new" || stem == "second"
	}
}

// entity returns the stems of what a key parameter names: the order of
// order_id. There is at least one, if only the word thing.
func (p *param) entity(t *tool) []string {
	var out []string
	for _, w := range p.words {
		if !keyStems[w] {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		out = t.nouns
	}
	if len(out) == 0 {
		return []string{"thing"}
	}
	return out
}

var keyStems = func() map[string]bool {
	m := map[string]bool{}
	for w := range keyWords {
		m[lex.Stem(w)] = true
	}
	return m
}()

func objectAt(o *pyjson.Object, key string) *pyjson.Object {
	v, _ := o.Get(key)
	sub, _ := v.(*pyjson.Object)
	return sub
}
