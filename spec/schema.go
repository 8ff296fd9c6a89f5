package spec

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

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
	root  any // references are resolved against it
	side  side
	nodes int      // left in the budget
	depth int      // how deep it may go
	open  []string // references being followed, against cycles
}

// shape returns the schema within the limits: as deep as schemaDepth allows, and
// shallower where that would be too many nodes, so that the top is always whole.
func shape(root, schema any, s side) *object {
	for depth := schemaDepth; ; depth-- {
		sh := shaper{root: root, side: s, nodes: schemaNodes, depth: depth}
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

// unresolved is the schema of something that cannot be followed: anything may
// stand there, or anything of its type. What it referred to is kept as a note.
func (s *shaper) unresolved(v any) *object {
	out := &object{}
	in, _ := v.(*object)
	if !in.has("$ref") {
		return out
	}
	ref := in.string("$ref")
	target, _ := lookup(s.root, ref)
	if o, _ := target.(*object); o != nil { // a cycle: at least its type is known
		if types, _ := s.types(o, &object{}); len(types) == 1 {
			out.set("type", types[0])
		}
	}
	out.set("x-ref", refName(ref))
	return out
}

// resolve follows references until it finds an object. The function it returns
// must be called when the object has been dealt with. It returns nil for a
// cycle, a reference that leads nowhere or outside, and what is no schema.
func (s *shaper) resolve(v any) (*object, func()) {
	mark := len(s.open)
	leave := func() { s.open = s.open[:mark] }
	for {
		in, ok := v.(*object)
		if !ok {
			return nil, leave
		}
		ref, ok := in.get("$ref").(string)
		if !ok {
			return in, leave
		}
		if slices.Contains(s.open, ref) {
			return nil, leave
		}
		s.open = append(s.open, ref)
		target, ok := lookup(s.root, ref)
		if !ok {
			return nil, leave
		}
		v = beside(in, target)
	}
}

// beside adds the keywords that stand beside a $ref (allowed since OpenAPI 3.1,
// written long before) to what it refers to.
func beside(in *object, target any) any {
	t, ok := target.(*object)
	if !ok || in.len() == 1 {
		return target
	}
	out := &object{cut: t.cut}
	for k, v := range t.all() {
		out.set(k, v)
	}
	for k, v := range in.all() {
		if k == "description" || k == "title" || k == "default" || k == "nullable" || k == "x-nullable" || k == "readOnly" {
			out.set(k, v)
		}
	}
	return out
}

// lookup follows a local reference such as #/components/schemas/Pet.
func lookup(root any, ref string) (any, bool) {
	path, ok := strings.CutPrefix(ref, "#")
	if !ok {
		return nil, false
	}
	v := root
	for token := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		token = unescapeToken(token)
		if token == "" {
			continue
		}
		switch x := v.(type) {
		case *object:
			if !x.has(token) {
				return nil, false
			}
			v = x.get(token)
		case []any:
			i := slices.Index([]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}, token)
			if i < 0 || i >= len(x) {
				return nil, false
			}
			v = x[i]
		default:
			return nil, false
		}
	}
	return v, true
}

// mergeAll folds allOf into one object: the union of properties and requirements,
// and for every other keyword the value that comes first. An allOf nested deeper
// than 16 is a cycle in disguise. The references followed stay open until the
// caller has shaped the properties found through them: one that leads back is a cycle.
func (s *shaper) mergeAll(in *object, depth int) *object {
	parts := in.list("allOf")
	if len(parts) == 0 || depth > 16 {
		return in
	}
	out := &object{cut: in.cut}
	for k, v := range in.all() {
		if k != "allOf" {
			out.set(k, v)
		}
	}
	for _, part := range parts {
		s.nodes--
		if s.nodes <= 0 {
			break
		}
		if p, _ := s.resolve(part); p != nil {
			fold(out, s.mergeAll(p, depth+1))
		}
	}
	return out
}

// fold adds the keywords of p to out.
func fold(out, p *object) {
	for k, v := range p.all() {
		switch have := out.get(k).(type) {
		case nil:
			out.set(k, v)
		case *object:
			if add, ok := v.(*object); ok && k == "properties" {
				out.set(k, union(have, add))
			}
		case []any:
			if add, ok := v.([]any); ok && k == "required" {
				out.set(k, append(slices.Clip(have), add...))
			}
		}
	}
}

func union(a, b *object) *object {
	out := &object{}
	for k, v := range a.all() {
		out.set(k, v)
	}
	for k, v := range b.all() {
		if !out.has(k) {
			out.set(k, v)
		}
	}
	return out
}

// types reads the type keyword: a name, a list of names, or a foreign word, which
// is kept as x-type. Without one it is guessed from the other keywords.
func (s *shaper) types(in, out *object) (types []string, nullable bool) {
	nullable = in.bool("nullable") || in.bool("x-nullable")
	var foreign []string
	for _, name := range typeNames(in.get("type")) {
		t, ok := standardType(name)
		switch {
		case t.name == "null":
			nullable = true
			continue
		case t.name != "" && !slices.Contains(types, t.name):
			types = append(types, t.name)
		}
		if !ok {
			foreign = append(foreign, name)
		}
		if t.format != "" && !in.has("format") {
			out.set("format", t.format)
		}
	}
	if len(foreign) > 0 {
		out.set("x-type", strings.Join(foreign, ","))
	}
	if len(types) == 0 && len(foreign) == 0 {
		types = guessType(in)
	}
	return types, nullable
}

func typeNames(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var names []string
		for _, e := range v {
			names = append(names, scalarText(e))
		}
		return names
	}
	return nil
}

