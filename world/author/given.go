package author

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// mostFound is how many findings about rows go back at once.
const mostFound = 12

// laid is seed data with the rows that a model gave in the place of those that
// were drawn for their tables. Where a given row is silent it keeps what was
// drawn, if built is the schema that built-in code knows and neither it nor the
// model says that there may be nothing; what referred to a drawn row refers to a given one. It lists what is
// wrong with the given rows.
func laid(drawn []scaler.Row, built, s scaler.Schema, given map[string][]json.RawMessage) ([]scaler.Row, []string) {
	if len(given) == 0 {
		return drawn, nil
	}
	l := &laying{built: built, schema: s, keys: map[string][]any{}, given: map[string][]*pyjson.Object{}, was: map[string]map[string]int{}}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, ok := s.Table(name); !ok {
			l.find("rows of the table %q, which is not there", contract.Short(name))
		}
	}
	for _, t := range s.Tables {
		l.read(t, given[t.Name])
	}
	there := map[string]map[string]bool{} // table -> the keys that a reference may name
	for _, r := range drawn {
		if len(l.keys[r.Table]) == 0 {
			put(there, r.Table, r.Key)
		}
	}
	for table, keys := range l.keys {
		for _, key := range keys {
			put(there, table, pyjson.Bare(key))
		}
	}
	for _, t := range s.Tables {
		l.refer(t, there)
	}
	if len(l.found) > 0 {
		return nil, l.found[:min(len(l.found), mostFound)]
	}
	return l.lay(drawn), nil
}

// A laying puts given rows in the place of drawn ones.
type laying struct {
	built  scaler.Schema
	schema scaler.Schema
	given  map[string][]*pyjson.Object
	keys   map[string][]any          // of given rows, in their order
	was    map[string]map[string]int // of drawn rows of tables with given ones: their places
	found  []string
}

func (l *laying) find(format string, args ...any) {
	l.found = append(l.found, fmt.Sprintf(format, args...))
}

// read takes the given rows of a table.
func (l *laying) read(t scaler.Table, rows []json.RawMessage) {
	taken := map[string]bool{}
	if len(rows) > mostSeed {
		l.find("%s has %d rows; at most %d are taken", t.Name, len(rows), mostSeed)
	}
	for i, raw := range rows {
		row, err := pyjson.ParseObject(raw)
		if err != nil {
			l.find("row %d of %s: %v", i+1, t.Name, err)
			continue
		}
		key, _ := row.Get(t.Key)
		switch text := pyjson.Bare(key); {
		case key == nil || text == "":
			l.find("row %d of %s has no %s, which is its key", i+1, t.Name, t.Key)
		case taken[text]:
			l.find("two rows of %s have the key %s", t.Name, contract.Short(text))
		default:
			taken[text] = true
		}
		for name, v := range row.All() {
			if c, ok := t.Column(name); !ok {
				l.find("row %d of %s has a field %s, which is no column of it", i+1, t.Name, contract.Short(name))
			} else if text := contract.Misplaced(c, v); text != "" {
				l.find("row %d of %s: its %s %s", i+1, t.Name, name, text)
			}
		}
		l.given[t.Name] = append(l.given[t.Name], row)
		l.keys[t.Name] = append(l.keys[t.Name], key)
	}
}

func put(sets map[string]map[string]bool, name, key string) {
	if sets[name] == nil {
		sets[name] = map[string]bool{}
	}
	sets[name][key] = true
}

// refer finds the references of a table's given rows that name no row there is.
func (l *laying) refer(t scaler.Table, there map[string]map[string]bool) {
	for _, c := range t.Columns {
		if c.Ref == "" {
			continue
		}
		advice := ""
		if len(l.keys[c.Ref]) == 0 {
			advice = fmt.Sprintf("; give the rows of %s too", c.Ref)
		}
		for i, row := range l.given[t.Name] {
			v, _ := row.Get(c.Name)
			for _, one := range referred(v) {
				if one != nil && !there[c.Ref][pyjson.Bare(one)] {
					l.find("row %d of %s: its %s %s names no row of %s%s", i+1, t.Name, c.Name, contract.Short(pyjson.Bare(one)), c.Ref, advice)
				}
			}
		}
	}
}

