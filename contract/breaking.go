package contract

import (
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/draw"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
)

// nameless gives each argument that points at the rule's table an id that no
// row has.
func (p *probe) nameless(r scaler.Rule, t trial) []attempt {
	var out []attempt
	if len(p.pointers(r.Table)) == 0 {
		return p.withChild(r, t) // what must not exist are rows that refer to it
	}
	for _, b := range p.pointers(r.Table) {
		like, ok := p.named(r.Table, b.Param, t)
		for n := 0; ok && n < 6; n++ {
			v, id := strange(like, n)
			if _, taken := t.from.Row(r.Table, id); taken {
				continue
			}
			for _, v := range []any{v, id} {
				if args, ok := replaced(t.Args, b.Param, v); ok {
					out = append(out, attempt{from: t.from.Fork(), args: args, what: fmt.Sprintf("%s names %s, which does not exist", b.Param, id)})
				}
			}
		}
	}
	return out
}

// named is the key of a row that a parameter can name: that of the call, which has
// the form that the parameter wants, or else of the first row.
func (p *probe) named(table, param string, t trial) (any, bool) {
	if args, err := pyjson.ParseObject([]byte(t.Args)); err == nil {
		v, _ := args.Get(param)
		if _, there := t.from.Row(table, pyjson.Bare(v)); there && v != nil {
			return v, true
		}
	}
	of, _ := p.world.Schema.Table(table)
	for key, row := range t.from.Rows(table) {
		if like, _ := row.Get(of.Key); like != nil {
			return like, true
		}
		return key, true
	}
	return nil, false
}

// pointers are the binds by which a call names rows of a table.
func (p *probe) pointers(table string) []scaler.Bind {
	var out []scaler.Bind
	for _, b := range p.Tool.Binds {
		if to, ok := p.pointsTo(b); ok && to == table {
			out = append(out, b)
		}
	}
	return out
}

// pointsTo returns the table whose row a bind names: its own, or for a column
// that refers to another table, that one.
func (p *probe) pointsTo(b scaler.Bind) (string, bool) {
	t, ok := p.world.Schema.Table(b.Table)
	if !ok {
		return "", false
	}
	if c, ok := t.Column(b.Column); ok && c.Ref != "" && b.Column != t.Key && (b.Role == "set" || b.Role == "ref") {
		return c.Ref, true
	}
	return b.Table, b.Role == "key" || b.Role == "ref" || b.Column == t.Key
}

// repeated gives the arguments bound to the rule's column a value that a row has.
func (p *probe) repeated(r scaler.Rule, t trial) []attempt {
	var out []attempt
	for _, b := range p.Tool.Binds {
		if b.Table != r.Table || b.Column != r.Column {
			continue
		}
		n := 0
		for key, row := range t.from.Rows(r.Table) {
			v, ok := row.Get(r.Column)
			args, fits := replaced(t.Args, b.Param, v)
			if !ok || v == nil || !fits || args == t.Args {
				continue
			}
			out = append(out, attempt{from: t.from.Fork(), args: args, what: fmt.Sprintf("%s is that of %s", b.Param, key)})
			if n++; n == 4 {
				break
			}
		}
	}
	return out
}

// wrongStates puts the rows that a call is about in each state that the rule
// bars; for a rule that bars rows with others under them, it puts one there.
func (p *probe) wrongStates(r scaler.Rule, t trial) []attempt {
	if len(r.Allowed) == 0 {
		return p.withChild(r, t)
	}
	return p.inStates(r, t, false)
}

// rightStates puts them in each state that it allows.
func (p *probe) rightStates(r scaler.Rule, t trial) []attempt {
	if len(r.Allowed) == 0 {
		return nil
	}
	return p.inStates(r, t, true)
}

func (p *probe) inStates(r scaler.Rule, t trial, allowed bool) []attempt {
	table, _ := p.world.Schema.Table(r.Table)
	c, ok := table.Column(r.Column)
	if !ok {
		return nil
	}
	var out []attempt
	for _, e := range c.Enum {
		v, _ := pyjson.Parse(e)
		state, _ := v.(string)
		if slices.Contains(r.Allowed, state) != allowed {
			continue
		}
		out = append(out, p.bending(r, t, func(any) any { return state }, fmt.Sprintf("%s of the %s is %s", r.Column, table.Entity, state))...)
	}
	return out
}

