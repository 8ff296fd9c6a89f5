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
	if p := irregular[verb]; p != "" {
		return p
	}
	if strings.HasSuffix(verb, "e") {
		return verb + "d"
	}
	if n := len(verb); n > 1 && verb[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(verb[n-2])) {
		return verb[:n-1] + "ied"
	}
	return verb + "ed"
}

// irregular are participles that no ending makes.
var irregular = map[string]string{
	"send": "sent", "give": "given", "take": "taken", "sell": "sold", "build": "built", "write": "written", "make": "made", "pay": "paid",
	"withdraw": "withdrawn", "hide": "hidden", "hold": "put on hold", "checkin": "checked in", "checkout": "checked out", "freeze": "frozen", "unfreeze": "unfrozen",
	"unpin": "unpinned", "pin": "pinned", "ban": "banned", "unban": "unbanned", "ship": "shipped",
	"lend": "lent", "bring": "brought", "buy": "bought", "rebuild": "rebuilt", "begin": "begun", "run": "run", "rerun": "rerun", "set": "set", "reset": "reset", "put": "put",
	"cut": "cut", "split": "split", "read": "read", "leave": "left", "lose": "lost", "find": "found", "keep": "kept", "undo": "undone", "redo": "redone", "do": "done",
	"drop": "dropped", "stop": "stopped", "plan": "planned", "tag": "tagged", "swap": "swapped", "skip": "skipped", "map": "mapped", "unwrap": "unwrapped", "submit": "submitted",
	"commit": "committed", "permit": "permitted", "refer": "referred", "transfer": "transferred", "wear": "worn", "throw": "thrown", "choose": "chosen", "draw": "drawn",
}

// Capital returns a text with its first letter large.
func Capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
