package contract

import (
	"math"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// Enough is the grade that tasks ask of a world unless a run says otherwise:
// three of five of its domain's tools are sound. Most worlds below it are not
// taken for the service by those who read them (docs/decisions/20261122-grade.md).
const Enough = 0.6

// GradeOf grades a world by its files. A tool is sound where it computes, or
// reads or writes rows of which more is known than how they are asked for. A
// schema that a person wrote assumes nothing, so that its rows are all known.
func GradeOf(w *scaler.World) scaler.Grade {
	g := scaler.Grade{Tools: len(w.Tools) + len(w.Dropped), LeftOut: len(w.Dropped)}
	known := map[string]bool{}
	for _, t := range w.Schema.Tables {
		known[t.Name] = hasContent(w, t)
	}
	for _, t := range w.Tools {
		switch {
		case Generic(t):
			g.Logged++
		case t.Table != "" && !known[t.Table]:
			g.Hollow++
		default:
			g.Sound++
		}
	}
	if g.Tools > 0 {
		g.Share = math.Round(100*float64(g.Sound)/float64(g.Tools)) / 100
	}
	return g
}

// Generic says whether a world only goes through a tool's motions: its effect shows
// nowhere.
func Generic(t scaler.WorldTool) bool { return t.Tier == scaler.TierEvent }

// hasContent says whether rows of a table hold something that its tools speak
// of: a field that a result declares, or two that nobody asks for them by.
func hasContent(w *scaler.World, t scaler.Table) bool {
	shown, stored, asked := usesOf(w, t.Name)
	telling := 0
	for _, c := range t.Columns {
		n := words.Snake(c.Name)
		switch {
		case c.Name == t.Key || c.Assumed:
		case shown[n]:
			return true
		case stored[c.Name] || !asked[c.Name]:
			telling++
		}
	}
	return telling >= 2
}

// usesOf returns what the tools of a table do with its columns: which their
// declared results show, which they store, and which they look rows up by.
func usesOf(w *scaler.World, table string) (shown, stored, asked map[string]bool) {
	shown, stored, asked = map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, tool := range w.Tools {
		if tool.Table == table {
			schema.Parse(tool.Result).Mentions(shown)
		}
		for _, b := range tool.Binds {
			switch {
			case b.Table != table:
			case b.Role == "set":
				stored[b.Column] = true
			case b.Role == "filter" || b.Role == "key":
				asked[b.Column] = true
			}
		}
	}
	return shown, stored, asked
}
