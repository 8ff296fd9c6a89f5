package world

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// mentioned is how many tables, and how many services, a summary names.
const mentioned = 5

// summary says what a world is for, where somebody said so, and what it can do: its own
// tools, which may be fewer than those of its domain.
func (dr *draft) summary() string {
	services, things := map[string]int{}, map[string]int{}
	reads := 0
	for _, o := range dr.ops {
		services[o.tool.Service]++
		if o.table != nil && !o.table.event {
			things[spoken(o.table.Name)]++
		}
		if !writes(o.kind) {
			reads++
		}
	}
	text := fmt.Sprintf("%d tools", len(dr.ops))
	if len(dr.ops) == 1 {
		text = "1 tool"
	}
	if len(things) > 0 {
		text += " about " + and(mostly(things))
	}
	text += fmt.Sprintf(", from %s; %d read and %d write.", and(mostly(services)), reads, len(dr.ops)-reads)
	return strings.TrimSpace(dr.domain.About + " " + text)
}

// mostly returns the names that were counted most often, the likeliest first.
func mostly(counts map[string]int) []string {
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(counts[b]-counts[a], strings.Compare(a, b))
	})
	if more := len(names) - mentioned; more > 0 {
		names = append(names[:mentioned], fmt.Sprintf("%d more", more))
	}
	return names
}
