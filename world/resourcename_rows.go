package world

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/seed"
)

// rename gives rows the names that follow from what they lie under, and those
// that refer to them the new names.
func (dr *draft) rename(rows []scaler.Row) []scaler.Row {
	out := slices.Clone(rows)
	var made []string
	for _, t := range dr.atlas.ordered() {
		if len(t.naming.forms) > 0 {
			var names []string
			out, names = dr.renameTable(t, out, made)
			made = append(made, names...)
		}
	}
	return out
}

// renameTable renames the rows of one table and returns their names. Tables stand
// in an order in which what rows lie under is renamed before them. Where two rows
// come to the same name, which one region of one project does, one row is left.
func (dr *draft) renameTable(t *table, rows []scaler.Row, made []string) (left []scaler.Row, own []string) {
	n, names, under := t.naming, map[string]string{}, map[string][2]string{}
	twice := map[int]bool{}
	for i, r := range rows {
		if r.Table != t.Name {
			continue
		}
		home, f := textOf(r, n.under), n.forms[len(own)%len(n.forms)]
		if c := t.find(n.under); c == nil || c.Ref == "" {
			home = f.lies(len(own)/len(n.forms), made)
		} else if at := slices.IndexFunc(n.forms, func(f form) bool { return f.holds(home) }); at >= 0 {
			f = n.forms[at]
		}
		within := strings.TrimPrefix(home+"/"+f.collection, "/")
		name := within + "/" + r.Key[strings.LastIndexByte(r.Key, '/')+1:]
		_, twice[i] = under[name]
		names[r.Key], under[name] = name, [2]string{home, within}
		rows[i].Key = name
		own = append(own, name)
	}
	for i, r := range rows {
		if of := dr.atlas.table(r.Table); of != nil {
			rows[i].Value = of.renamed(r, t, names, under)
		}
	}
	for i, r := range rows {
		if !twice[i] {
			left = append(left, r)
		}
	}
	return left, own
}

// holds says whether what has the name is something under which rows of the form lie.
func (f form) holds(name string) bool {
	ok, err := regexp.MatchString(f.home, name)
	return err == nil && ok
}

// lies returns the name of what the i-th row of the form lies under: another row
// where there are such, else one of two.
func (f form) lies(i int, made []string) string {
	var known []string
	for _, name := range made {
		if f.home != "" && f.holds(name) {
			known = append(known, name)
		}
	}
	if len(known) > 0 {
		return known[i%len(known)]
	}
	return spelledOut(f.home, i%2)
}

// renamed returns a row's value with the new names of another table, or its own.
func (t *table) renamed(r scaler.Row, of *table, names map[string]string, under map[string][2]string) json.RawMessage {
	var columns []string
	for _, c := range t.Columns {
		if c.Ref == of.Name {
			columns = append(columns, c.Name)
		}
	}
	if t != of && len(columns) == 0 {
		return r.Value
	}
	row, ok := parseAny(r.Value).(*pyjson.Object)
	if !ok {
		return r.Value
	}
	if t == of {
		row.Set(t.Key, r.Key)
		for i, column := range []string{t.naming.under, t.naming.within} {
			if c := t.find(column); c != nil && c.Ref == "" {
				row.Set(c.Name, under[r.Key][i])
			}
		}
	}
	if t == of {
		t.sayPath(row, r.Key)
	}
	if t == of { // a name that repeats the key
		for _, c := range t.Columns {
			if v, _ := row.Get(c.Name); c.Type == "string" && c.Ref == "" && c.Name != t.Key {
				if old, ok := v.(string); ok && names[old] == r.Key {
					row.Set(c.Name, r.Key)
				}
			}
		}
	}
	for _, c := range columns {
		v, _ := row.Get(c)
		switch v := v.(type) {
		case string:
			if now, ok := names[v]; ok {
				row.Set(c, now)
			}
		case []any:
			for i, x := range v {
				if s, ok := x.(string); ok && names[s] != "" {
					v[i] = names[s]
				}
			}
		}
	}
	return pyjson.Marshal(row)
}

// sayPath makes columns that say a part of the row's name agree with it: the
// accountId of accounts/7/containers/3 is 7.
func (t *table) sayPath(row *pyjson.Object, name string) {
	segments := strings.Split(name, "/")
	if c := t.find("display_name"); c != nil && len(t.naming.forms) > 0 && t.naming.forms[0].collection == "locations" {
		if city := fake.RegionCity(segments[len(segments)-1]); city != "" {
			row.Set(c.Name, city)
		}
	}
	for i := 0; i+1 < len(segments); i += 2 {
		kind := words.Singular(lastWord(snake(segments[i])))
		for _, c := range t.Columns {
			thing, of := seed.Stem(words.Split(c.Name))
			if v, ok := row.Get(c.Name); ok && v != nil && c.Type == "string" && c.Ref == "" && c.Name != t.Key && of == "id" && thing == kind && len(c.Enum) == 0 {
				row.Set(c.Name, segments[i+1])
			}
		}
	}
}

func textOf(r scaler.Row, column string) string {
	o, _ := parseAny(r.Value).(*pyjson.Object)
	if o == nil {
		return ""
	}
	v, _ := o.Get(column)
	s, _ := v.(string)
	return s
}
