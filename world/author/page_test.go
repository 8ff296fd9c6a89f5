package author

import "testing"

// Short texts leave their room to the long ones.
func TestFairShare(t *testing.T) {
	for _, c := range []struct {
		lengths    []int
		room, want int
	}{
		{[]int{90, 10, 20}, 100, 70},
		{[]int{50, 50, 50, 50}, 100, 25},
		{[]int{1, 300, 200, 1}, 102, 50},
		{[]int{3, 4}, 100, 4},
	} {
		got, sum := fairShare(c.lengths, c.room), 0
		for _, n := range c.lengths {
			sum += min(n, got)
		}
		if got != c.want || sum > c.room {
			t.Errorf("%v in %d: %d each, %d in all; want %d each", c.lengths, c.room, got, sum, c.want)
		}
	}
}
