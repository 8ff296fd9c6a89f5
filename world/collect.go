package world

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// "Add a song to a playlist": where a tool's name says to what something is
// added, and an argument names the row, the row keeps a list of what was added.

// puttingOn and takingOff are the verbs of such tools.
var (
	puttingOn = wordSet("add put append insert assign enroll")
	takingOff = wordSet("remove delete take drop unassign")
)

// fromLink settles a tool that adds something to a list of a row, or takes it
// off: the row is what the words behind to or from name.
func (o *op) fromLink(l lexicon) bool {
	sign, prep, verb := "+", "to", first(o.words)
	if takingOff[verb] {
		sign, prep = "-", "from"
	} else if !puttingOn[verb] {
		return false
	}
	at := slices.Index(o.words, prep)
	if at < 1 || at+1 >= len(o.words) {
		return false
	}
	what, whose := singularNoun(strings.Join(o.words[1:at], "_")), singularNoun(strings.Join(o.words[at+1:], "_"))
	if !slices.ContainsFunc(o.params, func(p param) bool { return p.Required && strongID(p.Name) && idStem(p.Name) == whose }) || l[whose] < 1 || len(o.params) < 2 {
		return false
	}
	if what == "" {
		what = "item"
	}
	o.kind, o.noun, o.part, o.link = scaler.Relate, whose, what, sign
	o.note("its name says to what", spoken(what), "belongs")
	return true
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// keepLinks gives a table the lists that tools add to, with what they say of
// each entry.
func (t *table) keepLinks() {
	if t.declared || t.event {
		return
	}
	for _, sign := range []string{"+", "-"} { // what is added says more of an entry
		for _, o := range t.ops {
			if o.link == sign {
				o.nested = t.listFor(o)
			}
		}
	}
}

// tells says whether an argument tells which entries are taken off a list.
func (o *op) tells(b bind) bool { return o.link == "-" && strings.HasPrefix(b.Column, o.nested+".") }

// listFor returns the list that a tool adds to, making it where there is none.
func (t *table) listFor(o *op) string {
	name := pluralNoun(o.part)
	if t.listsOwn(name) && o.takes(name) {
		return name
	}
	props, required := pyjson.NewObject(4), []any{}
	for _, p := range o.params {
		if idStem(p.Name) == o.noun && strongID(p.Name) {
			continue
		}
		if said := p.Schema.Words; said != nil {
			props.Set(p.Name, said)
			if p.Required {
				required = append(required, p.Name)
			}
		}
	}
	entry := pyjson.Marshal(object("type", "object", "properties", props, "required", required))
	if c := t.find(name); c != nil {
		if c.Type == "array" && schema.Parse(c.Schema).IsObject() {
			return c.Name
		}
		name += "_added"
	}
	t.Columns = append(t.Columns, scaler.Column{Name: name, Type: "array", Schema: json.RawMessage(entry)})
	return name
}

// unlink writes a tool that takes entries off a list of its row: those of which
// every argument tells the same.
func (w *writer) unlink() {
	w.writes(w.t.Name)
	v := w.row()
	w.checkOwnState(v)
	var same []string
	for _, p := range w.o.params {
		if _, ok := schema.Parse(w.t.column(w.o.nested).Schema).Prop(p.Name); ok && p.Required {
			same = append(same, fmt.Sprintf("entry.get(%s) == %s", quote(p.Name), w.arg(p)))
		}
	}
	list, noun := v+"["+quote(w.o.nested)+"]", spoken(words.Singular(w.o.nested))
	w.line(1, "left = [entry for entry in %s if not (%s)]", list, strings.Join(same, " and "))
	w.line(1, "if len(left) == len(%s):", list)
	rule := w.rule(scaler.Rule{Kind: "exists", Table: w.t.Name, Text: fmt.Sprintf("Only %s that the %s has can be removed from it.", article(noun), spoken(w.t.Entity))}, w.o.nested)
	w.line(2, `refuse("not_found", "The %s %%s has no such %s." %% %s[%s], rule = %s)`, spoken(w.t.Entity), noun, v, quote(w.t.Key), quote(rule))
	w.line(1, "%s = left", list)
	w.touch(v)
	w.line(1, "return %s", w.answerRow(v))
}
