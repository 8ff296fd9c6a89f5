package graph

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/vocab"
)

// A field is one parameter or one value of a result, read with its context.
type field struct {
	leaf
	words  []string // of its own name
	about  []string // the words that say whose it is: own words without key words, or else its owner's
	lent   bool     // about is its owner's
	joined string   // its own words as one: order_id
	hub    bool     // it is one that every API has
	key    bool     // it names a row: an id, a name, a code
	parent []string // words of the fields around it
	text   []string // content words of its description
}

// indexOutputs prepares for finding the output that fits a parameter.
func (op *operation) indexOutputs() {
	op.byWord = map[string][]int32{}
	for i := range op.outputs {
		o := &op.outputs[i]
		at := int32(i)
		op.byWord[o.joined] = append(op.byWord[o.joined], at)
		for _, w := range o.about {
			if known := op.byWord[w]; len(known) == 0 || known[len(known)-1] != at {
				op.byWord[w] = append(known, at)
			}
		}
		if o.key {
			op.keys = append(op.keys, at)
		}
	}
	bare := func(i int32) int { return len(op.outputs[i].words) }
	slices.SortStableFunc(op.keys, func(x, y int32) int { return bare(x) - bare(y) })
	if len(op.keys) == 0 && len(op.outputs) > 0 {
		op.keys = []int32{0}
	}
}

// holding returns the outputs that may fit p: those that share its words, or
// else the barest keys.
func (op *operation) holding(p *field) []int32 {
	const enough = 64
	out := slices.Clone(op.byWord[p.joined])
	for _, w := range p.about {
		out = append(out, op.byWord[w]...)
	}
	if len(out) == 0 {
		return op.keys[:min(len(op.keys), 4)]
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), enough)]
}

// rankField puts what a tool cannot do without first.
func rankField(f field) int {
	switch {
	case f.required && f.key:
		return 0
	case f.required:
		return 1
	case f.key:
		return 2
	}
	return 3
}

// field reads one leaf with the words of whoever owns it.
func (l *lexicon) field(v leaf, owner []string) field {
	f := field{leaf: v, text: l.text(v.desc)}
	own, around := splitPath(v.path)
	f.words = l.name(own)
	f.joined = l.join(f.words)
	f.hub = vocab.IsHub(f.joined)
	for _, p := range around {
		for _, w := range l.name(p) {
			if !vocab.Stop[w] && !vocab.Keys[w] && !vocab.Wrappers[w] {
				f.parent = append(f.parent, w)
			}
		}
	}
	for i, w := range f.words {
		last := i == len(f.words)-1
		if vocab.Keys[w] && (last || w == "id" || w == "name") {
			f.key = true
		} else if !vocab.Stop[w] || w == "type" {
			f.about = append(f.about, w)
		}
	}
	if len(f.about) == 0 {
		f.about = f.parent
	}
	if len(f.about) == 0 {
		f.about, f.lent = owner, true
	}
	return f
}

// splitPath returns the last name of a dotted path and the names before it.
func splitPath(path string) (string, []string) {
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' || r == '*' || r == '/' })
	if len(parts) == 0 {
		return path, nil
	}
	return parts[len(parts)-1], parts[:len(parts)-1]
}

// inside guesses what rows hold that a schema declares without their fields, as
// in {"reminders": {"type": "array"}}: a key and a name.
func (l *lexicon) inside(o leaf, owner []string) []field {
	at := o.path
	switch o.typ {
	case "array":
		at += "[]"
	case "object":
	default:
		return nil
	}
	key := "id"
	own, _ := splitPath(o.path)
	if w := l.name(own); len(w) > 0 && !vocab.Wrappers[w[len(w)-1]] {
		key = strings.Join(w, "_") + "_id"
	}
	return []field{l.field(leaf{path: at + "." + key}, owner), l.field(leaf{path: at + ".name"}, owner)}
}

// impliedOutputs guesses what a tool without a result schema returns: the key
// of what its name says, and what it was given (a look-up shows what it found).
func (l *lexicon) impliedOutputs(op *operation) []field {
	if len(op.nouns) == 0 || op.act == vocab.Remove || op.act == vocab.Other {
		return nil
	}
	prefix := ""
	if op.act == vocab.List || op.act == vocab.Search {
		prefix = "[]."
	}
	out := []field{l.field(leaf{path: prefix + "id", typ: "string"}, op.nouns)}
	own := strings.Join(op.nouns, "_")
	if vocab.Keys[op.nouns[len(op.nouns)-1]] {
		return []field{l.field(leaf{path: own, typ: "string"}, op.nouns)}
	}
	out = append(out, l.field(leaf{path: prefix + "name", typ: "string"}, op.nouns))
	if op.act == vocab.Get {
		return out
	}
	for _, p := range op.params {
		if p.key && p.required {
			out = append(out, l.field(leaf{path: prefix + p.path, typ: p.typ, desc: p.desc}, op.nouns))
		}
	}
	return out
}
