package world

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// Some services name a row by its whole path, projects/p/locations/l/queues/q,
// and take that as one argument where the path spells out its segments. Such
// names are keys that tell under which row another lies.

// nameWhole gives the segments of a path that are no arguments the arguments
// that stand for them: one by one where there are as many, else the whole path
// to the last.
func (o *op) nameWhole() {
	var at []*string
	for i := range o.path {
		for j := range o.path[i].params {
			if _, ok := o.param(o.path[i].params[j]); ok {
				return
			}
			at = append(at, &o.path[i].params[j])
		}
	}
	var names []param
	for _, p := range o.params {
		if p.In == "path" {
			names = append(names, p)
		}
	}
	switch {
	case len(names) == 0 || len(at) == 0:
	case len(names) == len(at):
		for i, p := range names {
			*at[i] = p.Name
		}
		o.whole = wholeName(names[0])
	case len(names) == 1:
		o.whole = names[0].Name
		if last := &o.path[len(o.path)-1]; len(last.params) == 0 && strings.HasSuffix(strings.TrimSuffix(names[0].Schema.text("pattern"), "$"), "/"+last.segment) {
			last.params = []string{o.whole}
			return
		}
		*at[len(at)-1] = o.whole
	}
}

// wholeName returns the parameter's name if it takes a path of names.
func wholeName(p param) string {
	if pathPattern.MatchString(p.Schema.text("pattern")) {
		return p.Name
	}
	return ""
}

// pathPattern is the pattern of a path of names: ^projects/[^/]+/queues/[^/]+$.
var pathPattern = regexp.MustCompile(`^\^[A-Za-z]+/\[\^/\]\+(/[A-Za-z]+(/\[\^/\]\+)?)*\$$`)

// A naming says how the rows of a table are named: the name of what they lie
// under, the collection, and a word of their own.
type naming struct {
	under      string   // the column that holds the name of what a row lies under
	collection string   // empty where rows are not named so
	homes      []string // names of what rows lie under, where no table holds that
}

// nameRows finds how the tools of each table name its rows.
func (dr *draft) nameRows() {
	homes := map[*table][]string{} // patterns of names of what its rows lie under
	for _, t := range dr.atlas.tables {
		for _, o := range t.ops {
			at := slices.IndexFunc(o.binds, func(b bind) bool { return b.p.Name == o.whole })
			if o.whole == "" || at < 0 {
				continue
			}
			b := o.binds[at]
			pattern, of := b.p.Schema.text("pattern"), t
			ends := len(o.path[len(o.path)-1].params) > 0
			if !ends { // what the argument names is what the rows lie under
				column := b.Column
				if b.Role == roleRef && b.Table != t.Name {
					column = dr.atlas.refColumn(t, b)
				}
				t.naming.under = column
				if of = dr.atlas.table(t.column(column).Ref); of == nil {
					homes[t] = append(homes[t], pattern)
					continue
				}
			}
			if home, collection, ok := lastPair(pattern); ok {
				homes[of] = append(homes[of], home)
				of.naming.collection = collection
			}
		}
	}
	for _, t := range dr.atlas.tables {
		key := t.find(t.Key)
		if t.naming.collection == "" || key.Type != "string" || key.Ref != "" || t.naming.under == t.Key {
			t.naming = naming{}
			continue
		}
		t.naming.homes = spelledHomes(homes[t])
		own := words.Singular(lastWord(snake(t.naming.collection)))
		if known := ownPlaces[t.naming.collection]; known != "" {
			own = known
		} else {
			own += "-[1-9][0-9]{3}$"
		}
		key.Semantic, key.Format, key.Examples = "slug", "", nil
		key.Schema = json.RawMessage(`{"type": "string", "pattern": ` + string(pyjson.Marshal(t.naming.collection+"/"+own)) + `}`)
	}
}

// lastPair splits the pattern of a name into that of what it lies under and its
// collection.
func lastPair(pattern string) (home, collection string, ok bool) {
	rest, ok := strings.CutSuffix(pattern, "/[^/]+$")
	if !ok || !pathPattern.MatchString(pattern) {
		return "", "", false
	}
	i := strings.LastIndexByte(rest, '/')
	if i < 0 {
		return "", strings.TrimPrefix(rest, "^"), true
	}
	return rest[:i] + "$", rest[i+1:], true
}

// spelledHomes returns names for patterns of names: two of each.
func spelledHomes(patterns []string) []string {
	var out []string
	slices.Sort(patterns)
	for i := range 2 {
		for _, p := range slices.Compact(slices.Clone(patterns)) {
			if name := spelledOut(p, i); name != "" {
				out = append(out, name)
			}
		}
	}
	return out
}