// spent empties the number that a call draws on; plenty fills it.
func (p *probe) spent(r scaler.Rule, t trial) []attempt { return p.holding(r, t, -1) }

func (p *probe) plenty(r scaler.Rule, t trial) []attempt { return p.holding(r, t, aLot) }

// extremes does both: whether much or little breaks the rule depends on what
// is counted.
func (p *probe) extremes(r scaler.Rule, t trial) []attempt {
	return append(p.spent(r, t), p.plenty(r, t)...)
}

const aLot = 1_000_000_000

func (p *probe) holding(r scaler.Rule, t trial, number int64) []attempt {
	return p.bending(r, t, func(old any) any { return renumbered(old, number) }, fmt.Sprintf("%s is %d", r.Column, number))
}

// bending is an attempt with the rule's column changed, where that can be.
func (p *probe) bending(r scaler.Rule, t trial, change func(old any) any, what string) []attempt {
	s := p.bent(t, r, change)
	if s == nil {
		return nil
	}
	return []attempt{{from: s, args: t.Args, what: what, wide: func() *sandbox.Session { return p.bent(trial{from: t.from}, r, change) }}}
}

// renumbered is a value with another number for its numbers.
func renumbered(old any, number int64) any {
	switch x := old.(type) {
	case *pyjson.Object:
		o := pyjson.NewObject(x.Len())
		for name, v := range x.All() {
			o.Set(name, renumbered(v, number))
		}
		return o
	case string, bool, []any:
		return old
	}
	return number
}

// bent returns the trial's state with a value in the rule's column of the rows
// that the call names, or of all rows where it names none.
func (p *probe) bent(t trial, r scaler.Rule, change func(old any) any) *sandbox.Session {
	named := map[string]bool{}
	for _, a := range draw.Leaves(t.args) {
		if a.Table == r.Table {
			named[a.Key] = true
		}
	}
	var patch []scaler.Change
	for key, row := range t.from.Rows(r.Table) {
		old, ok := row.Get(r.Column)
		if !ok || len(named) > 0 && !named[key] {
			continue
		}
		patch = append(patch, scaler.Change{Table: r.Table, Key: key, Op: "update",
			Fields: []scaler.FieldChange{{Field: r.Column, Old: pyjson.Marshal(old), New: pyjson.Marshal(change(old))}}})
	}
	s := t.from.Fork()
	if len(patch) == 0 || s.Apply(patch) != nil {
		return nil
	}
	return s
}

// withChild makes the rows of the rule's table refer to the row that the call
// is about.
func (p *probe) withChild(r scaler.Rule, t trial) []attempt {
	var out []attempt
	table, _ := p.world.Schema.Table(r.Table)
	for _, c := range table.Columns {
		for _, a := range draw.Leaves(t.args) {
			parent, found := t.from.Row(c.Ref, a.Key)
			if c.Ref == "" || a.Table != c.Ref || !found {
				continue
			}
			home, _ := p.world.Schema.Table(c.Ref)
			key, _ := parent.Get(home.Key)
			if c.Type == "array" {
				key = []any{key}
			}
			all := scaler.Rule{Table: r.Table, Column: c.Name}
			if s := p.bent(trial{from: t.from}, all, func(any) any { return key }); s != nil {
				out = append(out, attempt{from: s, args: t.Args, what: fmt.Sprintf("%s refer to it by %s", table.Name, c.Name)})
			}
		}
	}
	return out
}

// replaced returns arguments with another value at a dotted path; of a list,
// in its first item.
func replaced(args, path string, value any) (string, bool) {
	v, err := pyjson.Parse([]byte(args))
	if err != nil {
		return "", false
	}
	steps := strings.Split(strings.ReplaceAll(path, "[]", ""), ".")
	if !replaceAt(v, steps, value) {
		return "", false
	}
	return string(pyjson.Marshal(v)), true
}

func replaceAt(v any, steps []string, value any) bool {
	switch x := v.(type) {
	case []any:
		return len(x) > 0 && replaceAt(x[0], steps, value)
	case *pyjson.Object:
		old, ok := x.Get(steps[0])
		if list, isList := old.([]any); isList && len(steps) == 1 && len(list) > 0 {
			list[0] = value
			return true
		}
		if len(steps) == 1 {
			x.Set(steps[0], value)
			return true
		}
		return ok && replaceAt(old, steps[1:], value)
	}
	return false
}
