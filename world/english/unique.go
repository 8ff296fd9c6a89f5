package english

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// Unique says whether a text wants a value of which no other row has the same: "the
// e-mail address must not be in use by another member", "refused if a member with this
// email already exists". Where the tool then changes what is there, it is not refused.
func Unique(text, name string) bool {
	want := words.Split(name)
	for _, s := range Sentences(text) {
		at := indexOf(s, want)
		if at < 0 {
			continue
		}
		line := " " + strings.Join(s, " ") + " "
		behind := s[at+len(want):]
		switch {
		case at > 0 && s[at-1] == "unique", slices.Contains(behind[:min(4, len(behind))], "unique"):
			return true
		case slices.ContainsFunc(s, func(w string) bool { return instead[w] }):
		case len(behind) > 0 && behind[0] == "already":
			return true
		case strings.Contains(line, " already ") && !strings.Contains(line, " must ") && !strings.Contains(line, " should ") && slices.ContainsFunc([]string{" in use ", " taken ", " used ", " registered ", " exists ", " exist "}, func(p string) bool { return strings.Contains(line, p) }):
			return true
		case strings.Contains(line, " not be in use "), strings.Contains(line, " not be used by "), strings.Contains(line, " not already be "):
			return true
		case strings.Contains(line, " no two ") && strings.Contains(line, " same "):
			return true
		}
	}
	return false
}

// instead are words of what a tool does about a row that is there already.
var instead = words.Set("update updates updated overwrite overwrites overwritten replace replaces replaced return returns returned merge merges merged skip skips skipped ignore ignores ignored reuse reuses reused")

// Has says whether a sentence names a column: its words, one after the other.
func Has(sentence []string, column string) bool { return indexOf(sentence, words.Split(column)) >= 0 }

// indexOf returns where in a sentence some words stand one after the other, or -1.
func indexOf(s, want []string) int {
	for i := 0; len(want) > 0 && i+len(want) <= len(s); i++ {
		if slices.Equal(s[i:i+len(want)], want) {
			return i
		}
	}
	return -1
}
