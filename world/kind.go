package world

import (
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
