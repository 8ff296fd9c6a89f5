package rebuild

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/agentscaler/scaler"
)

// most is how many kinds of differences of a tool are told.
const most = 12

var (
	keys    = regexp.MustCompile(`#?[A-Za-z_]*[0-9][0-9A-Za-z_.:-]*`)
	capital = regexp.MustCompile(`\b[A-Z][A-Z0-9]{4,}\b`)
)

// general is a text without what is only of one call: keys, numbers, dates.
func general(text string) string {
	text = capital.ReplaceAllString(keys.ReplaceAllString(text, "*"), "*")
	if len(text) > 100 {
		text = strings.ToValidUTF8(text[:100], "")
	}
	return text
}

// differences counts the fields that one side alone changed.
func (b *bench) differences(tool string, want, got []string, refused bool) {
	for _, f := range want {
		if !refused && !slices.Contains(got, f) {
			b.amiss[tool]["missed "+general(f)]++
		}
	}
	for _, f := range got {
		if !slices.Contains(want, f) {
			b.amiss[tool]["extra "+general(f)]++
		}
	}
}

// say records what went amiss most with each tool, and which tools the world
// left out.
func (b *bench) say(w *scaler.World) {
	for name, t := range b.tools {
		if t.Class == "" {
			t.Amiss = append(t.Amiss, "left out of the world"+reason(w, name))
		}
		var kinds []string
		for kind := range b.amiss[name] {
			kinds = append(kinds, kind)
		}
		n := b.amiss[name]
		sort.Slice(kinds, func(i, j int) bool {
			return n[kinds[i]] > n[kinds[j]] || n[kinds[i]] == n[kinds[j]] && kinds[i] < kinds[j]
		})
		for _, kind := range kinds[:min(most, len(kinds))] {
			t.Amiss = append(t.Amiss, fmt.Sprintf("%d %s", n[kind], kind))
		}
	}
}

// reason says why the world lacks a tool.
func reason(w *scaler.World, name string) string {
	for _, d := range w.Dropped {
		if strings.Contains(string(d.Tool), name) {
			return ": " + d.Clause + ": " + d.Reason
		}
	}
	return ""
}
