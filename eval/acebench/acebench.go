// Package acebench is ACEBench: its data, its two official scorers and a strict
// one, and its five stateful classes in English and Chinese. The numbers are
// those of the official code (chenchen0103/ACEBench 56dd66c; scorer 2025-07 is
// ca2ac0e), its quirks included. Tasks and answers are read from the user's own copy.
package acebench

import "strings"

// Languages lists the languages that the benchmark has data in.
var Languages = []string{"en", "zh"}

// A Category is one data file of the benchmark.
type Category struct {
	Name string
	// Key names its accuracy in the summary of a table of scores.
	Key   string
	score func(*scorer, paper) (Score, error)
}

// Categories lists the categories in the official order. To add one, add a row.
var Categories = []Category{
	{"normal_single_turn_single_function", "single_turn_single_function", (*scorer).single},
	{"normal_single_turn_parallel_function", "single_turn_parallel_function", (*scorer).single},
	{"normal_multi_turn_user_adjust", "multi_turn_adjust", (*scorer).multi},
	{"normal_multi_turn_user_switch", "multi_turn_switch", (*scorer).multi},
	{"normal_similar_api", "similar_api", (*scorer).single},
	{"normal_preference", "preference", (*scorer).single},
	{"normal_atom_bool", "atom_bool", (*scorer).single},
	{"normal_atom_enum", "atom_enum", (*scorer).single},
	{"normal_atom_number", "atom_number", (*scorer).single},
	{"normal_atom_list", "atom_list", (*scorer).single},
	{"normal_atom_object_deep", "atom_object_deep", (*scorer).single},
	{"normal_atom_object_short", "atom_object_short", (*scorer).single},
	{"special_incomplete", "incomplete", (*scorer).special},
	{"special_error_param", "error_param", (*scorer).special},
	{"special_irrelevant", "irrelevant", (*scorer).special},
	{"agent_multi_step", "agent_multi_step", (*scorer).agent},
	{"agent_multi_turn", "agent_multi_turn", (*scorer).agent},
}

// isAgent reports whether a category runs in the stateful classes.
func (c Category) isAgent() bool { return strings.HasPrefix(c.Name, "agent_") }

// A Scorer is one way of scoring answers.
type Scorer struct {
	Name string
	// text cuts the calls out of a reply of one turn.
	text   func(string) (string, bool)
	turn   func(string) (string, bool) // the same, where there are several turns
	strict bool
}

// Scorers lists the scorers: the official one, the one of the paper's time, and
// one without the quirks that let wrong values pass. The first is the default.
var Scorers = []Scorer{
	{Name: "2025-10", text: firstList, turn: withoutSpace},
	{Name: "2025-07", text: withoutSpace, turn: withoutSpace},
	{Name: "strict", text: firstList, turn: firstList, strict: true},
}

// firstList is the first outermost [...] of a reply.
func firstList(reply string) (string, bool) {
	start, depth := -1, 0
	for i := range len(reply) {
		switch reply[i] {
		case '[':
			if depth == 0 {
				start = i
			}
			depth++
		case ']':
			depth--
			if depth == 0 && start >= 0 {
				return reply[start : i+1], true
			}
		}
	}
	return "", false
}

// withoutSpace deletes all white space, within strings too.
func withoutSpace(reply string) (string, bool) {
	return strings.Map(func(r rune) rune {
		if isSpace(r) {
			return -1
		}
		return r
	}, reply), true
}
