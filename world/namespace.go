package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// Remote calls are often named namespace.verb or namespace.verbNoun
// (desk.openTicket, desk.close): what stands before the last dot groups the
// tools, and the thing they are about stands behind the verb or in the text.

// space returns the words of the namespace of a tool's name, nil where it has none.
func (o *op) space() []string {
	if at := strings.LastIndexAny(o.tool.Title, "./"); at > 0 && !strings.Contains(o.tool.Title, " ") {
		return words.Split(o.tool.Title[:at])
	}
	return nil
}

// spaces gives tools with namespaces the things that they are about.
func (dr *draft) spaces() {
	things := map[string]map[string]bool{} // namespace -> nouns behind its verbs
	made := map[string]bool{}
	for _, o := range dr.ops {
		ns := o.space()
		if ns == nil || o.restful() {
			continue
		}
		prefix := strings.Join(ns, "_") + "_"
		rest, ok := strings.CutPrefix(strings.Join(words.Split(o.tool.Title), "_"), prefix)
		verb, thing, behind := strings.Cut(rest, "_")
		kind, known := english.Verbs[verb]
		if thing = singularNoun(thing); !ok || !behind || !known || writes(kind) != (o.tool.Effect == scaler.Write) {
			continue
		}
		o.verb, o.noun, o.kind = verb, thing, kind
		if o.kind == scaler.Get && o.saysMany() {
			o.kind = scaler.List
		}
		if things[prefix] == nil {
			things[prefix] = map[string]bool{}
		}
		things[prefix][thing] = true
		made[thing] = made[thing] || writes(kind)
	}
	for _, o := range dr.ops {
		ns := o.space()
		if ns == nil || o.restful() {
			continue
		}
		if object := objectOf(o.tool.Description); things[strings.Join(ns, "_")+"_"][object] {
			o.noun = object
			if english.Verbs[o.verb] == scaler.Update || english.Verbs[o.verb] == scaler.Delete {
				o.kind = english.Verbs[o.verb]
			}
			o.note("its description says that it is about", article(spoken(object)))
		}
		if of := historyOf(o.tool.Description); describes(o.kind) && made[of] {
			o.noun, o.kind, o.plural = of, scaler.List, true
			o.note("its description says that it lists", spoken(pluralNoun(of)))
		}
	}
}

// objectOf returns what the leading verb of a description is said of: message
// of "Updates a message."
func objectOf(text string) string {
	w := words.Split(firstSentence(text))
	if len(w) >= 3 && (w[1] == "a" || w[1] == "an" || w[1] == "the") {
		return words.Singular(w[2])
	}
	return ""
}

// historyOf returns what a description lists the past of: "history of messages".
func historyOf(text string) string {
	w := words.Split(firstSentence(text))
	for i := 0; i+2 < len(w); i++ {
		if slices.Contains([]string{"history", "list", "log", "feed", "timeline"}, w[i]) && w[i+1] == "of" && isPlural(w[i+2]) {
			return words.Singular(w[i+2])
		}
	}
	return ""
}
