package english

import (
	"slices"

	"github.com/agentscaler/scaler/internal/words"
)

// Object returns the states that a text gives the thing that its verb is about: open,
// where it "cancels an open work order" or "marks a work order that is open as done",
// draft where it "confirms an order in draft status", open and held where it "lists all
// open or held orders".
func Object(text, entity string, states []string) []string {
	noun, own := words.Last(entity), words.Split(entity)
	for _, s := range Sentences(Unannounced(text)) {
		if len(s) < 3 || !isVerb(s[0]) {
			continue
		}
		i := 1
		for i < len(s) && determiners[s[i]] {
			i++
		}
		found, end := statesAt(s, i, states)
		if i < len(s) && slices.Contains(own, s[i]) { // a running club is a club, and not one that runs
			found, end = nil, i
		}
		at := indexOfNoun(s, end, noun)
		if at < 0 {
			continue
		}
		if len(found) == 0 {
			found = said(s[at+1:], states)
		}
		if len(found) > 0 && len(found) < len(states) {
			return found
		}
	}
	return nil
}

// said returns the states in which the words after a noun say that it is: "that is in
// progress", "in an eligible state".
func said(s []string, states []string) []string {
	clause := len(s) > 2 && (s[0] == "that" || s[0] == "which") && being[s[1]]
	if !clause && (len(s) < 3 || s[0] != "in") {
		return nil
	}
	i := 1
	for i < len(s) && (clause && (being[s[i]] || still[s[i]]) || determiners[s[i]]) && StateAt(s, i, states) == "" {
		i++
	}
	found, end := statesAt(s, i, states)
	if !clause && (end == len(s) || s[end] != "state" && s[end] != "status") {
		return nil
	}
	return found
}

// statesAt returns the states that the words from i on list, and where the list ends.
func statesAt(s []string, i int, states []string) (found []string, end int) {
	for end = i; end < len(s); {
		if len(found) > 0 && (s[end] == "or" || s[end] == "and") {
			end++
			continue
		}
		state := StateAt(s, end, states)
		if state == "" {
			break
		}
		if !slices.Contains(found, state) {
			found = append(found, state)
		}
		end += len(words.Split(state))
	}
	return found, end
}

// indexOfNoun finds a noun that the words from i on lead to: "certificate transfer".
func indexOfNoun(s []string, i int, noun string) int {
	for n := 0; n < 3 && i+n < len(s); n++ {
		if Prepositions[s[i+n]] {
			break
		}
		if words.Singular(s[i+n]) == noun {
			return i + n
		}
	}
	return -1
}

// isVerb says whether a word that begins a sentence is its verb: cancel, cancels.
func isVerb(w string) bool {
	return slices.ContainsFunc(forms(w), func(form string) bool { return Verbs[form] != "" || Participles[form] != "" || marks[form] })
}

var (
	marks       = words.Set("mark flag put bring")
	determiners = words.Set("a an the all any every one your this these given specified existing single currently")
	being       = words.Set("is are was were has have")
	still       = words.Set("been currently still already in on")
)
