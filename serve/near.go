package serve

import (
	"cmp"
	"slices"

	"github.com/agentscaler/scaler/internal/words"
)

// What it costs to take a path for a template, segment by segment, in half edits.
const (
	akinCost    = 5 // other words with one in common
	variantCost = 1 // a value for a variable: what is literal is nearer
	segmentCost = 8 // a segment too many or too few
)

// nearby is how many operations a refusal offers.
const nearby = 3

// near lists the operations whose paths are nearest to one that there is none of:
// they have a segment that is spelled alike, or shares a word.
func (t *twin) near(method, path string) []string {
	type offer struct {
		*operation
		cost int
	}
	var offers []offer
	asked := split(path)
	if len(asked) > longest {
		return nil
	}
	for _, o := range t.order {
		if !o.onHTTP() {
			continue
		}
		if cost, alike := apart(asked, o.segments); alike {
			offers = append(offers, offer{o, cost})
		}
	}
	slices.SortStableFunc(offers, func(a, b offer) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(other(a.Method, method), other(b.Method, method)))
	})
	var out []string
	for _, o := range offers[:min(nearby, len(offers))] {
		out = append(out, o.Method+" "+o.Path)
	}
	return out
}

func other(method, asked string) int {
	if method == asked {
		return 0
	}
	return 1
}

// apart is the cost of turning the segments of a path into those of a template,
// and whether any of them are alike.
func apart(path, template []string) (cost int, alike bool) {
	row := make([]int, len(path)+1)
	for i := range row {
		row[i] = i * segmentCost
	}
	for j, want := range template {
		diagonal := row[0]
		row[0] = (j + 1) * segmentCost
		for i, have := range path {
			change, near := segmentsApart(have, want)
			alike = alike || near
			change, diagonal = diagonal+change, row[i+1]
			row[i+1] = min(change, row[i]+segmentCost, diagonal+segmentCost)
		}
	}
	return row[len(path)], alike
}

// segmentsApart is the cost of taking a segment of a path for one of a template, and
// whether they are alike.
func segmentsApart(have, want string) (cost int, alike bool) {
	switch {
	case variable.MatchString(want):
		return variantCost, false
	case len(words.Nearest(have, []string{want}, 1)) > 0:
		return words.Distance(have, want, 2*segmentCost), true
	case slices.ContainsFunc(words.Split(have), func(w string) bool { return slices.Contains(words.Split(want), w) }):
		return akinCost, true
	}
	return 2 * segmentCost, false
}