func guessType(in *object) []string {
	switch {
	case in.object("properties").len() > 0 || in.has("additionalProperties"):
		return []string{"object"}
	case in.has("items"):
		return []string{"array"}
	case in.has("minLength") || in.has("maxLength") || in.has("pattern"):
		return []string{"string"}
	}
	if values := in.list("enum"); len(values) > 0 {
		for _, v := range values {
			if _, ok := v.(string); !ok {
				return nil
			}
		}
		return []string{"string"}
	}
	return nil
}

func setType(out *object, types []string, nullable bool) {
	if nullable && len(types) > 0 {
		types = append(types, "null")
		if values := out.list("enum"); len(values) > 0 && !slices.Contains(values, any(nil)) {
			out.set("enum", append(values, nil))
		}
	}
	switch len(types) {
	case 0:
	case 1:
		out.set("type", types[0])
		toFront(out)
	default:
		list := make([]any, len(types))
		for i, t := range types {
			list[i] = t
		}
		out.set("type", list)
		toFront(out)
	}
}

// toFront moves the last key to the front: type is what a reader looks for first.
func toFront(o *object) {
	n := len(o.keys) - 1
	key, value := o.keys[n], o.values[n]
	o.keys = slices.Insert(o.keys[:n], 0, key)
	o.values = slices.Insert(o.values[:n], 0, value)
	if o.index != nil {
		o.reindex()
	}
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

// refName is the last word of a reference: Pet of #/components/schemas/Pet.
func refName(ref string) string {
	return unescapeToken(ref[strings.LastIndexByte(ref, '/')+1:])
}

func (s *shaper) properties(in *object, depth int, out *object) {
	props := in.object("properties")
	required := requiredNames(in)
	shaped := &object{}
	for name, v := range props.all() {
		p, ok := v.(*object)
		if !ok { // true and null allow anything, false nothing
			p = &object{}
		}
		if v == false || s.hidden(p) {
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
		if !extra && shaped.len() > 0 {
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
		target, _ := lookup(s.root, p.string("$ref"))
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

// values sets enum, const, default, format and example.
func (s *shaper) values(in *object, types []string, out *object) {
	if values := enumOf(in, types); len(values) > 0 {
		out.set("enum", values)
	}
	if f := in.string("format"); f != "" {
		out.set("format", f)
	}
	if v := in.get("default"); v != nil {
		out.set("default", coerce(trim(v), types))
	}
	if example := exampleOf(in); example != nil {
		out.set("examples", []any{coerce(example, types)})
	}
}

func enumOf(in *object, types []string) []any {
	values := in.list("enum")
	if c := in.get("const"); c != nil {
		values = []any{c}
	}
	var out []any
	seen := map[string]bool{}
	for _, v := range values[:min(len(values), schemaEnum)] {
		v = coerce(trim(v), types)
		if key := string(encode(v)); !seen[key] {
			seen[key] = true
			out = append(out, v)
		}
	}
	if len(values) > schemaEnum { // a part of an enum would forbid the rest
		return nil
	}
	return out
}

// exampleOf returns the first example of a schema, where it is small.
func exampleOf(in *object) any {
	v := in.first("example", "x-example")
	if list := in.list("examples"); v == nil && len(list) > 0 {
		v = list[0]
	}
	if v == nil {
		return nil
	}
	if v = trim(v); len(encode(v)) > 500 {
		return nil
	}
	return v
}

// coerce turns a scalar into the one type its schema allows: YAML reads the
// version 1.0 and the country no as something else than their author meant.
func coerce(v any, types []string) any {
	if len(types) != 1 {
		return v
	}
	text := scalarText(v)
	switch {
	case text == "":
		return v
	case types[0] == "string":
		return text
	case types[0] == "boolean" && (text == "true" || text == "false"):
		return text == "true"
	case (types[0] == "integer" || types[0] == "number") && decimal.MatchString(text):
		if n, ok := yamlNumber(text); ok {
			return n
		}
	}
	return v
}

// numeric keywords, by the type they belong to.
var sizes = map[string][]string{
	"string": {"minLength", "maxLength"},
	"array":  {"minItems", "maxItems"},
	"object": {"minProperties", "maxProperties"},
}

// limits copies the keywords that bound a value, where they are well formed.
func limits(in *object, types []string, out *object) {
	for _, t := range types {
		for _, key := range sizes[t] {
			if n, ok := in.get(key).(json.Number); ok && wholeNumber.MatchString(n.String()) {
				out.set(key, n)
			}
		}
	}
	if slices.Contains(types, "integer") || slices.Contains(types, "number") {
		bounds(in, out)
	}
	if p, ok := in.get("pattern").(string); ok && len(p) < 500 && slices.Contains(types, "string") {
		if _, err := regexp.Compile(p); err == nil {
			out.set("pattern", p)
		}
	}
	if in.bool("uniqueItems") {
		out.set("uniqueItems", true)
	}
}

var wholeNumber = regexp.MustCompile(`^[0-9]{1,15}$`)

// bounds copies minimum and maximum. Drafts before 6 wrote exclusiveMinimum as a
// flag beside minimum.
func bounds(in, out *object) {
	for _, b := range [][2]string{{"minimum", "exclusiveMinimum"}, {"maximum", "exclusiveMaximum"}} {
		if n, ok := in.get(b[1]).(json.Number); ok {
			out.set(b[1], n)
		}
		if n, ok := in.get(b[0]).(json.Number); ok {
			if in.bool(b[1]) {
				out.set(b[1], n)
			} else {
				out.set(b[0], n)
			}
		}
	}
	if n, ok := in.get("multipleOf").(json.Number); ok {
		if f, err := n.Float64(); err == nil && f > 0 {
			out.set("multipleOf", n)
		}
	}
}
