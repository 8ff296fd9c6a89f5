package world

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// classify decides what kind of operation the tool is and which noun it is
// about, from its path where that says it, else from its name.
func (o *op) classify() {
	o.findVerb()
	if o.restful() {
		o.fromPath()
	} else {
		o.fromName()
	}
	o.reconcile()
}

// restful says whether the path names resources; RPC paths (one POST per
// function) say no more than the name.
func (o *op) restful() bool {
	if len(o.path) == 0 {
		return false
	}
	last := o.path[len(o.path)-1]
	if len(o.path) == 1 && len(last.params) == 0 && strings.ContainsAny(last.segment, ".") {
		return false
	}
	return last.noun != "" && !coded(last.noun)
}

// coded says whether a noun is a code that a machine gave: n0f_7885c_2af_1a.
func coded(noun string) bool {
	digits := 0
	for _, r := range noun {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return digits >= 6 && 3*digits >= len(noun)
}

// fromPath reads the kind off method and path.
func (o *op) fromPath() {
	last := o.path[len(o.path)-1]
	o.noun = last.noun
	keyed := o.identifies(last)
	segWords := words.Split(last.segment)
	o.plural = !keyed && len(segWords) > 0 && isPlural(segWords[len(segWords)-1])
	if o.action != "" {
		o.fromAction(keyed)
		return
	}
	o.note("path", o.tool.Method, last.segment)
	switch o.tool.Method {
	case "GET", "HEAD":
		o.kind = scaler.List
		if keyed && !o.namesMany(last) || !keyed && !o.plural && !o.listsRows() && !o.toldToList() {
			o.kind = scaler.Get
		}
	case "POST":
		o.kind = scaler.Create
		switch {
		case o.tool.Effect == scaler.Read:
			o.kind = scaler.List
		case !keyed && o.leads && english.Verbs[o.verb] == scaler.Delete:
			o.kind = scaler.Event
		case keyed && !o.creates(last):
			o.kind = scaler.Update
		}
	case "PUT", "PATCH":
		o.kind = scaler.Update
		if o.tool.Method == "PUT" && o.plural && o.answersID() {
			o.kind = scaler.Create
			o.note("PUT on a collection: the service says which id it gave")
		}
	case "DELETE":
		o.kind = scaler.Delete
	default:
		o.fromName()
	}
}

// namesMany says whether the key at the end of a path is a list of keys.
func (o *op) namesMany(l link) bool {
	p, ok := o.param(l.params[len(l.params)-1])
	return ok && p.Schema.Type() == "array"
}

// creates says whether the name says that a request on a key makes what the key
// names: create_alias of POST /aliases/{alias}, not create_copy.
func (o *op) creates(last link) bool {
	at := slices.Index(o.words, "create")
	return at >= 0 && !slices.Contains(o.words[at:], "or") && words.Singular(o.words[len(o.words)-1]) == lastWord(last.noun)
}

// answersID says whether the declared result has the key of one row, and no
// argument has it.
func (o *op) answersID() bool {
	for _, name := range []string{"id", o.noun + "_id"} {
		if p, ok := o.result.Prop(name); ok && p.Schema.IsScalar() && !o.takes(name) {
			return true
		}
	}
	return false
}

// listsRows says whether the declared result holds a list of rows.
func (o *op) listsRows() bool {
	m := shapeOf(o.result, o.noun).mode
	return m == many || m == values || m == keyed
}

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
	if first := leadingVerb(o.tool.Description); first != "" {
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
	if told := leadingVerb(o.tool.Description); describes(english.Verbs[told]) {
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
	told := words.Split(firstWords(unannounced(o.tool.Description), 2))
	if len(o.words) < 2 || len(told) < 2 || told[1] != "a" && told[1] != "an" && told[1] != "the" {
		return false
	}
	return told[0] == word || words.Singular(told[0]) == word
}

// saysVerb says whether the description begins with the first word of the name
// as a verb: rewind_tape, "Rewinds the tape", "Rewind a tape".
func (o *op) saysVerb() bool {
	told := words.Split(firstWords(o.tool.Description, 2))
	if len(o.words) < 2 || len(told) < 2 {
		return false
	}
	imperative := told[0] == o.words[0] && (told[1] == "a" || told[1] == "an" || told[1] == "the")
	return imperative || told[0] != o.words[0] && words.Singular(told[0]) == o.words[0]
}

// leadingVerb returns the verb that begins a description: "Returns the orders".
func leadingVerb(text string) string {
	for i, w := range words.Split(firstWords(unannounced(text), 3)) {
		if i == 0 && (w == "returns" || w == "lists") {
			w = words.Singular(w)
		}
		for _, form := range []string{w, strings.TrimSuffix(w, "s"), strings.TrimSuffix(w, "es")} {
			if form == "return" {
				return "get"
			}
			if _, ok := english.Verbs[form]; ok && !english.NounVerbs[form] {
				return form
			}
		}
		if i == 0 && (w == "this" || w == "use" || w == "the") {
			continue
		}
		return ""
	}
	return ""
}

// announced is what descriptions begin with that are about the tool: "Tool to
// reclaim a submission", "This operation removes".
var announced = regexp.MustCompile(`(?i)^\s*(?:a |an |this |the )?(?:tool|action|function|operation|endpoint|method|call|command) (?:(?:is )?used to |allows (?:you|users) to |lets you |to )?`)

// unannounced is a description without that.
func unannounced(text string) string {
	return strings.TrimPrefix(text, announced.FindString(text))
}

func firstWords(text string, n int) string {
	f := strings.Fields(text)
	return strings.Join(f[:min(n, len(f))], " ")
}

// fromName reads kind and noun off the words of the name.
func (o *op) fromName() {
	o.readNoun()
	o.kind = english.Verbs[o.verb]
	if word, kind := o.deed(); kind != "" && word == o.verb {
		o.kind = kind
	}
	if to, ok := english.Participles[o.verb]; ok && o.kind == scaler.Create && to != "" && o.leads && o.hasID() && o.noun != "" {
		o.kind = scaler.Transition
	}
	if o.kind == "" {
		o.kind = scaler.Get
		switch {
		case o.tool.Effect == scaler.Write && o.hasID() && o.saysVerb():
			o.kind = scaler.Update
		case o.tool.Effect == scaler.Write:
			o.kind = scaler.Event
		}
	}
	if o.aside { // transfer to an agent: the noun is where it goes, not what it is
		o.kind = scaler.Event
	}
	if o.kind == scaler.Get && (o.plural || o.saysList()) && !o.hasOwnID() && !o.namesOwn() || o.kind == scaler.Get && o.listsRows() {
		o.kind = scaler.List
	}
	if o.kind == scaler.Get && o.saysMany() {
		o.kind = scaler.List
		o.note("its text speaks of a list")
	}
	if o.kind == scaler.List && !o.plural && !o.listsRows() && o.verb == "find" {
		o.kind = scaler.Get
	}
	if o.verb != "" {
		o.note("verb", o.verb)
	}
}

// gathered are nouns that mean many without a plural.
var gathered = wordSet("news history leaderboard trending feed timeline catalog inbox lineup roster ohlc ohlcv")

// saysList says whether the name asks for many without a plural: index_list,
// price_history.
func (o *op) saysList() bool {
	return o.noun != "" && (slices.Contains(o.words, "list") && o.words[0] != "list" && lastWord(o.noun) != "list" || gathered[lastWord(o.noun)])
}

// listOf is a beginning of descriptions: "Retrieve the list of projects".
var listOf = regexp.MustCompile(`(?i)^\w+ (?:a |the |an )?(?:\w+ )?list of `)

// saysMany says whether a plural name and the description, or arguments for paging,
// speak of many rows, whatever argument says of what.
func (o *op) saysMany() bool {
	if !o.plural || o.result.Words != nil || o.namesOwn() {
		return false
	}
	paged := slices.ContainsFunc(o.params, func(p param) bool {
		_, control := controls[snake(p.Name)]
		return control && slices.Contains(words.Split(p.Name), "page")
	})
	return paged || listOf.MatchString(unannounced(o.tool.Description))
}

// toldToList says whether the description begins by saying that the tool lists,
// and no result says what it answers.
func (o *op) toldToList() bool {
	return o.result.Words == nil && english.Verbs[leadingVerb(o.tool.Description)] == scaler.List && leadingVerb(o.tool.Description) == "list"
}

// namesOwn says whether a required argument names one row of the tool's noun,
// where the name ends in what is asked of it: users.info(user).
func (o *op) namesOwn() bool {
	last := ""
	if len(o.words) > 1 {
		last = o.words[len(o.words)-1]
	}
	if last != "info" && last != "get" && last != "details" {
		return false
	}
	p, ok := o.ownKey(o.noun)
	return ok && p.Required
}

// hasID says whether an argument identifies a row.
func (o *op) hasID() bool {
	for _, p := range o.params {
		if strongID(p.Name) {
			return true
		}
	}
	return false
}

// hasOwnID says whether an argument identifies a row of the tool's own noun.
func (o *op) hasOwnID() bool {
	for _, p := range o.params {
		stem := idStem(p.Name)
		if strongID(p.Name) && (stem == "" || stem == o.noun || strings.HasSuffix(o.noun, "_"+stem)) && p.Schema.Type() != "array" {
			return true
		}
	}
	return false
}

// readNoun splits the name into adjectives, noun phrase and the rest.
func (o *op) readNoun() {
	var noun []string
	seenVerb, aside := false, false
	for i, w := range o.words {
		if english.Prepositions[w] && len(noun) > 0 {
			break
		}
		if w == o.verb && !seenVerb {
			seenVerb = true
			if i > 0 && len(noun) > 0 && !o.leads {
				continue
			}
			continue
		}
		if english.Fillers[w] || english.Prepositions[w] {
			aside = aside || english.Prepositions[w]
			continue
		}
		if len(noun) == 0 && o.qualifies(i) {
			o.quals = append(o.quals, w)
			continue
		}
		if english.IsStatusWord(w) && len(noun) == 0 {
			o.adjs = append(o.adjs, w)
			continue
		}
		noun = append(noun, w)
	}
	if len(noun) == 0 && len(o.adjs) > 0 {
		noun, o.adjs = o.adjs, nil
	}
	if len(noun) == 0 {
		noun = o.namedFiller()
	}
	if len(noun) > 4 {
		noun = noun[len(noun)-4:]
	}
	o.plural = len(noun) > 0 && isPlural(noun[len(noun)-1])
	o.noun = singularNoun(strings.Join(noun, "_"))
	o.aside = aside && o.verb != "" && writes(english.Verbs[o.verb]) && !o.hasOwnID()
}

// namedFiller is the word of the name that elsewhere says nothing, where an argument
// has it too: service of delete_service(service).
func (o *op) namedFiller() []string {
	for _, w := range o.words {
		if p, ok := o.param(w); ok && english.Fillers[w] && p.Required && p.Schema.IsScalar() {
			return []string{w}
		}
	}
	return nil
}

// reconcile makes kind and effect agree: the specification's word on whether a
// tool writes is kept, and where nothing decides it, that is said.
func (o *op) reconcile() {
	switch {
	case o.tool.Effect == scaler.Unknown && o.verb == "track" && o.hasOwnID():
		o.note("to track a row is to look it up")
		o.kind = scaler.Get
	case o.tool.Effect == scaler.Unknown && writes(o.kind):
		o.note("assumed: it writes; its words do not decide it")
	case o.tool.Effect == scaler.Unknown:
		o.note("assumed: it only reads; its words do not decide it")
	case o.kind == scaler.Compute && o.tool.Method == "GET" && o.listsRows():
		o.note("whatever it computes, it lists rows")
		o.kind = scaler.List
	case o.tool.Effect == scaler.Read && o.muses():
		o.note("it keeps a thought, and changes nothing")
		o.kind = scaler.Compute
	case o.tool.Effect == scaler.Read && writes(o.kind):
		o.note("the specification says it only reads, so it is no", string(o.kind))
		o.kind = scaler.Get
		if o.plural || o.listsRows() {
			o.kind = scaler.List
		}
	case o.tool.Effect == scaler.Write && !writes(o.kind):
		o.note("the specification says it writes, so it is no", string(o.kind))
		o.kind = scaler.Event
		if o.hasOwnID() {
			o.kind = scaler.Update
		}
	}
}

// musing are the verbs of tools that let an agent think aloud.
var musing = wordSet("think reason reflect ponder")

// muses says whether the tool only takes down a thought.
func (o *op) muses() bool {
	return musing[o.verb] && len(o.params) == 1 && o.params[0].Schema.Type() == "string"
}

func writes(k scaler.Kind) bool {
	switch k {
	case scaler.Create, scaler.Update, scaler.Delete, scaler.Transition, scaler.Relate, scaler.Event:
		return true
	}
	return false
}
