package spec

import "slices"

// Limits of one schema that an agent is shown. A reference can lead anywhere, and
// following all of them grows exponentially; what lies beyond the limits keeps
// its type only.
const (
	schemaNodes   = 400
	schemaDepth   = 6
	schemaChoices = 8   // members of oneOf and anyOf
	schemaEnum    = 100 // values of an enum
	nestedText    = 240 // bytes of a description inside a schema
)

// A side says whether a schema describes what goes in or what comes out: readOnly
// properties are no part of a request, writeOnly ones none of a response.
type side bool

const (
	request  side = false
	response side = true
)

// A shaper turns the schemas of one document into plain JSON Schema 2020-12
// with everything inline. It writes only keywords that it knows, with values
// that the draft allows, so that its output always compiles.
type shaper struct {
	find  resolver
	side  side
	nodes int      // left in the budget
	depth int      // how deep it may go
	open  []string // references being followed, against cycles
}

// shape returns the schema within the limits: as deep as schemaDepth allows, and
// shallower where that would be too many nodes, so that the top is always whole.
func shape(find resolver, schema any, s side) *object {
	for depth := schemaDepth; ; depth-- {
		sh := shaper{find: find, side: s, nodes: schemaNodes, depth: depth}
		out := sh.schema(schema, 0)
		if sh.nodes > 0 || depth == 1 {
			return out
		}
	}
}

// schema shapes one node. It never returns nil.
func (s *shaper) schema(v any, depth int) *object {
	s.nodes--
	in, leave := s.resolve(v)
	defer leave()
	if in == nil {
		return s.unresolved(v)
	}
	in = s.mergeAll(in, 0)
	out := &object{}
	types, nullable := s.types(in, out)
	s.text(in, v, types, out)
	if s.nodes > 0 && depth < s.depth {
		s.properties(in, depth, out)
		s.items(in, types, depth, out)
		s.choices(in, depth, &nullable, out)
	}
	s.values(in, types, out)
	limits(in, types, out)
	setType(out, types, nullable)
	return out
}

// text sets title and description. An object without a title of its own gets the
// name of the definition it was referred to by: that is what the thing is called.
func (s *shaper) text(in *object, v any, types []string, out *object) {
	title := plainText(in.string("title"), 80)
	if o, ok := v.(*object); ok && title == "" && slices.Contains(types, "object") {
		title = refName(o.string("$ref"))
	}
	if title != "" {
		out.set("title", title)
	}
	if d := plainText(in.string("description"), nestedText); d != "" {
		out.set("description", d)
	}
	if in.bool("deprecated") {
		out.set("deprecated", true)
	}
	if s.side == response && in.bool("readOnly") {
		out.set("readOnly", true)
	}
}

// maxName is the longest name of a property, in bytes.
const maxName = 200

func (s *shaper) properties(in *object, depth int, out *object) {
	props := in.object("properties")
	required := requiredNames(in)
	shaped := &object{}
	for name, v := range props.all() {
		p, ok := v.(*object)
		if !ok { // true and null allow anything, false nothing
			p = &object{}
		}
		if v == false || len(name) > maxName || s.hidden(p) {
			continue
		}
		if s.nodes <= 0 {
			break
		}
		if p.get("required") == any(true) { // draft 3 wrote it on the property
			required = append(required, name)
		}
		shaped.set(name, s.schema(p, depth+1))
	}
	if shaped.len() > 0 {
		out.set("properties", shaped)
		setRequired(out, required)
	}
	switch extra := in.get("additionalProperties").(type) {
	case bool:
		if !extra && shaped.len() > 0 && s.nodes > 0 { // only where all of them are shown
			out.set("additionalProperties", false)
		}
	case *object:
		if extra.len() > 0 {
			out.set("additionalProperties", s.schema(extra, depth+1))
		}
	}
}

// hidden says whether a property belongs to the other side.
func (s *shaper) hidden(p *object) bool {
	for range 4 {
		key := "readOnly"
		if s.side == response {
			key = "writeOnly"
		}
		if p.bool(key) {
			return true
		}
		target, _ := s.find(p.string("$ref"))
		next, ok := target.(*object)
		if !ok {
			return false
		}
		p = next
	}
	return false
}

// requiredNames returns the required keyword without what is no name.
func requiredNames(in *object) []string {
	var names []string
	for _, v := range in.list("required") {
		if name, ok := v.(string); ok {
			names = append(names, name)
		}
	}
	return names
}

// setRequired requires those of the names that are properties, each once.
func setRequired(out *object, names []string) {
	var list []any
	for _, name := range names {
		if out.object("properties").has(name) && !slices.Contains(list, any(name)) {
			list = append(list, name)
		}
	}
	if len(list) > 0 {
		out.set("required", list)
	}
}

func (s *shaper) items(in *object, types []string, depth int, out *object) {
	switch items := in.get("items").(type) {
	case *object:
		out.set("items", s.schema(items, depth+1))
	case []any:
		if len(items) > 0 { // a tuple: its first item stands for all
			out.set("items", s.schema(items[0], depth+1))
		}
	default:
		if prefix := in.list("prefixItems"); len(prefix) > 0 {
			out.set("items", s.schema(prefix[0], depth+1))
		} else if slices.Contains(types, "array") {
			out.set("items", &object{})
		}
	}
}

// choices keeps oneOf and anyOf; one with a single member beside null is that member.
func (s *shaper) choices(in *object, depth int, nullable *bool, out *object) {
	for _, key := range []string{"oneOf", "anyOf"} {
		var members []any
		for _, m := range in.list(key) {
			if o, ok := m.(*object); ok && o.string("type") == "null" {
				*nullable = true
				continue
			}
			if s.nodes <= 0 || len(members) == schemaChoices {
				break
			}
			members = append(members, s.schema(m, depth))
		}
		switch {
		case len(members) == 1 && !out.has("properties"):
			inline(out, members[0].(*object), nullable)
		case len(members) > 0:
			if *nullable {
				members = append(members, obj("type", "null"))
			}
			out.set(key, members)
		}
	}
}

// inline adds the keywords of a shaped schema to out, which lacks them.
func inline(out, m *object, nullable *bool) {
	for k, v := range m.all() {
		if !out.has(k) {
			out.set(k, v)
		}
	}
	if list, ok := out.get("type").([]any); ok && *nullable && !slices.Contains(list, any("null")) {
		out.set("type", append(slices.Clip(list), "null"))
	} else if t, ok := out.get("type").(string); ok && *nullable {
		out.set("type", []any{t, "null"})
	}
}
