package world

import (
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/world/english"
)

// fromAction reads the kind off a verb at the end of the path: what is done to
// the row before it, or, where more words follow, to something of that row.
func (o *op) fromAction(keyed bool) {
	verb, rest, _ := strings.Cut(o.action, "_")
	if undone := "un" + verb; o.tool.Method == "DELETE" && rest == "" && english.Participles[undone] != "" {
		verb, o.action = undone, undone // DELETE /gists/{id}/star takes the star away
	}
	o.verb = verb
	o.note("path verb", verb)
	first, _, _ := strings.Cut(rest, "_")
	if own := strings.ReplaceAll(o.noun, "_", ""); rest != "" && keyed && (strings.ReplaceAll(singularNoun(rest), "_", "") == own || rest == lastWord(o.noun)) {
		o.action, rest = verb, "" // stopRun of a run
	}
	switch {
	case rest == "" || english.Prepositions[first] || english.Fillers[first]:
		o.kind = o.actionKind(verb, keyed)
	case keyed:
		o.onPart(verb, rest)
	default:
		o.kind = o.actionKind(verb, false)
		if _, known := english.Verbs[verb]; known {
			what := phrase(rest)
			o.noun, o.plural = singularNoun(what), isPlural(lastWord(what)) || o.plural && o.kind == scaler.List
		}
	}
}

// innerVerb takes a verb out of a path that has it before the key:
// /documents/lock/{id}.
func (o *op) innerVerb() {
	n := len(o.path)
	if n < 2 || o.action != "" || len(o.path[n-1].params) == 0 || len(o.path[n-2].params) > 0 {
		return
	}
	verb := snake(o.path[n-1].segment)
	if kind, known := english.Verbs[verb]; !known || english.NounVerbs[verb] || isPlural(verb) || kind == scaler.Compute {
		return
	}
	o.path[n-2].params = o.path[n-1].params
	o.path = o.path[:n-1]
	o.action = verb
}

// actionKind returns the kind of a verb that is done to a row, or to a collection.
func (o *op) actionKind(verb string, keyed bool) scaler.Kind {
	kind := english.Verbs[verb]
	if _, ok := english.Participles[verb]; ok && keyed && o.tool.Effect != scaler.Read && !strings.Contains(o.action, "_") {
		return scaler.Transition
	}
	switch {
	case kind == "" && o.tool.Effect == scaler.Read:
		return scaler.Get
	case kind == "":
		return scaler.Event
	case kind == scaler.Create && keyed:
		return scaler.Update
	case kind == scaler.List && keyed:
		return scaler.Get
	case kind == scaler.List:
		o.plural = true
	}
	return kind
}

// onPart settles what a verb does to something of a row: /secrets/{id}:addVersion
// makes a version under the secret, :setPolicy changes the secret's policy.
func (o *op) onPart(verb, rest string) {
	kind := o.actionKind(verb, false)
	under := kind == scaler.List || kind == scaler.Create && isRowLike(shapeOf(o.result, singularNoun(rest)).row)
	if under && (kind == scaler.List) == (o.tool.Effect == scaler.Read) {
		o.path = append(o.path, link{segment: rest, noun: singularNoun(rest)})
		o.kind, o.noun = kind, singularNoun(rest)
		o.plural = true
		return
	}
	switch {
	case o.tool.Effect == scaler.Read:
		kind = scaler.Get
	case kind == scaler.Event || kind == scaler.Compute:
	default: // not the row itself is deleted or made
		kind = scaler.Update
	}
	o.kind, o.part = kind, rest
}

// phrase is what words say before a preposition: the file of file_to_email.
func phrase(name string) string {
	parts := strings.Split(name, "_")
	for i, w := range parts {
		if i > 0 && english.Prepositions[w] {
			return strings.Join(parts[:i], "_")
		}
	}
	return name
}
