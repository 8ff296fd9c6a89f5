package world

import (
	"regexp"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/world/english"
)

// leadingDeeds are words that do something where they lead the name of a tool of which
// nobody says whether it reads or writes; elsewhere they are parts of names.
var leadingDeeds = map[string]scaler.Kind{
	"allow": scaler.Event, "deny": scaler.Event, "expand": scaler.Event, "revise": scaler.Event, "report": scaler.Create,
}

// deed is the kind of the word that leads the name, behind an adverb such as
// privately; empty where it is none of those.
func (o *op) deed() (word string, kind scaler.Kind) {
	w := o.words
	if len(w) > 2 && strings.HasSuffix(w[0], "ly") {
		w = w[1:]
	}
	if len(w) < 2 || o.tool.Effect != scaler.Unknown {
		return "", ""
	}
	kind = leadingDeeds[w[0]]
	if kind == scaler.Event && o.hasOwnID() {
		kind = scaler.Update
	}
	return w[0], kind
}

// outcomeOf are the things that are made by doing something: an action that is
// invoked has an invocation.
var outcomeOf = map[string]string{"invoke": "invocation", "execute": "execution", "run": "run", "send": "message", "call": "call", "trigger": "run",
	"deploy": "deployment", "submit": "submission", "evaluate": "evaluation", "publish": "publication", "instantiate": "instance",
	"transfer": "transfer", "scan": "scan", "crawl": "crawl", "train": "training", "backup": "backup", "export": "export"}

// produces says whether the tool does something of which the domain shows what comes
// of it, and takes that for what it is about.
func (o *op) produces(held map[string]bool) bool {
	made := outcomeOf[o.verb]
	if o.kind != scaler.Event || made == "" || o.restful() {
		return false
	}
	for _, noun := range []string{o.noun + "_" + made, made} {
		if held[noun] && !o.takes(noun+"_id") {
			o.noun = noun
			return true
		}
	}
	return false
}

// answersFresh says whether the tool answers with a key that nobody gave it, of a row
// that others show or make, and takes that for what it is about.
func (o *op) answersFresh(held map[string]bool) bool {
	if o.kind != scaler.Event || o.tool.Effect == scaler.Read {
		return false
	}
	for _, p := range o.result.Props() {
		noun := idStem(p.Name)
		if !strongID(p.Name) || !p.Schema.IsScalar() || !held[noun] || o.takes(snake(p.Name)) {
			continue
		}
		o.noun, o.path, o.action, o.whole = noun, nil, "", ""
		return true
	}
	return false
}

// setsState is what descriptions say of a tool that puts its row in a state.
var setsState = regexp.MustCompile(`(?i)\b(?:re)?set(?:s|ting)? (?:its|the|their) (?:\w+ )?(?:status|state) (?:back )?to\b`)

// sets says whether a tool of which no word is a known verb sets, by its text, the
// state of a row that others show.
func (o *op) sets(held map[string]bool) bool {
	undecided := o.kind == scaler.Event || o.kind == scaler.Get && o.tool.Effect == scaler.Unknown && english.Verbs[o.verb] == ""
	return undecided && o.tool.Effect != scaler.Read && !o.restful() && o.hasID() && held[o.noun] && setsState.MatchString(o.tool.Description)
}

// settled are the verbs that end an invitation.
var settled = wordSet("accept decline reject")

// endsInvitation says whether the change answers an invitation of which the rows
// do not say how it was answered: answered, it is one no longer.
func (o *op) endsInvitation(shown map[string]bool) bool {
	last := lastWord(o.noun)
	return o.restful() && settled[o.verb] && (last == "invitation" || last == "invite") && !shown["status"] && !shown["state"] && !shown["accepted"]
}
