package words

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// The costs of an edit: changing the case of a letter is half of one.
const (
	EditCost = 2
	caseCost = 1
)

// longestEdit is how long the parts in which two names differ may be for them to
// be compared.
const longestEdit = 40

// Nearest returns the names that a mistyped one may stand for, the nearest first
// and at most so many: those of which little more than a third of the letters
// would have to change, or nothing but their case.
func Nearest(wrong string, names []string, most int) []string {
	type near struct {
		name string
		cost int
	}
	var found []near
	for _, name := range names {
		limit := (len(wrong)+len(name)+3)*EditCost/6 + 1 // one more than CPython allows: two letters in each other's place are two edits
		switch d := Distance(wrong, name, limit); {
		case strings.EqualFold(wrong, name):
			found = append(found, near{name, 0})
		case d <= limit:
			found = append(found, near{name, d})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.cost, b.cost) })
	var out []string
	for _, n := range found[:min(most, len(found))] {
		out = append(out, n.name)
	}
	return out
}

// Meant asks whether the nearest names were meant, `did you mean "ref"?`; it is
// empty where none is near.
func Meant(wrong string, names []string, most int) string {
	near := Nearest(wrong, names, most)
	if len(near) == 0 {
		return ""
	}
	for i, name := range near {
		near[i] = strconv.Quote(name)
	}
	return "did you mean " + Either(near) + "?"
}

// Distance is the cost of turning one name into another, letter by letter; beyond
// the limit, some number above it.
func Distance(a, b string, limit int) int {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	switch {
	case a == "" || b == "":
		return (len(a) + len(b)) * EditCost
	case len(a) > longestEdit || len(b) > longestEdit:
		return limit + 1
	}
	row := make([]int, len(a)+1) // costs from what is read of b to each prefix of a
	for i := range row {
		row[i] = i * EditCost
	}
	for j := range len(b) {
		diagonal := row[0]
		row[0] += EditCost
		for i := range len(a) {
			change := diagonal + changeCost(a[i], b[j])
			diagonal = row[i+1]
			row[i+1] = min(change, row[i]+EditCost, diagonal+EditCost)
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
	return EditCost
}
