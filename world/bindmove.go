package world

import (
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// What is moved, renamed or copied is told where it is and where it is to be:
// move_file(source, destination), rename_sheet(old_name, new_name). Both say the same
// of a row, before and after.

// movers are the verbs of such tools, whence and whither the words with which their
// arguments begin.
var (
	movers  = wordSet("move rename copy clone duplicate relocate")
	whence  = wordSet("source src from old current original origin existing")
	whither = wordSet("destination dest dst target to new")
)

// A relocation is such a pair of arguments, and the column that both speak of.
type relocation struct {
	from, to param
	column   string
}

// relocates finds the pair of a tool that moves or copies a row of its table.
func (o *op) relocates() *relocation {
	if !movers[o.verb] || o.kind != scaler.Update && o.kind != scaler.Create || o.restful() || o.table.declared || o.table.alone {
		return nil
	}
	for _, from := range o.params {
		rest, ok := o.placed(from, whence)
		if !ok {
			continue
		}
		for _, to := range o.params {
			if same, ok := o.placed(to, whither); !ok || same != rest {
				continue
			}
			if column := o.placeColumn(rest, from); column != "" {
				return &relocation{from, to, column}
			}
		}
	}
	return nil
}

// placed returns what of a row a required argument places: name of old_name, nothing
// of source.
func (o *op) placed(p param, where map[string]bool) (rest string, ok bool) {
	w := words.Split(p.Name)
	if !p.Required || p.Schema.Type() != "string" || len(w) == 0 || !where[w[0]] || strongID(p.Name) {
		return "", false
	}
	return strings.Join(w[1:], "_"), true
}

// placeColumn is the column that both speak of: the one that their names say, else
// the one by which others find a row.
func (o *op) placeColumn(rest string, from param) string {
	if rest != "" {
		from.Name = rest
		return o.notKey(from)
	}
	for _, other := range o.table.ops {
		if !describes(other.kind) && other.kind != scaler.Delete {
			continue
		}
		for _, p := range other.params {
			if p.Required && p.Schema.Type() == "string" && placing[lastWord(snake(p.Name))] {
				return o.notKey(p)
			}
		}
	}
	return ""
}

// placing are the last words of arguments that say where a thing is or how it is
// called.
var placing = wordSet("path name uri file filename filepath title location")

// notKey is the column of an argument; none if it is the key, which does not change.
func (o *op) notKey(p param) string {
	if c := o.table.columnFor(p); c != o.table.Key {
		return c
	}
	return ""
}

// bindMove binds the arguments of such a pair.
func (o *op) bindMove(b *bind) bool {
	m := o.moved
	switch {
	case m == nil:
		return false
	case b.p.path() == m.from.path():
		b.Role, b.Column = roleFilter, m.column
		o.note("the row is found by the", m.column, "that", m.from.Name, "says")
	case b.p.path() == m.to.path():
		b.Role, b.Column = roleSet, m.column
	default:
		return false
	}
	return true
}

// copyRow writes the finding of the row that a new one is a copy of, and that the new
// row has of it whatever is not given.
func (w *writer) copyRow(given map[string]bind) {
	if w.o.moved == nil {
		return
	}
	w.findOne("original", w.filters())
	for _, c := range w.t.Columns {
		if _, ok := given[c.Name]; !ok && c.Name != w.t.Key && !c.Unique && !isDate(c) {
			w.makes(c.Name, "original["+quote(c.Name)+"]")
		}
	}
}
