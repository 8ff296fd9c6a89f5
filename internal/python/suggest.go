package python

import (
	"math"

	"github.com/agentscaler/scaler/internal/words"
)

// suggest returns the name that CPython proposes for one that does not exist:
// the nearest of them, if no more than a third of the letters has to change.
func suggest(wrong string, names []string) (best string, ok bool) {
	nearest := math.MaxInt
	for _, name := range names {
		if name == wrong {
			continue
		}
		limit := min((len(wrong)+len(name)+3)*words.EditCost/6, nearest-1)
		if d := words.Distance(wrong, name, limit); d <= limit {
			best, nearest, ok = name, d, true
		}
	}
	return best, ok
}
