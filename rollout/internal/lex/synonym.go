package lex

import "strings"

// Akin says how close two stems are in meaning: 1 for the same, less for words
// of one group, 0 for strangers.
func Akin(a, b string) float64 {
	if a == b {
		return 1
	}
	if len(a) > 4 && len(b) > 4 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a)) {
		return 0.8
	}
	for _, g := range groupsOf[a] {
		for _, h := range groupsOf[b] {
			if g == h {
				return 0.7
			}
		}
	}
	return 0
}

// groups are everyday words that name one thing; a word may be in several.
var groups = []string{
	"get show see view look check find tell fetch retrieve read display know detail info information pull",
	"list show see view browse overview every",
	"search find look browse seek locate",
	"create add make open new start raise submit file set",
	"create place order buy purchase",
	"create book schedule reserve arrange make appointment",
	"register sign enroll enrol create add join",
	"update change edit modify correct adjust amend set alter switch fix",
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
	"email mail",
	"phone telephone mobile cell",
	"id number code reference no identifier",
	"price cost amount charge fee total sum",
	"item product article",
	"customer client user member account holder guest patient passenger subscriber policyholder",
	"employee staff worker",
	"flight trip",
	"date day when",
	"status state stage",
	"quantity many count number copy",
	"car vehicle",
	"note comment remark message",
	"reason why because",
	"start begin from",
	"end until finish till",
	"ship send dispatch",
	"track trace",
	"upgrade promote",
	"issue ticket bug problem",
	"deliver drop arrive",
}

var groupsOf = func() map[string][]int {
	m := map[string][]int{}
	for i, g := range groups {
		for _, w := range strings.Fields(g) {
			m[Stem(w)] = append(m[Stem(w)], i)
		}
	}
	return m
}()
