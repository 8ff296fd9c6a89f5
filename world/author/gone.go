package author

import (
	"context"
	"regexp"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
)

// goneOf are the tables and columns that a model wants out of a schema. What it
// declares itself stays, and so do keys: a table is not shown without.
func goneOf(names []string, said, s scaler.Schema) map[string]bool {
	out := map[string]bool{}
	for _, name := range names {
		table, column, _ := strings.Cut(name, ".")
		t, declared := said.Table(table)
		_, named := t.Column(column)
		home, _ := s.Table(table)
		if key := column != "" && column == home.Key; !key && !named && !(declared && column == "") {
			out[name] = true
		}
	}
	return out
}

// reduced is a schema less what is gone.
func reduced(s scaler.Schema, gone map[string]bool) scaler.Schema {
	var out scaler.Schema
	for _, t := range s.Tables {
		if gone[t.Name] {
			continue
		}
		t.Columns = slices.DeleteFunc(slices.Clone(t.Columns), func(c scaler.Column) bool { return gone[t.Name+"."+c.Name] })
		if t.Status != nil && gone[t.Name+"."+t.Status.Column] {
			t.Status = nil
		}
		out.Tables = append(out.Tables, t)
	}
	return out
}

// pruned is a world less the tables that nothing came to use and the columns that
// the model wants gone, as far as no code that stayed needs them. It is the world
// as it was where the contract would not hold without them.
func (k *desk) pruned(ctx context.Context, w *scaler.World) *scaler.World {
	out := *w
	shed(&out, k.idle(w))
	check, err := contract.Check(ctx, &out, strict)
	if err != nil || contract.Trouble(check) != "" || len(contract.Flaws(&out)) > len(contract.Flaws(w)) {
		return w
	}
	out.Check = check
	return &out
}

// shed takes tables and columns out of a world.
func shed(w *scaler.World, idle map[string]bool) {
	rows := w.Rows
	w.Schema, w.Rows = reduced(w.Schema, idle), nil
	for _, r := range rows {
		if !idle[r.Table] {
			w.Rows = append(w.Rows, lessened(r, idle))
		}
	}
}

// shedUnseen takes the tables out of a world that no code of it uses, and the
// references that the model wants gone: it is not told of rows that it cannot see, nor
// that they point at one that its code deletes.
func (k *desk) shedUnseen(w *scaler.World) {
	idle := k.idle(w)
	for name := range idle {
		table, column, _ := strings.Cut(name, ".")
		t, _ := w.Schema.Table(table)
		if c, _ := t.Column(column); column != "" && c.Ref == "" {
			delete(idle, name)
		}
	}
	shed(w, idle)
}

// idle names the tables and columns that can go.
func (k *desk) idle(w *scaler.World) map[string]bool {
	used := k.inUse(w)
	out := map[string]bool{}
	for _, t := range w.Schema.Tables {
		if !used[t.Name] {
			out[t.Name] = true
		}
		for _, c := range t.Columns {
			if k.goes(t, c, used) {
				out[t.Name+"."+c.Name] = true
			}
		}
	}
	return out
}

// goes says whether a column can go: the model wants it gone, and no code that
// stayed needs it.
func (k *desk) goes(t scaler.Table, c scaler.Column, used map[string]bool) bool {
	name := t.Name + "." + c.Name
	return k.gone[name] && c.Name != t.Key && !used[name] && !used[quoted(c.Name)]
}

// inUse are the tables, the columns ("table.column") and the texts between
// quotes that a world's code, tools and rules name, with the tables that those
// refer to. The model was not shown what is gone, so that only built-in code may
// mean such a column.
func (k *desk) inUse(w *scaler.World) map[string]bool {
	used := map[string]bool{}
	use := func(table, column string) {
		object, _, _ := strings.Cut(column, ".") // which a dotted name reaches into
		used[table], used[table+"."+column], used[table+"."+object] = true, true, true
	}
	for _, match := range opened.FindAllStringSubmatch(w.Code, -1) {
		used[match[1]+match[2]] = true
	}
	if dynamic.MatchString(w.Code) {
		for _, name := range identifiers.FindAllString(w.Code, -1) {
			used[name] = true
		}
	}
	for _, text := range literals.FindAllString(builtIn(w), -1) {
		used[text] = true
	}
	for _, t := range w.Tools {
		for _, name := range append(slices.Clone(t.Writes), t.Table) {
			used[name] = true
		}
		for _, b := range t.Binds {
			use(b.Table, b.Column)
		}
	}
	for _, r := range w.Rules {
		use(r.Table, r.Column)
	}
	for more := true; more; {
		more = false
		for _, t := range w.Schema.Tables {
			for _, c := range t.Columns {
				if used[t.Name] && c.Ref != "" && !used[c.Ref] && !k.goes(t, c, used) {
					used[c.Ref], more = true, true
				}
			}
		}
	}
	return used
}

// opened is how code names a table, and dynamic how it may mean any whose name
// stands somewhere in it.
var (
	opened  = regexp.MustCompile(`\bdb\.(\w+)|\bdb\["(\w+)"\]`)
	dynamic = regexp.MustCompile(`\bdb\[[^"]|\bgetattr\(db\b|\bdir\(db\b`)
)

// builtIn is the code of a world that no model wrote, without its arguments.
func builtIn(w *scaler.World) string {
	code := programOf(w.Code)
	for _, t := range w.Tools {
		if t.By != "" {
			code.put(sandbox.Function(t.Name), "")
		}
	}
	var kept []scaler.WorldTool
	for _, t := range w.Tools {
		if t.By == "" {
			kept = append(kept, t)
		}
	}
	return arguments.ReplaceAllString(code.String(kept), "")
}

var arguments = regexp.MustCompile(`args(\.get)?[\[(]"\w+"|"\w+" (not )?in args`)

var literals = regexp.MustCompile(`"[A-Za-z_][A-Za-z0-9_]*"`)

func quoted(name string) string { return `"` + name + `"` }

// lessened is a row without the columns that are gone.
func lessened(r scaler.Row, gone map[string]bool) scaler.Row {
	row, err := pyjson.ParseObject(r.Value)
	if err != nil {
		return r
	}
	out, less := pyjson.NewObject(row.Len()), false
	for name, v := range row.All() {
		if gone[r.Table+"."+name] {
			less = true
			continue
		}
		out.Set(name, v)
	}
	if less {
		r.Value = pyjson.Marshal(out)
	}
	return r
}
