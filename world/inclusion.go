package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// "Get the details of a customer, including their orders": the orders name their
// customer, and the customer lists the orders. An inclusion is such a pair of
// columns, which creates and deletes keep in step.
type inclusion struct {
	of   *table // whose rows are listed
	list string // the column that lists them
	back string // the column of the listed rows that names the owner
}

// include finds what the details of a table's rows include, where no schema
// says what they hold.
func (a *atlas) include() {
	for _, t := range a.tables {
		if t.declared || t.event || t.alone {
			continue
		}
		for _, o := range t.ops {
			if !describes(o.kind) || o.result.Type() != "" {
				continue
			}
			for _, name := range included(o.tool.Description) {
				if of := a.byName[name]; of != nil && of != t && !of.kept && !of.declared && !of.alone && !t.includes(of) {
					t.inclusion(a, of)
					o.note("its description says that it includes", of.Name)
				}
			}
		}
	}
}

func (t *table) includes(of *table) bool {
	return slices.ContainsFunc(t.lists, func(i inclusion) bool { return i.of == of })
}

func (t *table) inclusion(a *atlas, of *table) {
	back := a.foreignKey(of, t, param{})
	key := of.column(of.Key)
	column := scaler.Column{Name: of.Name, Type: "array", Ref: of.Name, Semantic: "id", Unordered: true}
	column.Schema = schema.OfType(key.Type)
	if t.find(column.Name) != nil {
		return
	}
	t.Columns = append(t.Columns, column)
	t.lists = append(t.lists, inclusion{of, column.Name, back})
	for _, o := range t.ops {
		for _, p := range o.params {
			if snake(p.Name) == column.Name && (o.kind == scaler.Create || o.link == "+") && p.Schema.Items().IsObject() {
				of.within = true
				of.lend(p.Schema.Items())
			}
		}
	}
}

// bindEnclosed binds the rows that a row is made with, or that are added to it, where
// its table lists them: each is a row of their own table.
func (o *op) bindEnclosed(b *bind) bool {
	if o.kind != scaler.Create && o.link != "+" || !b.p.Schema.Items().IsObject() {
		return false
	}
	for _, i := range o.table.lists {
		if i.list == snake(b.p.Name) {
			b.Role = roleInput
			o.stores = append(o.stores, stored{join{[]string{i.list}, i.of, i.back}, b.p})
			o.note("each of the", b.p.Name, "is a row of", i.of.Name)
			return true
		}
	}
	return false
}

// listsOwn says whether a column lists the keys of rows that the table includes.
func (t *table) listsOwn(column string) bool {
	return slices.ContainsFunc(t.lists, func(i inclusion) bool { return i.list == column })
}

// included returns the entities of "including their orders and invoices".
func included(text string) []string {
	var out []string
	for _, s := range english.Sentences(text) {
		for i, w := range s {
			if w != "including" && w != "includes" && w != "with" || i+2 >= len(s) || s[i+1] != "their" && s[i+1] != "its" && s[i+1] != "all" && s[i+1] != "the" {
				continue
			}
			for _, next := range s[i+2:] {
				if one := words.Singular(next); one != next {
					out = append(out, one)
				}
			}
		}
	}
	return out
}

// enlist writes the entry of a new row in the lists that include it.
func (w *writer) enlist(v string) {
	for _, t := range w.a.tables {
		for _, i := range t.lists {
			if i.of != w.t {
				continue
			}
			w.writes(t.Name)
			owner := variable(t.Entity)
			if !strings.Contains(w.b.String(), "    "+owner+" = ") {
				w.line(1, "%s = db.%s.get(%s[%s])", owner, t.Name, v, quote(i.back))
			}
			w.line(1, "%s[%s] = %s[%s] + [%s[%s]]", owner, quote(i.list), owner, quote(i.list), v, quote(w.t.Key))
		}
	}
}
