package trial

import (
	"fmt"
	"maps"
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
	at, err := SelectEach(list, names)
	if err != nil {
		return nil, err
	}
	return at[0], nil
}

// SelectEach is Select for several groups of names: every part of the list has
// to choose something in one of them.
func SelectEach(list string, groups ...[]string) ([][]int, error) {
	chosen := make([]map[int]bool, len(groups))
	for g := range groups {
		chosen[g] = map[int]bool{}
	}
	for _, part := range strings.Split(list, ",") {
		some := list == ""
		for g, names := range groups {
			for i, name := range names {
				if list == "" || chooses(strings.TrimSpace(part), name) {
					chosen[g][i], some = true, true
				}
			}
		}
		if !some {
			return nil, fmt.Errorf("no task is called %q; a list of tasks looks like 0-9,12 or like %q", part, example(groups))
		}
	}
	at := make([][]int, len(groups))
	for g := range groups {
		at[g] = slices.Sorted(maps.Keys(chosen[g]))
	}
	return at, nil
}

// example is a name that would have been found.
func example(groups [][]string) string {
	for _, names := range groups {
		if len(names) > 0 {
			return names[0]
		}
	}
	return ""
}

// chooses says whether a part of a list is a name, or a range that has it.
func chooses(part, name string) bool {
	if part == name {
		return true
	}
	from, to, ok := span(part)
	n, err := strconv.Atoi(name)
	return ok && err == nil && from <= n && n <= to
}

// span reads "3-7".
func span(part string) (from, to int, ok bool) {
	a, b, _ := strings.Cut(part, "-")
	from, bad := strconv.Atoi(a)
	to, worse := strconv.Atoi(b)
	return from, to, bad == nil && worse == nil
}