// admitting is a schema that allows the nulls its rows hold: a model may give one
// where built-in code always had a value.
func admitting(s scaler.Schema, rows []scaler.Row) scaler.Schema {
	null := map[string]bool{}
	for _, r := range rows {
		row, err := pyjson.ParseObject(r.Value)
		if err != nil {
			continue // unreachable: lay wrote it
		}
		for name, v := range row.All() {
			null[r.Table+"."+name] = null[r.Table+"."+name] || v == nil
		}
	}
	out := scaler.Schema{Tables: slices.Clone(s.Tables)}
	for i, t := range out.Tables {
		out.Tables[i].Columns = slices.Clone(t.Columns)
		for j, c := range t.Columns {
			out.Tables[i].Columns[j].Nullable = c.Nullable || null[t.Name+"."+c.Name]
		}
	}
	return out
}

// referred are the values of a reference: one, or those of a list.
func referred(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}

// lay puts the rows together: the given ones where the first drawn row of their
// table stood, and the rest with their references moved.
func (l *laying) lay(drawn []scaler.Row) []scaler.Row {
	of := map[string][]*pyjson.Object{}
	for _, r := range drawn {
		row, err := pyjson.ParseObject(r.Value)
		if err != nil {
			continue // unreachable: the seeder wrote it
		}
		if len(l.given[r.Table]) > 0 {
			if l.was[r.Table] == nil {
				l.was[r.Table] = map[string]int{}
			}
			l.was[r.Table][r.Key] = len(of[r.Table])
		}
		of[r.Table] = append(of[r.Table], row)
	}
	var out []scaler.Row
	for _, t := range l.schema.Tables {
		given, taken := l.given[t.Name], map[string]bool{}
		for i := range max(len(given), len(of[t.Name])) {
			if len(given) > 0 && i >= len(given) {
				break
			}
			row := pyjson.NewObject(len(t.Columns))
			if len(of[t.Name]) > 0 {
				l.moved(t, of[t.Name][i%len(of[t.Name])], row)
			}
			if len(given) > 0 {
				l.overlay(t, given[i], row)
			}
			value, _ := row.Get(t.Key)
			if key := pyjson.Bare(value); !taken[key] { // a key that is a reference may have come to another's
				taken[key] = true
				out = append(out, scaler.Row{Table: t.Name, Key: key, Value: pyjson.Marshal(row)})
			}
		}
	}
	return out
}

// drawn says whether a column keeps what was drawn where a given row is silent.
func (l *laying) drawn(table string, c scaler.Column) bool {
	t, _ := l.built.Table(table)
	_, ok := t.Column(c.Name)
	return ok && !c.Nullable
}

// overlay puts a given row over a drawn one.
func (l *laying) overlay(t scaler.Table, given, row *pyjson.Object) {
	for _, c := range t.Columns {
		if v, ok := given.Get(c.Name); ok {
			row.Set(c.Name, v)
		} else if !l.drawn(t.Name, c) {
			row.Set(c.Name, nil)
		}
	}
}

// moved copies a drawn row, what refers to a table of given rows to one of them.
func (l *laying) moved(t scaler.Table, from, to *pyjson.Object) {
	for name, v := range from.All() {
		c, _ := t.Column(name)
		keys := l.keys[c.Ref]
		if len(keys) == 0 {
			to.Set(name, v)
			continue
		}
		next := func(old any) any {
			if old == nil {
				return nil
			}
			return keys[l.was[c.Ref][pyjson.Bare(old)]%len(keys)]
		}
		if list, ok := v.([]any); ok {
			list = slices.Clone(list) // from may stand in for several given rows
			for i := range list {
				list[i] = next(list[i])
			}
			v = list
		} else {
			v = next(v)
		}
		to.Set(name, v)
	}
}
