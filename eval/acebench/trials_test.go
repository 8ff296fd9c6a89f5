package acebench

import (
	"math"
	"testing"
)

// Four trials of which a task passed c: pass^2 is C(c,2)/C(4,2), and pass@2 one
// less the same of its failures.
func TestTrials(t *testing.T) {
	var reports []*Report
	for trial := range 4 {
		reports = append(reports, &Report{Categories: map[string]Score{"normal_similar_api": {solved: map[string]bool{
			"always": true, "never": false, "twice": trial < 2, "lost": true,
		}}}})
	}
	delete(reports[3].Categories["normal_similar_api"].solved, "lost") // it has no fourth trial
	got := Trials(reports)
	for k, want := range map[int][2]float64{1: {0.5, 0.5}, 2: {(1 + 1.0/6) / 3, (1 + 5.0/6) / 3}, 3: {1.0 / 3, 2.0 / 3}, 4: {1.0 / 3, 2.0 / 3}} {
		r := got[k-1]
		if r.K != k || r.Tasks != 3 || math.Abs(r.All-want[0]) > 1e-12 || math.Abs(r.Any-want[1]) > 1e-12 {
			t.Errorf("k %d: %+v, want %v", k, r, want)
		}
	}
}
