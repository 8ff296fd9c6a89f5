package spec

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// said splits a text into words, with what two words say together made one: to
// check in is no check, and an exchange rate is nothing that was exchanged.
func said(text string) []string {
	all := words.Split(text)
	for i := 0; i+1 < len(all); i++ {
		next := words.Singular(all[i+1])
		switch {
		case all[i] == "exchange" && (next == "rate" || next == "currency"):
			all = slices.Delete(all, i, i+1)
		case all[i] == "check" && (next == "in" || next == "out") && !(i+2 < len(all) && state[all[i+2]]):
			all = slices.Replace(all, i, i+2, "check"+next)
		case all[i] == "check" && i+3 < len(all) && all[i+3] == "in" && i+4 >= len(all) && article[next]: // check a guest in
			all = slices.Replace(all, i, i+1, "checkin")
		}
	}
	return all
}

var (
	state   = wordSet("progress stock use range time sync place")
	article = wordSet("a an the your")
)

// laterDeed returns the verb with which a later sentence of a description says
// what the tool does to what is kept: "Confirm a place. Sets the status to held."
func laterDeed(low string) string {
	for i, s := range strings.FieldsFunc(low, func(r rune) bool { return r == '.' || r == '\n' || r == ';' || r == ':' }) {
		f := strings.Fields(s)
		if i == 0 || len(f) < 2 || !article[f[1]] && !strings.Contains(s, "status") && !strings.Contains(s, " to the ") {
			continue
		}
		if base := strings.TrimSuffix(f[0], "s"); base != f[0] && deeds[base] {
			return base
		}
	}
	return ""
}

// reportsTo is how a text begins whose tool takes a report down.
var reportsTo = regexp.MustCompile(`^report (a|an|the|your|that|something)\b`)

// deeds are verbs that leave no doubt in the third person.
var deeds = wordSet("set store create add remove delete mark record charge update cancel move")
