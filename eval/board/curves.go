package board

import (
	"fmt"
	"slices"
	"sort"

	"github.com/agentscaler/scaler/internal/chart"
)

// Curves lists what can be drawn. To add one, add a row.
var Curves = []Curve{
	{"pass", "Tasks solved in all of k trials", "k", "pass^k", Set.passPoints},
	{"calls", "Tasks solved, by how many tools the agent called", "calls of a trial; a point is about a sixth of the trials", "solved", Set.callPoints},
}

// A Curve is one way to draw a set.
type Curve struct {
	Name        string
	title, x, y string
	points      func(Set) []chart.Point
}

// Draw makes a line of every set that has one.
func (c Curve) Draw(sets []Set) (chart.Chart, error) {
	out := chart.Chart{Title: c.title, X: c.x, Y: c.y}
	for _, s := range sets {
		if points := c.points(s); len(points) > 0 {
			out.Series = append(out.Series, chart.Series{Name: s.Model + ", " + s.Column.String(), Points: points})
		}
	}
	if len(out.Series) == 0 {
		return out, fmt.Errorf("results: nothing here has a curve %q", c.Name)
	}
	return out, nil
}

func (s Set) passPoints() (points []chart.Point) {
	for _, p := range s.Passes() {
		points = append(points, chart.Point{X: float64(p.K), Y: p.All, Note: fmt.Sprintf("of %d tasks", p.Tasks)})
	}
	return points
}

// shares is into how many parts trials are cut by their number of calls.
const shares = 6

// callPoints cuts the trials, from few calls to many, into parts of about equal
// size, never between two of equal length, so that every point stands on as
// much; it lies at the part's mean number of calls.
func (s Set) callPoints() (points []chart.Point) {
	trials := slices.DeleteFunc(slices.Clone(s.Results), func(r Result) bool { return r.Calls == 0 })
	sort.SliceStable(trials, func(i, j int) bool { return trials[i].Calls < trials[j].Calls })
	for n := 1; len(trials) > 0; n++ {
		size := max(1, len(trials)/max(1, shares+1-n))
		for size < len(trials) && trials[size].Calls == trials[size-1].Calls {
			size++
		}
		points = append(points, callPoint(trials[:size]))
		trials = trials[size:]
	}
	return points
}

func callPoint(part []Result) chart.Point {
	calls, solved := 0, 0
	for _, r := range part {
		calls += r.Calls
		if r.Solved {
			solved++
		}
	}
	n := float64(len(part))
	mean := float64(calls) / n
	note := fmt.Sprintf("of %d trials with %d to %d calls", len(part), part[0].Calls, part[len(part)-1].Calls)
	return chart.Point{X: mean, Y: float64(solved) / n, Note: note}
}
