package task

import (
	"slices"
	"strings"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/draw"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A draft is a goal's call before anybody knows how its values come to be known.
type draft struct {
	tool   *tool
	args   *pyjson.Object
	leaves []argument
	target row // the row the call is about; zero for a new one
}

// An argument is one leaf of a draft: a parameter at its place in the arguments.
type argument struct {
	param
	value any
	row   row    // the row it names, where it is a key
	like  row    // the row named beside it whose column it repeats
	of    string // that column
}

// draft draws arguments for a tool, about the target where the tool takes rows
// of its table.
func (w *walk) draft(t *tool, target row) (draft, bool) {
	now, _ := time.Parse(time.RFC3339, w.horizon.view.world.Now)
	options := draw.Options{
		Schema: w.horizon.view.world.Schema, Now: now, Optional: 1,
		Want: func(table, key string, _ *pyjson.Object) bool {
			return target == (row{}) || table != target.table || key == target.key
		},
	}
	wanted := w.wanted(t)
	d, ok := w.draw(t, options, wanted)
	if !ok {
		return draft{}, false
	}
	inOrder(d)
	if want := w.together(d, options.Want); want != nil {
		options.Want = want
		if again, ok := w.draw(t, options, wanted); ok {
			d = again
			inOrder(d)
		}
	}
	for _, a := range d.leaves {
		if a.row != (row{}) && d.target == (row{}) && (a.bind.Role == "key" || a.row.table == t.Table) {
			d.target = a.row
		}
	}
	return d, len(d.leaves) > 0 || t.Effect == scaler.Read
}

// draw draws a draft's arguments: those that are required, and the wanted ones.
func (w *walk) draw(t *tool, options draw.Options, wanted map[string]bool) (draft, bool) {
	args, ok := t.drawer.Arguments(w.rng, w.session, options)
	if !ok {
		return draft{}, false
	}
	d := draft{tool: t, args: pyjson.NewObject(len(args))}
	for _, a := range args {
		if !t.must(a.Name) && !wanted[a.Name] {
			continue
		}
		value := t.prune(a.Name, pyjson.Clone(a.Value))
		if o, ok := value.(*pyjson.Object); ok && o.Len() == 0 && !t.must(a.Name) {
			continue
		}
		d.args.Set(a.Name, value)
	}
	for _, n := range nodes(d.args) {
		if text, ok := n.value.(string); ok && strings.Trim(text, " .") != text {
			n.value = strings.Trim(text, " .") // where a sentence ends cannot be heard
			put(d.args, n.path, n.value)
		}
		if n.value == "" {
			return d, false // nobody says nothing
		}
		a := w.argument(t, n)
		if to, ok := w.horizon.view.points(a.bind); ok && a.row == (row{}) && a.bind.Role == "ref" && scalar(n.value) {
			if a, ok = w.real(a, to, d.args); !ok {
				return d, false
			}
		}
		d.leaves = append(d.leaves, a)
	}
	w.echo(d)
	return d, true
}

// real lets a made-up key inside an argument name a row that exists.
func (w *walk) real(a argument, to scaler.Table, args *pyjson.Object) (argument, bool) {
	r, ok := w.anyRow(to.Name)
	if !ok {
		return a, false
	}
	values, _ := w.session.Row(r.table, r.key)
	key, _ := values.Get(to.Key)
	if a.value, ok = fit(key, a.param); ok {
		a.row = r
		put(args, a.path, a.value)
	}
	return a, ok
}

// prune drops what people would not spell out: all items of a list but the
// first, and of an object what it need not have, but for a detail or two.
func (t *tool) prune(path string, v any) any {
	switch v := v.(type) {
	case []any:
		if len(v) == 0 {
			return v
		}
		if _, forms := v[0].(*pyjson.Object); !forms {
			return v
		}
		t.prune(path, v[0])
		return v[:1]
	case *pyjson.Object:
		spare := 2
		if slices.ContainsFunc(v.Keys(), func(name string) bool { return t.musts[path+"."+name] }) {
			spare = 0
		}
		for _, name := range v.Keys() {
			field, _ := v.Get(name)
			if must := t.musts[path+"."+name]; must || spare > 0 && scalar(field) {
				v.Set(name, t.prune(path+"."+name, field))
				if !must {
					spare--
				}
				continue
			}
			v.Delete(name)
		}
	}
	return v
}

func (w *walk) argument(t *tool, n node) argument {
	p, _ := t.param(n.path)
	p.path = n.path
	a := argument{param: p, value: n.value}
	to, ok := w.horizon.view.points(p.bind)
	if ok && scalar(n.value) && !(p.bind.Role == "set" && p.bind.Column == to.Key && p.bind.Table == to.Name) {
		if _, exists := w.session.Row(to.Name, plain(n.value)); exists {
			a.row = row{to.Name, plain(n.value)}
		}
	}
	return a
}

// must says whether a top-level argument has to be given.
func (t *tool) must(name string) bool {
	for _, p := range t.params {
		if top(p.path) == name && p.needed {
			return true
		}
	}
	return false
}

func top(path string) string {
	if i := strings.IndexAny(path, ".["); i >= 0 {
		return path[:i]
	}
	return path
}

// wanted chooses optional arguments: something to change for an update that
// demands nothing, a filter or two for a list, now and then a detail.
func (w *walk) wanted(t *tool) map[string]bool {
	var can []string
	sets := 0
	for _, p := range t.params {
		switch {
		case p.needed && p.bind.Role == "set":
			sets++
		case p.needed, control(p.bind.Role):
		case p.bind.Role == "set", p.bind.Role == "filter", p.bind.Role == "ref":
			can = append(can, top(p.path))
		}
	}
	shuffle(w.rng, can)
	n := 0
	switch {
	case t.Kind == scaler.Update && sets == 0:
		n = 1 + w.rng.IntN(2)
	case t.Kind == scaler.List || t.Kind == scaler.Aggregate:
		n = w.rng.IntN(3)
	case t.Kind == scaler.Create:
		n = w.rng.IntN(3)
	case w.rng.IntN(3) == 0:
		n = 1
	}
	chosen := map[string]bool{}
	for _, path := range can[:min(n, len(can))] {
		chosen[path] = true
	}
	return chosen
}

func (w *walk) anyRow(table string) (row, bool) {
	n := w.session.Len(table)
	if n == 0 {
		return row{}, false
	}
	skip := w.rng.IntN(n)
	for key := range w.session.Rows(table) {
		if skip == 0 {
			return row{table, key}, true
		}
		skip--
	}
	return row{}, false
}
