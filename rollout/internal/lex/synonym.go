package lex

import (
	"slices"
	"strings"
)

// Akin says how close two stems are in meaning: 1 for the same, less for words
// of one group, 0 for strangers.
func Akin(a, b string) float64 {
	if c := Alike(a, b); c > 0 {
		return c
	}
	return sharing(verbs, a, b)
}

// Alike is Akin for names of things: to hold is to reserve, but a hold is no
// reservation.
func Alike(a, b string) float64 {
	if a == b {
		return 1
	}
	if len(a) > 4 && len(b) > 4 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a)) {
		return 0.8
	}
	return sharing(things, a, b)
}

func sharing(groups map[string][]int, a, b string) float64 {
	for _, g := range groups[a] {
		if slices.Contains(groups[b], g) {
			return 0.7
		}
	}
	return 0
}

// Everyday words that name one thing; a word may be in several groups.
var (
	verbs = grouped(
		"get show see view look check find tell fetch retrieve read display know detail info information pull",
		"list show see view browse overview every",
		"search find look browse seek locate",
		"create add make open new start raise submit file set",
		"create place order buy purchase",
		"create book schedule reserve arrange make appointment",
		"register sign enroll enrol create add join",
		"update change edit modify correct adjust amend set alter switch fix replace revise swap put",
		"change move reschedule shift postpone",
		"delete remove drop erase discard rid",
		"cancel call void abort scrap",
		"pay settle charge",
		"refund reimburse money",
		"return send back bring",
		"renew extend prolong",
		"reserve hold book",
		"close shut end terminate deactivate finish",
		"suspend pause freeze block hold lock deactivate",
		"resume reactivate unfreeze unblock unlock restore restart reinstate",
		"approve accept authorize authorise confirm",
		"reject decline deny refuse",
		"assign allocate give",
		"cancel withdraw revoke retract",
		"complete finish done mark",
		"transfer move send wire",
		"deposit put",
		"borrow lend loan checkout take",
		"start begin from",
		"end until finish till",
		"ship send dispatch",
		"track trace",
		"upgrade promote",
		"deliver drop arrive",
	)
	things = grouped(
		"email mail",
		"phone telephone mobile cell",
		"id number code reference no identifier",
		"price cost amount charge fee total sum",
		"item product article",
		"customer client user member holder guest patient passenger subscriber policyholder",
		"employee staff worker",
		"flight trip",
		"date day when",
		"status state stage",
		"quantity many count number copy",
		"car vehicle",
		"note comment remark message",
		"reason why because",
		"issue ticket bug problem",
	)
)

func grouped(lines ...string) map[string][]int {
	m := map[string][]int{}
	for i, line := range lines {
		for _, w := range strings.Fields(line) {
			m[Stem(w)] = append(m[Stem(w)], i)
		}
	}
	return m
}
