package python

import (
	"math"
	"strings"
)

// The costs of an edit: changing the case of a letter is half of one.
const (
	editCost = 2
	caseCost = 1
)

// longestEdit is how long two names may differ for CPython to compare them.
const longestEdit = 40

// suggest returns the name that CPython proposes for one that does not exist:
// the nearest of them, if no more than a third of the letters has to change.
func suggest(wrong string, names []string) (best string, ok bool) {
	nearest := math.MaxInt
	for _, name := range names {
		if name == wrong {
			continue
		}
		limit := min((len(wrong)+len(name)+3)*editCost/6, nearest-1)
		if d := distance(wrong, name, limit); d <= limit {
			best, nearest, ok = name, d, true
		}
	}
	return best, ok
}

// distance is the cost of turning one name into another; beyond the limit, some
// number above it.
func distance(a, b string, limit int) int {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	switch {
	case a == "" || b == "":
		return (len(a) + len(b)) * editCost
	case len(a) > longestEdit || len(b) > longestEdit:
		return limit + 1
	}
	row := make([]int, len(a)+1) // costs from what is read of b to each prefix of a
	for i := range row {
		row[i] = i * editCost
	}
	for j := range len(b) {
		diagonal := row[0]
		row[0] += editCost
		for i := range len(a) {
			change := diagonal + changeCost(a[i], b[j])
			diagonal = row[i+1]
			row[i+1] = min(change, row[i]+editCost, diagonal+editCost)
		}
	}
	return row[len(a)]
}

func changeCost(x, y byte) int {
	switch {
	case x == y:
		return 0
	case strings.EqualFold(string(rune(x)), string(rune(y))) && x < 0x80 && y < 0x80:
		return caseCost
	}
	return editCost
}
