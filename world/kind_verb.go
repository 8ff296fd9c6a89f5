package world

import (
	"maps"
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// findVerb picks the verb of the name: the word that leads it, else the last,
// else one inside. Words that are as often nouns count only where they lead.
func (o *op) findVerb() {
	w := o.words
	if len(w) == 0 {
		return
	}
	if verb := o.marksAs(); verb != "" {
		o.words, o.verb, o.leads = w[1:len(w)-1], verb, true
		return
	}
	if told := o.toldVerb(); told != "" {
		o.verb = told
		return
	}
	if _, ok := english.Verbs[w[0]]; ok {
		o.verb, o.leads = w[0], true
		return
	}
	if _, ok := english.Verbs[w[min(1, len(w)-1)]]; ok && w[0] == "force" {
		o.words, o.verb, o.leads = w[1:], w[1], true
		return
	}
	if word, kind := o.deed(); kind != "" {
		o.verb, o.leads = word, true
		o.words = o.words[slices.Index(o.words, word):] // privately is no part of the noun
		return
	}
	for i := len(w) - 1; i > 0; i-- {
		if _, ok := english.Verbs[w[i]]; ok && (!english.NounVerbs[w[i]] || i == len(w)-1 && !o.namesThingBy(w[i])) && !isPlural(w[i]) {
			o.verb = w[i]
			return
		}
	}
	if first := english.LeadingVerb(o.tool.Description); first != "" {
		o.verb = first
		return
	}
	if o.saysVerb() {
		o.verb, o.leads = w[0], true
	} else if o.saysDeed(w[len(w)-1]) {
		o.verb = w[len(w)-1]
	}
}

// alsoThings are words of a change that are as often things, and lead the names of
// tools about those: block_get.
var alsoThings = wordSet("block lock star flag pin release ship host sign power hold process return end stop start merge exchange")

// shown are the words with which names end that ask for what is known of a thing.
var shown = wordSet("details detail info information summary")

// toldVerb is the verb with which the description of such a tool begins, where that
// reads, as it is of one whose name ends in what it shows: open_task_details. Empty
// for other tools.
func (o *op) toldVerb() string {
	known := alsoThings[o.words[0]] || o.words[0] == "open" && shown[o.words[len(o.words)-1]]
	if !known || len(o.words) < 2 || o.tool.Effect == scaler.Write {
		return ""
	}
	if told := english.LeadingVerb(o.tool.Description); describes(english.Verbs[told]) {
		return told
	}
	return ""
}

// marksAs is the verb for what mark_task_done and set_order_as_paid say with the state
// that they end in; empty for other names.
func (o *op) marksAs() string {
	n := len(o.words)
	if n < 3 || o.words[0] != "mark" && (o.words[0] != "set" || o.words[n-2] != "as") || o.tool.Effect == scaler.Read {
		return ""
	}
	switch state := o.words[n-1]; state {
	case "done", "complete":
		return "complete"
	case "active", "open", "started": // of several verbs
		return ""
	default:
		for _, verb := range slices.Sorted(maps.Keys(english.Participles)) {
			if english.Participles[verb] == state {
				return verb
			}
		}
	}
	return ""
}

// namesThingBy says whether an argument is the id of a thing whose name ends in the
// word: run, beside a check_run_id.
func (o *op) namesThingBy(word string) bool {
	return slices.ContainsFunc(o.params, func(p param) bool { return strongID(p.Name) && lastWord(idStem(p.Name)) == word })
}

// saysDeed says whether the description begins with a word as a verb: "Reclaims a
// submission".
func (o *op) saysDeed(word string) bool {
	told := words.Split(english.FirstWords(english.Unannounced(o.tool.Description), 2))
	if len(o.words) < 2 || len(told) < 2 || told[1] != "a" && told[1] != "an" && told[1] != "the" {
		return false
	}
	return told[0] == word || words.Singular(told[0]) == word
}

// saysVerb says whether the description begins with the first word of the name
// as a verb: rewind_tape, "Rewinds the tape", "Rewind a tape".
func (o *op) saysVerb() bool {
	told := words.Split(english.FirstWords(o.tool.Description, 2))
	if len(o.words) < 2 || len(told) < 2 {
		return false
	}
	imperative := told[0] == o.words[0] && (told[1] == "a" || told[1] == "an" || told[1] == "the")
	return imperative || told[0] != o.words[0] && words.Singular(told[0]) == o.words[0]
}
