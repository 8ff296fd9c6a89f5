package world

import (
	"strings"

	"github.com/agentscaler/scaler"
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

// settled are the verbs that end an invitation.
var settled = wordSet("accept decline reject")

// endsInvitation says whether the change answers an invitation of which the rows
// do not say how it was answered: answered, it is one no longer.
func (o *op) endsInvitation(shown map[string]bool) bool {
	last := lastWord(o.noun)
	return o.restful() && settled[o.verb] && (last == "invitation" || last == "invite") && !shown["status"] && !shown["state"] && !shown["accepted"]
}
