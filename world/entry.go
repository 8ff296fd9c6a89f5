package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// The records of a zone, the tags of a volume, the fields of a contract: no tool
// shows them alone, they stand in a list of another row. What adds, changes or
// removes one changes that list.

// An entry is what such a tool does to the list.
type entry struct {
	how   string            // "+" adds, "-" removes, "=" changes
	noun  string            // what one of the list is
	list  []string          // where the list stands: a column, then properties of objects in it
	item  schema.View       // what the list holds
	owner string            // the argument that names the row
	of    map[string]string // arguments, dotted, and the property of an entry that each gives; "" is a plain entry itself
	many  string            // the argument that lists entries; empty where one is given
}

// entries finds the tools whose things no tool reads, but that stand in a list
// of a row that some tool shows.
func (dr *draft) entries() {
	for _, o := range dr.ops {
		if !writes(o.kind) || o.tool.Effect == scaler.Read {
			continue
		}
		noun := o.noun
		if o.link != "" && o.table != nil && o.table.declared {
			noun = o.part
		} else if o.table != nil && o.table.isRead() {
			continue
		}
		how := o.howEntries()
		if noun == "" || how == "" {
			continue
		}
		for _, t := range dr.atlas.tables {
			if e := o.entryIn(t, noun, how); e != nil {
				o.enter(t, e)
				break
			}
		}
	}
	dr.atlas.tables = slices.DeleteFunc(dr.atlas.tables, func(t *table) bool {
		left := !t.event && !t.kept && len(t.ops) == 0
		if left {
			delete(dr.atlas.byName, t.Entity)
		}
		return left
	})
}

// parting are the verbs that take something off what it belongs to.
var parting = wordSet("remove delete disassociate detach unlink unassign untag unsubscribe deregister drop leave uninvite clear")

// joining are the verbs that put something to what it belongs to, besides those
// that create.
var joining = wordSet("associate attach link assign tag subscribe register join invite grant add put insert append")

// howEntries says what the tool does to entries of a list; empty where its words
// do not say.
func (o *op) howEntries() string {
	verb := o.verb
	if parting[first(o.words)] || joining[first(o.words)] {
		verb = first(o.words)
	}
	switch {
	case o.kind == scaler.Delete, parting[verb]:
		return "-"
	case o.kind == scaler.Create, joining[verb] && o.kind != scaler.Update, joining[verb] && o.tool.Method == "POST":
		return "+"
	case o.kind == scaler.Update:
		return "="
	}
	return ""
}

// entryIn returns what the tool does to a list of the table's rows that is called
// after the noun; nil where there is no such list, or the arguments do not say
// which row or which entry.
func (o *op) entryIn(t *table, noun, how string) *entry {
	if t == o.table && o.link == "" || t.event || t.kept || !t.isRead() {
		return nil
	}
	owner, ok := o.namesRow(t)
	if !ok && !t.alone {
		return nil
	}
	for _, l := range t.listsOf(noun) {
		e := &entry{how: how, noun: noun, list: l.path, item: l.item, owner: owner}
		if o.tellEntry(t, e) {
			return e
		}
	}
	return nil
}

// namesRow returns the argument that names a row of the table: one of the path
// behind the table's noun, or one that is called after it.
func (o *op) namesRow(t *table) (string, bool) {
	for _, l := range o.path {
		if n := len(l.params); n > 0 && l.noun == t.Entity && o.noun != t.Entity {
			return l.params[n-1], true
		}
	}
	for _, p := range o.params {
		if !p.Schema.IsScalar() || p.Wrap != "" || !p.Required && p.In != "path" {
			continue
		}
		n := snake(p.Name)
		called := strings.HasPrefix(n, t.Entity+"_") && slices.Contains(keyNames, plainName(t.Entity, n)) && t.match(p) != nil
		if idStem(p.Name) == t.Entity || n == t.Entity || called {
			return p.Name, true
		}
	}
	return "", false
}

// A shelf is where a list stands in a row.
type shelf struct {
	path []string
	item schema.View
}

// listsOf returns the lists of a row that are called after the noun, in its
// columns and in the objects in them.
func (t *table) listsOf(noun string) []shelf {
	var out []shelf
	var look func(path []string, p schema.Prop, item schema.View)
	look = func(path []string, p schema.Prop, item schema.View) {
		path = append(slices.Clone(path), p.Name)
		switch {
		case p.Schema.Type() == "array" && (sameNoun(p.Name, noun) || singularNoun(p.Name) == t.Entity+"_"+noun):
			out = append(out, shelf{path, item})
		case p.Schema.Type() == "object" && len(path) < 2:
			for _, inner := range p.Schema.Props() {
				look(path, inner, inner.Schema.Items())
			}
		}
	}
	for _, c := range t.Columns {
		s := schema.Parse(c.Schema)
		if c.Type == "array" {
			look(nil, schema.Prop{Name: c.Name, Schema: schema.Parse(schema.OfType("array"))}, s)
		} else if c.Type == "object" {
			look(nil, schema.Prop{Name: c.Name, Schema: s}, schema.View{})
		}
	}
	return out
}

// sameNoun says whether a list of that name is of what the noun means: entries,
// and domain_entries, of a domain entry.
func sameNoun(list, noun string) bool {
	one := words.Singular(contained(snake(list)))
	return one == noun || one == words.Singular(noun) || strings.HasSuffix(noun, "_"+one)
}
