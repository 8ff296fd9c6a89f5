package world

import (
	"fmt"
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// remove writes a tool that deletes a row and what is nested under it; rows
// elsewhere that refer to it forbid it.
func (w *writer) remove() {
	w.writes(w.t.Name)
	if w.sweeps() {
		w.sweep()
		return
	}
	v := w.row()
	w.checkOwnState(v)
	w.unhook(w.t, v, 1, nil)
	if w.eachKey() != nil {
		w.removeEach(v)
		return
	}
	w.swayFrom(v)
	answer := w.deleted(v)
	w.line(1, "db.%s.delete(%s[%s])", w.t.Name, v, quote(w.t.Key))
	w.line(1, "return %s", answer)
}

// sweeps says whether the tool deletes every row that it finds: it speaks of
// many, names none, and says where they lie.
func (w *writer) sweeps() bool {
	return w.o.plural && !w.t.alone && w.keyBind() == nil && w.o.shape.loose() &&
		slices.ContainsFunc(w.filters(), func(b bind) bool { return b.p.Required })
}

// sweep writes the deleting of all rows that the filters leave.
func (w *writer) sweep() {
	v := variable(w.t.Entity)
	w.findSome(w.filters(), false)
	w.line(1, "for %s in found:", v)
	w.unhook(w.t, v, 2, nil)
	w.line(2, "db.%s.delete(%s[%s])", w.t.Name, v, quote(w.t.Key))
	w.line(1, `return {"deleted": len(found)}`)
}

// unhook writes what happens to the rows that refer to a row about to go.
func (w *writer) unhook(t *table, v string, depth int, above []*table) {
	for _, child := range w.a.tables {
		for _, c := range child.Columns {
			if c.Ref != t.Name {
				continue
			}
			w.unhookOne(t, child, c, v, depth, append(above, t))
		}
	}
}

func (w *writer) unhookOne(t, child *table, c scaler.Column, v string, depth int, above []*table) {
	at := variable("each_" + child.Entity)
	if contains(above, child) {
		at = variable("other_" + child.Entity) // each is one of those that go
	}
	op := "=="
	if c.Type == "array" {
		op = "contains"
	}
	rows := fmt.Sprintf("db.%s.query(where = [(%s, %q, %s[%s])])", child.Name, quote(c.Name), op, v, quote(t.Key))
	switch {
	case c.Type == "array":
		w.writes(child.Name)
		w.line(depth, "for %s in %s:", at, rows)
		w.line(depth+1, "%s[%s] = [x for x in %s[%s] if x != %s[%s]]", at, quote(c.Name), at, quote(c.Name), v, quote(t.Key))
	case c.Nullable && !child.nestedIn(t):
		w.writes(child.Name)
		w.line(depth, "for %s in %s:", at, rows)
		w.line(depth+1, "%s[%s] = None", at, quote(c.Name))
	case !contains(above, child) && (child.nestedIn(t) || depth > 1 || !child.needs(c)):
		w.writes(child.Name)
		w.line(depth, "for %s in %s:", at, rows)
		w.unhook(child, at, depth+1, above)
		w.line(depth+1, "db.%s.delete(%s[%s])", child.Name, at, quote(child.Key))
	default:
		rule := w.rule(scaler.Rule{Kind: "state", Table: child.Name, Column: c.Name,
			Text: fmt.Sprintf("%s that still has %s cannot be deleted.", english.Capital(article(spoken(t.Entity))), spoken(child.Name))}, child.Name)
		w.line(depth, "if %s:", rows)
		w.line(depth+1, `refuse("conflict", "The %s %%s still has %s." %% %s[%s], rule = %s)`, spoken(t.Entity), spoken(child.Name), v, quote(t.Key), quote(rule))
	}
}

// needs says whether a tool makes rows that must name what the column refers to.
func (t *table) needs(c scaler.Column) bool {
	for _, o := range t.ops {
		for _, b := range o.binds {
			if o.kind == scaler.Create && b.Role == roleRef && b.Table == c.Ref && b.p.Required {
				return true
			}
		}
	}
	return false
}

func (t *table) nestedIn(parent *table) bool {
	for _, p := range t.parents {
		if p == parent.Entity || words.Singular(p) == parent.Entity {
			return true
		}
	}
	return false
}

func contains(list []*table, t *table) bool {
	for _, x := range list {
		if x == t {
			return true
		}
	}
	return false
}

// deleted writes the answer of a delete.
func (w *writer) deleted(v string) string {
	if w.o.silent {
		return "{}"
	}
	if w.o.shape.loose() {
		w.line(1, "gone = %s[%s]", v, quote(w.t.Key))
		return fmt.Sprintf(`{"deleted": True, %s: gone}`, quote(w.t.Key))
	}
	w.line(1, "answer = %s", w.copied(w.answerRow(v), v))
	return "answer"
}

// copied makes sure that an answer outlives the row it is made of.
func (w *writer) copied(answer, v string) string {
	if answer == v {
		return w.use("merged") + "(" + v + ", None)"
	}
	return answer
}
