package seed

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// likeStates are states, and flags, that say the same.
var likeStates = [][]string{
	{"active", "enabled", "activated"},
	{"inactive", "disabled", "deactivated"},
	{"completed", "complete", "done", "finished"},
	{"cancelled", "canceled"},
	{"visible", "shown"},
}

// Sayings returns what says the same as a state, itself first.
func Sayings(state string) []string {
	out := []string{state}
	for _, group := range likeStates {
		if slices.Contains(group, state) {
			out = append(out, slices.DeleteFunc(slices.Clone(group), func(s string) bool { return s == state })...)
		}
	}
	return out
}

// FlagStates returns the states in which a flag of that name is set; none where
// it says nothing of them.
func FlagStates(name string, states []string) []string {
	said := Sayings(strings.TrimPrefix(words.Snake(name), "is_"))
	return slices.DeleteFunc(slices.Clone(states), func(s string) bool { return !slices.Contains(said, words.Snake(s)) })
}
