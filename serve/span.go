package serve

import (
	"slices"
	"strings"
)

// Some specifications have parameters that stand for several segments of the
// path, which the path spells out: name, of the pattern ^shops/[^/]+$, for
// /v1/shops/{shopsId}. A span is that part of the path.

// findSpans gives each path parameter without a variable of its own its span.
func (o *operation) findSpans() {
	claimed := map[string]bool{}
	for _, p := range o.params {
		if slices.Contains(o.names, p.wire) {
			claimed[p.wire] = true
		}
	}
	for i, p := range o.params {
		if p.in != "path" || claimed[p.wire] {
			continue
		}
		pattern, _ := p.schema.Get("pattern")
		text, _ := pattern.(string)
		o.params[i].span = o.spanOf(pieces(text), claimed)
	}
}

// pieces takes a pattern apart at its slashes; {} is any text. A parameter without
// a pattern is one segment.
func pieces(pattern string) []string {
	text := strings.TrimSuffix(strings.TrimPrefix(pattern, "^"), "$")
	for _, any := range []string{"[^/]+", "[^/]*", ".+", ".*"} {
		text = strings.ReplaceAll(text, any, "{}")
	}
	if text == "" {
		text = "{}"
	}
	return strings.Split(text, "/")
}

// spanOf returns the first run of segments that has these pieces and variables
// that nothing else is filled with; it claims them.
func (o *operation) spanOf(pieces []string, claimed map[string]bool) string {
	for at := 0; at+len(pieces) <= len(o.segments); at++ {
		var run, names []string
		for i, piece := range pieces {
			s := o.segments[at+i]
			if i == len(pieces)-1 {
				s, _ = cutVerb(s)
			}
			name, isVariable := strings.CutPrefix(s, "{")
			name = strings.TrimSuffix(name, "}")
			if isVariable && (piece != "{}" || claimed[name]) || !isVariable && piece != s {
				break
			}
			if isVariable {
				names = append(names, name)
			}
			run = append(run, s)
		}
		if len(run) == len(pieces) && len(names) > 0 {
			for _, name := range names {
				claimed[name] = true
			}
			return strings.Join(run, "/")
		}
	}
	return ""
}

// cutVerb takes the verb off a segment such as {id}:cancel.
func cutVerb(segment string) (variable, verb string) {
	if v, verb, ok := strings.Cut(segment, "}:"); ok {
		return v + "}", verb
	}
	return segment, ""
}

// joined is what a span stands for, given the values of variables.
func joined(span string, value func(name string) string) string {
	return variable.ReplaceAllStringFunc(span, func(m string) string { return value(variable.FindStringSubmatch(m)[1]) })
}

// spelt takes a value apart into the variables of its span. What is left over goes
// to the last.
func spelt(span, value string, into map[string]string) {
	parts := strings.Split(span, "/")
	given := strings.SplitN(value, "/", len(parts))
	for i, part := range parts[:len(given)] {
		if m := variable.FindStringSubmatch(part); m != nil {
			into[m[1]] = given[i]
		}
	}
}
