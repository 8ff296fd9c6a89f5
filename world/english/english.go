// Package english reads what names and descriptions say: which operation a verb
// asks for and what it leaves a thing in, which words are states and which mean the
// same, and what a sentence demands of them. It knows no tool and no table.
package english

import (
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// SpokenEither joins states as a sentence speaks of them: on hold or active.
func SpokenEither(states []string) string {
	said := make([]string, len(states))
	for i, s := range states {
		said[i] = strings.ToLower(words.Spoken(s))
	}
	return words.Either(said)
}

// Participle returns the past participle of a verb: cancelled, shipped, paid.
func Participle(verb string) string {
	if p := Participles[verb]; strings.HasSuffix(p, "ed") && len(p) > 3 && strings.HasPrefix(p, verb[:2]) {
		return words.Spoken(p)
	}
	switch verb {
	case "send":
		return "sent"
	case "give":
		return "given"
	case "take":
		return "taken"
	case "sell":
		return "sold"
	case "build":
		return "built"
	case "write":
		return "written"
	case "make":
		return "made"
	case "pay":
		return "paid"
	case "withdraw":
		return "withdrawn"
	case "hide":
		return "hidden"
	case "hold":
		return "put on hold"
	case "checkin":
		return "checked in"
	case "checkout":
		return "checked out"
	case "freeze":
		return "frozen"
	case "unfreeze":
		return "unfrozen"
	case "unpin", "pin", "ban", "unban", "ship":
		return verb + verb[len(verb)-1:] + "ed"
	}
	if strings.HasSuffix(verb, "e") {
		return verb + "d"
	}
	if n := len(verb); n > 1 && verb[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(verb[n-2])) {
		return verb[:n-1] + "ied"
	}
	return verb + "ed"
}

// Capital returns a text with its first letter large.
func Capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
