package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/world/english"
)

// "For a pending order, this can only be done once": the change leaves its mark
// in the status, which becomes "pending (items modified)", and what asks for a
// pending order then asks for one that is so still.

// saysOnce says whether a text allows the tool one call for each row.
func saysOnce(text string) bool {
	return slices.ContainsFunc(english.Sentences(text), func(s []string) bool {
		return slices.Contains(s, "once") && (slices.Contains(s, "only") || slices.Contains(s, "just"))
	})
}

// marks says whether the tool is a change that a row in its state allows once.
func (o *op) marks() bool {
	return o.kind == scaler.Update && len(o.adjs) > 0 && o.part != "" && saysOnce(o.tool.Description)
}

// marksOnce says whether a tool of the table is.
func (t *table) marksOnce() bool { return slices.ContainsFunc(t.ops, (*op).marks) }

// once adds the states that such changes lead to.
func (t *table) once(col *scaler.Column) {
	for _, o := range t.ops {
		if !o.marks() {
			continue
		}
		from, ok := o.adjective(t)
		if !ok {
			continue
		}
		to := from[0] + " (" + strings.TrimSpace(spoken(pluralOf(o.part))+" "+english.Participle(o.verb)) + ")"
		col.Enum = append(slices.Clip(col.Enum), pyjson.Marshal(to))
		o.status = &move{column: col.Name, from: from, to: to}
		t.Status.Moves = append(t.Status.Moves, scaler.Move{Tool: o.name, From: from, To: to})
		o.note("its description allows it once")
	}
}

// pluralOf keeps a plural as it is.
func pluralOf(noun string) string {
	if isPlural(lastWord(noun)) {
		return noun
	}
	return pluralNoun(noun)
}

// mark writes the new state of a row that was changed the once it may be.
func (w *writer) mark(v string) {
	if m := w.o.status; m != nil && w.o.kind == scaler.Update {
		w.line(1, "%s[%s] = %s", v, quote(m.column), quote(m.to))
	}
}
