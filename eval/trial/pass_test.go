package trial

import (
	"math"
	"testing"
)

// Four trials of which a task passed c: pass^2 is C(c,2)/C(4,2), and pass@2 one
// less the same of its failures. A task that lacks trials counts as far as it has them.
func TestPasses(t *testing.T) {
	var results []Result
	for trial := range 4 {
		results = append(results, Result{"always", true}, Result{"never", false}, Result{"twice", trial < 2})
		if trial < 1 {
			results = append(results, Result{"once tried", true})
		}
	}
	got := Passes(results)
	for k, want := range map[int]Pass{
		1: {1, 2.5 / 4, 2.5 / 4, 4, 4}, 2: {2, (1 + 1.0/6) / 3, (1 + 5.0/6) / 3, 3, 4}, 3: {3, 1.0 / 3, 2.0 / 3, 3, 4}, 4: {4, 1.0 / 3, 2.0 / 3, 3, 4},
	} {
		p := got[k-1]
		if math.Abs(p.All-want.All) > 1e-12 || math.Abs(p.Any-want.Any) > 1e-12 {
			t.Errorf("k %d: %+v, want %+v", k, p, want)
		}
		if p.All, p.Any = want.All, want.Any; p != want {
			t.Errorf("k %d: %+v, want %+v", k, p, want)
		}
	}
	if none := Passes(nil); len(none) != 0 {
		t.Error(none)
	}
}
