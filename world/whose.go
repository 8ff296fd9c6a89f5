package world

import (
	"slices"

	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// eachHas reads "each X has many Y with A and B": the table of X, and A and B.
func eachHas(text, entity string, byWord map[string]*table) (*table, []string) {
	for _, s := range english.Sentences(text) {
		at := slices.Index(s, "each")
		has := slices.IndexFunc(s, func(w string) bool { return w == "has" || w == "have" || w == "contains" || w == "holds" })
		if at < 0 || has < at {
			continue
		}
		owner := entityIn(s[at+1:has], byWord)
		for i := has + 1; i < len(s); i++ {
			if owner != nil && words.Singular(s[i]) == lastWord(entity) {
				return owner, s[i+1:]
			}
		}
	}
	return nil, nil
}

func entityIn(s []string, byWord map[string]*table) *table {
	for _, w := range s {
		if t := byWord[words.Singular(w)]; t != nil {
			return t
		}
	}
	return nil
}

// placedWith reads "stored in the user's profile", "looked up from the user".
func placedWith(s []string, byWord map[string]*table) *table {
	for i, w := range s {
		if w == "from" || w == "in" || w == "of" || w == "on" || w == "with" || w == "under" || w == "to" && i > 0 && s[i-1] == "belongs" {
			if t := entityIn(s[i+1:min(i+4, len(s))], byWord); t != nil {
				return t
			}
		}
	}
	return nil
}