// places are what containers of names are called.
var places = map[string][]string{
	"project": {"harbor-prod", "atlas-dev"}, "location": {"us-central1", "europe-west1"}, "region": {"us-central1", "europe-west1"},
	"zone": {"us-central1-a", "europe-west1-b"}, "organization": {"410238956671", "589014426703"}, "folder": {"720418839956", "315502987741"},
	"account": {"284019375", "619340752"}, "customer": {"C03az79cb", "C04bx12qd"},
}

// ownPlaces are patterns of what places are called where they are rows.
var ownPlaces = map[string]string{"locations": "(us|europe|asia)-(central|east|west|south)[1-4]$", "regions": "(us|europe|asia)-(central|east|west|south)[1-4]$", "zones": "(us|europe|asia)-(central|east|west)[1-4]-[abc]$"}

// spelledOut returns the i-th example of a pattern of names; empty where it is none.
func spelledOut(pattern string, i int) string {
	if !pathPattern.MatchString(pattern) {
		return ""
	}
	var out []string
	for _, part := range strings.Split(strings.ReplaceAll(strings.Trim(pattern, "^$"), "[^/]+", "*"), "/") {
		if part != "*" {
			out = append(out, part)
			continue
		}
		kind := words.Singular(lastWord(snake(out[len(out)-1])))
		if known, ok := places[kind]; ok {
			out = append(out, known[i])
		} else {
			out = append(out, fmt.Sprintf("%s-%d", kind, 11+26*i))
		}
	}
	return strings.Join(out, "/")
}

// rename gives rows the names that follow from what they lie under, and those
// that refer to them the new names.
func (dr *draft) rename(rows []scaler.Row) []scaler.Row {
	out := slices.Clone(rows)
	for _, t := range dr.atlas.ordered() {
		if t.naming.collection != "" {
			out = dr.renameTable(t, out)
		}
	}
	return out
}

// renameTable renames the rows of one table. Tables stand in an order in which
// what rows lie under is renamed before them. Where two rows come to the same
// name, which one region of one project does, one row is left.
func (dr *draft) renameTable(t *table, rows []scaler.Row) []scaler.Row {
	n, names, under := t.naming, map[string]string{}, map[string]string{}
	twice := map[int]bool{}
	for i, r := range rows {
		if r.Table != t.Name {
			continue
		}
		home := textOf(r, n.under)
		if c := t.find(n.under); c == nil || c.Ref == "" {
			home = ""
			if len(n.homes) > 0 {
				home = n.homes[len(names)%len(n.homes)] + "/"
			}
		} else {
			home += "/"
		}
		name := home + n.collection + "/" + r.Key[strings.LastIndexByte(r.Key, '/')+1:]
		_, twice[i] = under[name]
		names[r.Key], under[name] = name, strings.TrimSuffix(home, "/")
		rows[i].Key = name
	}
	for i, r := range rows {
		if of := dr.atlas.table(r.Table); of != nil {
			rows[i].Value = of.renamed(r, t, names, under)
		}
	}
	var left []scaler.Row
	for i, r := range rows {
		if !twice[i] {
			left = append(left, r)
		}
	}
	return left
}

// renamed returns a row's value with the new names of another table, or its own.
func (t *table) renamed(r scaler.Row, of *table, names, under map[string]string) json.RawMessage {
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
		if c := t.find(t.naming.under); c != nil && c.Ref == "" {
			row.Set(c.Name, under[r.Key])
		}
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

func textOf(r scaler.Row, column string) string {
	o, _ := parseAny(r.Value).(*pyjson.Object)
	if o == nil {
		return ""
	}
	v, _ := o.Get(column)
	s, _ := v.(string)
	return s
}

// nextName writes the key of a new row: the next number, as the last word of a
// name under what the call says where rows are named so.
func (w *writer) nextName() string {
	next := "db." + w.t.Name + ".next_id()"
	if w.t.naming.under == "" || w.t.naming.collection == "" || w.o.whole == "" {
		return next
	}
	p, _ := w.o.param(w.o.whole)
	own := next + `.split("/")[-1]`
	for _, q := range w.o.params {
		if n := snake(q.Name); q.In == "query" && q.Schema.typ() == "string" && (idStem(n) == singularNoun(w.t.naming.collection) || idStem(n) == lastWord(singularNoun(w.t.naming.collection))) {
			own = "(" + w.arg(q) + " or " + own + ")"
		}
	}
	return w.arg(p) + ` + "/` + w.t.naming.collection + `/" + ` + own
}
