package seed

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// tie makes the parts of a row agree that were drawn one by one.
func (r *row) tie() {
	for col, s := range r.t.shapes {
		switch {
		case col == r.t.column(r.t.Key):
		case s.Type == "array" && s.Items != nil && s.Items.Type == "object":
			r.tieLines(col)
		case s.Type == "boolean" && strings.HasPrefix(r.t.Columns[col].Doc, Switched) && strings.HasSuffix(r.t.Columns[col].Doc, " is on."):
			r.values[col] = r.rng.IntN(2) == 0
		case r.kindOfKey(col), r.holdsNothing(col), r.neverMoved(col):
		}
	}
}

// tieLines gives lines the owner and the nested values of the row they name:
// an order's item is of the product that the item is of.
func (r *row) tieLines(col int) {
	list, _ := r.values[col].([]any)
	for _, v := range list {
		line, ok := v.(*pyjson.Object)
		if !ok {
			continue
		}
		for _, f := range r.t.shapes[col].Items.Fields {
			to := r.referredBy(f.Shape)
			key, _ := line.Get(f.Shape.Name)
			if to == nil || to == r.t || key == nil {
				continue
			}
			if at, ok := to.at[pyjson.Bare(key)]; ok && at < len(to.rows) {
				repeat(line, to, at)
				break
			}
		}
	}
}

// repeat copies what a line says under the same name as a row it names, where
// that is a reference or an object.
func repeat(line *pyjson.Object, to *table, at int) {
	for _, c := range to.Columns {
		if c.Name == to.Key || c.Ref == "" && c.Type != "object" {
			continue
		}
		if _, has := line.Get(c.Name); has {
			v, _ := to.rows[at].Get(c.Name)
			line.Set(c.Name, pyjson.Clone(v))
		}
	}
}

// kindOfKey gives a column of kinds the kind that the row's key begins with.
func (r *row) kindOfKey(col int) bool {
	s := r.t.shapes[col]
	if s.Type != "string" || len(s.Enum) == 0 {
		return false
	}
	for _, v := range s.Enum {
		if kind, ok := v.(string); ok && strings.HasPrefix(r.t.texts[r.i], kind+"_") {
			r.values[col] = v
			return true
		}
	}
	return false
}

// holdsNothing leaves the balance of what holds no money of its own empty.
func (r *row) holdsNothing(col int) bool {
	kinds := r.t.column("type")
	if r.t.names[col] != "balance" || !r.t.Columns[col].Nullable || kinds < 0 || len(r.t.shapes[kinds].Enum) == 0 {
		return false
	}
	if kind, ok := r.values[kinds].(string); ok && !HoldsMoney(kind) && slices.ContainsFunc(r.t.shapes[kinds].Enum, isStoring) {
		r.values[col] = nil
	}
	return true
}

func isStoring(kind any) bool {
	text, ok := kind.(string)
	return ok && HoldsMoney(text)
}

// neverMoved empties what a move would have noted down: a row that was never
// cancelled has no cancel_reason.
func (r *row) neverMoved(col int) bool {
	if in, ok := r.t.filled[r.t.Columns[col].Name]; ok && r.t.states != nil && !in[r.t.states[r.i]] {
		r.values[col] = nil
		return true
	}
	if !r.t.Columns[col].Nullable || r.t.states == nil || len(r.t.shapes[col].Words) < 2 {
		return false
	}
	for _, m := range r.t.Status.Moves {
		if w := words.Split(m.Tool); len(w) == 0 || w[0] != r.t.shapes[col].Words[0] {
			continue
		}
		if r.t.states[r.i] != m.To {
			r.values[col] = nil
		}
		return true
	}
	return false
}

// tieLedger makes a row's payments come to what it costs, by means that are the
// customer's, and pays back what was cancelled.
func (r *row) tieLedger() {
	col := r.t.column(Ledger)
	if col < 0 || r.t.shapes[col].Items == nil {
		return
	}
	to, ref := r.meansOf(r.t.shapes[col].Items)
	if to == nil {
		return
	}
	r.makeRows(to)
	key, ok := r.own(to)
	if !ok {
		return
	}
	amount, _, found := r.sumOfLines()
	if !found || amount <= 0 {
		amount = float64(20 + r.rng.IntN(480))
	}
	list := []any{pyjson.Of("type", "payment", "amount", amount, ref, key)}
	if r.t.states != nil && undone[r.t.states[r.i]] {
		list = append(list, pyjson.Of("type", "refund", "amount", amount, ref, key))
	}
	r.values[col] = list
}

// undone are states in which nothing stays paid.
var undone = words.Set("cancelled canceled voided refunded")

// meansOf returns the table that the entries of a ledger name, and by what.
func (r *row) meansOf(entry *fake.Shape) (*table, string) {
	ledger := 0
	for _, f := range entry.Fields {
		if f.Shape.Name == "type" || f.Shape.Name == "amount" {
			ledger++
		}
	}
	for _, f := range entry.Fields {
		if to := r.referredBy(f.Shape); to != nil && to != r.t && ledger == 2 {
			return to, f.Shape.Name
		}
	}
	return nil, ""
}

// own chooses a row of another table that is of the same owner as this row.
func (r *row) own(to *table) (any, bool) {
	var fit []any
	for i, row := range to.rows {
		for _, c := range to.Columns {
			at, ok := r.refs[c.Ref]
			if v, _ := row.Get(c.Name); ok && c.Ref != "" && pyjson.Bare(v) == r.byName[c.Ref].texts[at] {
				fit = append(fit, to.keys[i])
			}
		}
	}
	if len(fit) == 0 {
		return nil, false
	}
	return fit[r.rng.IntN(len(fit))], true
}
