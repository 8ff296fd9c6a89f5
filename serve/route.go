package serve

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// A router finds the operation of a request. Where several templates fit, the
// one whose earlier segments are more literal wins, as in OpenAPI.
type router struct {
	root     node
	shadowed []*operation // their method and path are those of an earlier one
}

// A node is a path so far.
type node struct {
	literal  map[string]*node
	patterns []*pattern // most literal first
	here     map[string][]*operation
}

// A pattern is a path segment with variables: {id}, {id}.json, {a},{b}. One that
// takes the rest, {+name}, takes any further segments too.
type pattern struct {
	text string // with the names of variables left out
	re   *regexp.Regexp
	rest bool
	to   *node
}

// variable is a variable of a path template.
var variable = regexp.MustCompile(`\{\+?([^{}]*?)\*?\}`)

// template takes a path of the specification apart: segments, names of variables,
// and the query that belongs to it, where there is one.
func template(path string) (segments, names []string, query url.Values) {
	path, _, _ = strings.Cut(path, "#")
	path, constants, _ := strings.Cut(path, "?")
	segments = split(path)
	for _, m := range variable.FindAllStringSubmatch(path, -1) {
		names = append(names, m[1])
	}
	query = url.Values{}
	for _, pair := range strings.FieldsFunc(constants, func(r rune) bool { return r == '&' || r == ';' }) {
		if key, value, _ := strings.Cut(pair, "="); !strings.Contains(value, "{") {
			query.Add(key, value)
		}
	}
	return segments, names, query
}

// split returns the segments of a path. A slash at its end does not matter.
func split(path string) []string {
	path = strings.Trim(path, "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

// add makes an operation reachable.
func (r *router) add(o *operation) {
	n := &r.root
	for _, s := range o.segments {
		n = n.step(s)
	}
	if n.here == nil {
		n.here = map[string][]*operation{}
	}
	method := o.Method
	if slices.ContainsFunc(n.here[method], func(have *operation) bool { return sameQuery(have.query, o.query) }) {
		r.shadowed = append(r.shadowed, o)
		o.shadowed = true
		return
	}
	n.here[method] = append(n.here[method], o)
}

func sameQuery(a, b url.Values) bool { return a.Encode() == b.Encode() }

// step returns the node behind a segment of a template.
func (n *node) step(segment string) *node {
	if !variable.MatchString(segment) {
		if n.literal == nil {
			n.literal = map[string]*node{}
		}
		if n.literal[segment] == nil {
			n.literal[segment] = &node{}
		}
		return n.literal[segment]
	}
	rest := strings.HasPrefix(segment, "{+") && strings.HasSuffix(segment, "}") || strings.HasSuffix(segment, "*}")
	text := variable.ReplaceAllString(segment, "{}")
	for _, p := range n.patterns {
		if p.text == text && p.rest == rest {
			return p.to
		}
	}
	p := &pattern{text: text, re: compile(text, rest), rest: rest, to: &node{}}
	n.patterns = append(n.patterns, p)
	slices.SortStableFunc(n.patterns, func(a, b *pattern) int {
		if a.rest != b.rest {
			if b.rest {
				return -1
			}
			return 1
		}
		return len(b.text) - len(a.text)
	})
	return p.to
}

func compile(text string, rest bool) *regexp.Regexp {
	if rest {
		return regexp.MustCompile(`^(?s)(.+)$`)
	}
	var re strings.Builder
	parts := strings.Split(text, "{}")
	for i, part := range parts {
		re.WriteString(regexp.QuoteMeta(part))
		if i < len(parts)-1 {
			re.WriteString(`(.+?)`)
		}
	}
	return regexp.MustCompile(`^(?s)` + re.String() + `$`)
}

// A match is what a path led to: an operation with the values of its variables,
// or the methods that the path has instead.
type match struct {
	*operation
	values  []string
	methods []string
}

// longest is how many segments a path may have; no specification has as many.
const longest = 200

// find looks up a path, escaped as it came.
func (r *router) find(method, path string, query url.Values) match {
	var m match
	segments := split(path)
	if len(segments) > longest {
		return m
	}
	for i, s := range segments {
		if text, err := url.PathUnescape(s); err == nil {
			segments[i] = text
		}
	}
	m.walk(&r.root, method, segments, query, nil)
	slices.Sort(m.methods)
	m.methods = slices.Compact(m.methods)
	return m
}

// walk goes on from a node and says whether it arrived.
func (m *match) walk(n *node, method string, left []string, query url.Values, values []string) bool {
	if len(left) == 0 {
		return m.arrive(n, method, query, values)
	}
	if to := n.literal[left[0]]; to != nil && m.walk(to, method, left[1:], query, values) {
		return true
	}
	for _, p := range n.patterns {
		for taken := 1; taken <= len(left); taken++ {
			found := p.re.FindStringSubmatch(strings.Join(left[:taken], "/"))
			if found != nil && m.walk(p.to, method, left[taken:], query, append(values[:len(values):len(values)], found[1:]...)) {
				return true
			}
			if !p.rest {
				break
			}
		}
	}
	return false
}

func (m *match) arrive(n *node, method string, query url.Values, values []string) bool {
	var best *operation
	for _, o := range n.here[method] {
		if fits(o.query, query) && (best == nil || len(o.query) > len(best.query)) {
			best = o
		}
	}
	if best == nil && method == http.MethodHead {
		return m.arrive(n, http.MethodGet, query, values)
	}
	if best == nil {
		for has := range n.here {
			m.methods = append(m.methods, has)
		}
		return false
	}
	m.operation, m.values = best, values
	return true
}

// fits says whether a request has what a template's query demands.
func fits(want, have url.Values) bool {
	for key, values := range want {
		if !slices.Contains(have[key], values[0]) {
			return false
		}
	}
	return true
}
