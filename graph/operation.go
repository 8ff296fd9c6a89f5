package graph

import (
	"encoding/json"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/vocab"
)

// An operation is a tool as the graph reads it.
type operation struct {
	id         scaler.ToolID
	act        vocab.Action
	nouns      []string // what it is about, by its name; in order, without verbs
	resource   []string // the words of the last fixed segments of its path
	segments   []string // fixed segments of its path, and "{}" for each parameter
	about      []string // content words of its description
	slots      []string // the names of the path's parameters, in order
	versions   []string // v2, beta: words by which variants tell themselves apart
	params     []field
	outputs    []field
	byWord     map[string][]int32 // outputs by each word of whose they are and by their joined words
	keys       []int32            // outputs that are keys, the barest first; or else the first output
	links      []scaler.Link
	many       bool // returns a list of rows
	lookup     bool // made to offer values: options, choices, look-ups
	described  bool // outputs come from a result schema
	deprecated bool
}

// readParams reads what the vectors need.
func (l *lexicon) readParams(t *scaler.Tool) *operation {
	op := &operation{id: t.ID, links: t.Links}
	l.readName(op, t)
	for _, p := range leaves(t.Parameters) {
		op.params = append(op.params, l.field(p, op.holder(l, p.path)))
	}
	slices.SortStableFunc(op.params, func(a, b field) int { return rankField(a) - rankField(b) })
	return op
}

// read reads the whole tool.
func (l *lexicon) read(t *scaler.Tool) *operation {
	op := l.readParams(t)
	op.about = l.text(t.Description)
	op.deprecated = t.Deprecated || strings.Contains(strings.ToLower(t.Description), "deprecated")
	op.lookup = slices.ContainsFunc(l.name(t.Name+" "+t.Path), func(w string) bool { return lookups[w] })
	op.described = len(t.Result) > 0
	op.many = manyRows(t.Result)
	for _, o := range leaves(t.Result) {
		op.outputs = append(op.outputs, l.field(o, op.owner()))
		op.outputs = append(op.outputs, l.inside(o, op.owner())...)
	}
	if len(op.outputs) == 0 {
		op.outputs = l.impliedOutputs(op)
	}
	op.indexOutputs()
	return op
}

// lookups are words of operations that exist to offer the values of parameters.
var lookups = vocab.Set("lookup option choice dropdown picklist selector enum enumeration dynamic internal reference value")

// owner returns the words for whose row an `id` of this operation is.
func (op *operation) owner() []string {
	if len(op.nouns) > 0 {
		return op.nouns
	}
	return op.resource
}

// holder returns the words for whose row a parameter is: that of the path
// segment before it, as of order in /orders/{id}, or else the tool's own.
func (op *operation) holder(l *lexicon, param string) []string {
	slot := slices.Index(op.slots, param)
	for i, before := 0, 0; slot >= 0 && i < len(op.segments); i++ {
		if op.segments[i] != "{}" {
			continue
		}
		if before == slot && i > 0 {
			if w := l.resource(op.segments[:i]); len(w) > 0 {
				return w
			}
		}
		before++
	}
	return op.owner()
}

// readName reads action, nouns and resource from name, method and path.
func (l *lexicon) readName(op *operation, t *scaler.Tool) {
	name := t.Title
	if name == "" {
		name = t.Name
	}
	for i, w := range l.name(name) {
		switch {
		case vocab.Verb(w, i).Known() && op.act == 0:
			op.act = vocab.Verb(w, i)
		case isVersion(w):
			op.versions = append(op.versions, w)
		case !vocab.Stop[w] || w == "type" || w == "version" || w == "field":
			op.nouns = append(op.nouns, w)
		}
	}
	op.nouns = beforeBy(op.nouns, l.name(name))
	for _, s := range strings.Split(t.Path, "/") {
		switch {
		case s == "":
		case strings.Contains(s, "{"):
			op.segments = append(op.segments, "{}")
			op.slots = append(op.slots, slots(s)...)
		default:
			op.segments = append(op.segments, strings.ToLower(s))
		}
	}
	op.resource = l.resource(op.segments)
	op.act = actionOf(op, t)
}

// slots returns the parameter names in a path segment such as {a} or {a}.{b}.
func slots(segment string) []string {
	var out []string
	for _, part := range strings.Split(segment, "{")[1:] {
		name, _, _ := strings.Cut(part, "}")
		out = append(out, name)
	}
	return out
}

// beforeBy cuts "find_user_id_by_email" before "by": what follows is how, not what.
func beforeBy(nouns, name []string) []string {
	by := slices.Index(name, "by")
	if by <= 0 {
		return nouns
	}
	how := name[by+1:]
	kept := nouns[:0:0]
	for _, n := range nouns {
		if !slices.Contains(how, n) || slices.Contains(name[:by], n) {
			kept = append(kept, n)
		}
	}
	if len(kept) == 0 {
		return nouns
	}
	return kept
}

func isVersion(w string) bool {
	if w == "beta" || w == "preview" || w == "deprecated" || w == "legacy" {
		return true
	}
	return len(w) > 1 && len(w) < 4 && w[0] == 'v' && w[1] >= '0' && w[1] <= '9'
}

// resource returns the words of the last fixed segment of a path that is no
// verb, such as order of /orders/{id}/cancel.
func (l *lexicon) resource(segments []string) []string {
	for i := len(segments) - 1; i >= 0; i-- {
		if segments[i] == "{}" {
			continue
		}
		var out []string
		for _, w := range l.name(segments[i]) {
			if !vocab.Verb(w, i).Known() && !isVersion(w) && (!vocab.Stop[w] || w == "type") {
				out = append(out, w)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

func actionOf(op *operation, t *scaler.Tool) vocab.Action {
	item := len(op.segments) > 0 && op.segments[len(op.segments)-1] == "{}"
	switch t.Method {
	case "GET":
		switch {
		case item:
			return vocab.Get
		case op.act == vocab.Search:
			return vocab.Search
		case op.act == vocab.List || manyRows(t.Result):
			return vocab.List
		}
		return vocab.Get
	case "DELETE":
		return vocab.Remove
	case "PUT", "PATCH":
		return vocab.Update
	case "POST":
		if op.act.Known() {
			return op.act
		}
		return vocab.Create
	}
	switch {
	case op.act == vocab.Get && manyRows(t.Result) && len(t.Result) > 0 && len(op.nouns) > 0:
		return vocab.List
	case op.act.Known():
		return op.act
	case t.Effect == scaler.Read:
		return vocab.Get
	}
	return vocab.Other
}

// manyRows says whether a result is a list, or an object with a list of objects
// one step down, as a page of rows is.
func manyRows(raw json.RawMessage) bool {
	var s schema
	if len(raw) == 0 || json.Unmarshal(raw, &s) != nil {
		return false
	}
	if typeOf(s.Type) == "array" || len(s.Items) > 0 {
		return true
	}
	rows, single := 0, 0
	for _, p := range s.Properties {
		var inner schema
		if json.Unmarshal(p, &inner) != nil {
			continue
		}
		if len(inner.Items) > 0 && strings.Contains(string(inner.Items), `"properties"`) {
			rows++
		} else {
			single++
		}
	}
	return rows == 1 && single <= 6
}
