package trial

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Seed is the seed of a trial's requests: trials count on from a seed, and 0
// stands for none.
func Seed(seed uint64, trial int) uint64 {
	if seed == 0 {
		return 0
	}
	return seed + uint64(trial)
}

// Select returns the places of the names that a list such as "0-9,12,refund"
// chooses: names, and ranges of names that are numbers. An empty list chooses all.
func Select(list string, names []string) ([]int, error) {
	chosen := make([]bool, len(names))
	for _, part := range strings.Split(list, ",") {
		part = strings.TrimSpace(part)
		from, to, ok := span(part)
		some := false
		for i, name := range names {
			n, err := strconv.Atoi(name)
			if list == "" || name == part || ok && err == nil && from <= n && n <= to {
				chosen[i], some = true, true
			}
		}
		if !some && list != "" {
			return nil, fmt.Errorf("no task is called %q; a list of tasks looks like 0-9,12", part)
		}
	}
	var at []int
	for i := range names {
		if chosen[i] {
			at = append(at, i)
		}
	}
	return slices.Clip(at), nil
}

// span reads "3-7".
func span(part string) (from, to int, ok bool) {
	a, b, _ := strings.Cut(part, "-")
	from, bad := strconv.Atoi(a)
	to, worse := strconv.Atoi(b)
	return from, to, bad == nil && worse == nil
}
