package spec

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// unresolved is the schema of something that cannot be followed: anything may
// stand there, or anything of its type. What it referred to is kept as a note.
func (s *shaper) unresolved(v any) *object {
	out := &object{}
	in, _ := v.(*object)
	if !in.has("$ref") {
		return out
	}
	ref := in.string("$ref")
	target, _ := s.find(ref)
	if o, _ := target.(*object); o != nil { // a cycle: at least its type is known
		if types, _ := s.types(o, &object{}); len(types) == 1 {
			out.set("type", types[0])
		}
	}
	out.set("x-ref", refName(ref))
	return out
}

// maxChain is how many references may stand one inside the other.
const maxChain = 200

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
		if len(s.open) >= maxChain || slices.Contains(s.open, ref) {
			return nil, leave
		}
		s.open = append(s.open, ref)
		target, ok := s.find(ref)
		if !ok {
			return nil, leave
		}
		v = annotated(in, target)
	}
}

// annotated adds the keywords that stand beside a $ref (allowed since OpenAPI 3.1,
// written long before) to what it refers to.
func annotated(in *object, target any) any {
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

// A resolver finds what a reference leads to.
type resolver func(ref string) (any, bool)

// within resolves references such as #/components/schemas/Pet inside one value.
func within(root any) resolver {
	return func(ref string) (any, bool) {
		path, ok := strings.CutPrefix(ref, "#")
		if !ok {
			return nil, false
		}
		return walkPointer(root, path)
	}
}

// walkPointer follows a JSON pointer, percent-encoded as in a URI fragment.
func walkPointer(v any, path string) (any, bool) {
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
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(x) {
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

// unescapeToken decodes one token of a JSON pointer inside a URI fragment.
func unescapeToken(token string) string {
	if strings.Contains(token, "%") {
		if plain, err := url.PathUnescape(token); err == nil {
			token = plain
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}

// refName is the last word of a reference: Pet of #/components/schemas/Pet.
func refName(ref string) string {
	return unescapeToken(ref[strings.LastIndexAny(ref, "/#")+1:])
}
