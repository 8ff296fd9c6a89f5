package seed

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// The user object of an issue is one of the users, with all that is shown of
// that user. An object in a row that looks like the rows of a table is one.

// ofAnything are properties that rows of all kinds have: they do not tell what an
// object is.
var ofAnything = words.Set(`id name type kind tags location etag url self href links status state description title label labels properties
	created_at updated_at created updated created_on updated_on created_by updated_by metadata value text code version html_url node_id is_active active enabled`)

// embed makes the objects in a table's rows that are rows of another the same as
// those. The other's own objects come first.
func (f *seeder) embed(t *table, done map[*table]bool) {
	if done[t] {
		return
	}
	done[t] = true
	for col, s := range t.shapes {
		if t.Columns[col].Ref != "" || t.Name == Log {
			continue
		}
		if !holdsObjects(s) {
			continue
		}
		places := f.embedded(t, s)
		shown := slices.Collect(maps.Values(places))
		for _, to := range f.tables {
			if slices.Contains(shown, to) {
				f.embed(to, done)
			}
		}
		for i, row := range t.rows {
			e := &embedding{seeder: f, t: t, row: row, i: i, places: places, rng: f.rand(t, "embed", t.Columns[col].Name, strconv.Itoa(i))}
			if v, _ := row.Get(t.Columns[col].Name); v != nil {
				row.Set(t.Columns[col].Name, e.value(s, v, false))
			}
		}
	}
}

// embedded finds the objects inside a shape that are rows of a table.
func (f *seeder) embedded(t *table, s *fake.Shape) map[*fake.Shape]*table {
	found := map[*fake.Shape]*table{}
	var look func(s *fake.Shape, depth int)
	look = func(s *fake.Shape, depth int) {
		if s == nil || depth > 4 {
			return
		}
		if to := f.rowsOf(t, s); to != nil {
			found[s] = to
			return
		}
		look(s.Items, depth+1)
		for _, field := range s.Fields {
			look(field.Shape, depth+1)
		}
	}
	look(s, 0)
	return found
}

// rowsOf returns the table of which an object shows a row: one that is called as
// the object is and has half of its properties, or else one that has most of
// many properties, and not only such as everything has.
func (f *seeder) rowsOf(t *table, s *fake.Shape) *table {
	if s.Type != "object" || len(s.Fields) < 2 {
		return nil
	}
	var best *table
	most := 0.0
	for _, to := range f.tables {
		if to.Name == Log || len(to.keys) < 2 || to == t && (len(s.Words) == 0 || s.Words[0] != "parent") {
			continue
		}
		shared, telling, keyed := 0, 0, false
		for _, field := range s.Fields {
			col := to.column(field.Shape.Name)
			if col < 0 || to.shapes[col].Type != field.Shape.Type {
				continue
			}
			shared++
			name := words.Snake(field.Shape.Name)
			keyed = keyed || field.Shape.Name == to.Key || name == "id" || name == "name"
			if !ofAnything[name] {
				telling++
			}
		}
		named := f.calls(s, to)
		fits := named && shared >= 2 && 2*shared >= len(s.Fields) || telling >= 3 && 10*shared >= 8*len(s.Fields) && 5*shared >= 2*len(to.Columns)
		share := float64(shared) / float64(len(s.Fields)+len(to.Columns))
		if named {
			share++
		}
		if keyed && fits && share > most {
			best, most = to, share
		}
	}
	return best
}

// calls says whether an object is called after the entity of a table.
func (f *seeder) calls(s *fake.Shape, to *table) bool {
	if len(s.Words) == 0 {
		return false
	}
	parts := slices.Clone(s.Words)
	parts[len(parts)-1] = words.Singular(parts[len(parts)-1])
	name, entity := strings.Join(parts, "_"), words.Snake(to.Entity)
	return name == entity || strings.HasSuffix(name, "_"+entity) || words.Person(parts[len(parts)-1]) && words.Last(entity) == "user" || strings.HasSuffix(entity, "_"+name)
}

// An embedding is the making of the objects of one row.
type embedding struct {
	*seeder
	t      *table
	row    *pyjson.Object
	i      int
	places map[*fake.Shape]*table
	rng    *rand.Rand
	used   map[*table]map[int]bool // rows that stand in the list being made
}

// value returns the value with its objects replaced; inList says that it is an
// item of a list.
func (e *embedding) value(s *fake.Shape, v any, inList bool) any {
	switch v := v.(type) {
	case []any:
		if s.Items == nil {
			return v
		}
		e.used = map[*table]map[int]bool{}
		out := make([]any, 0, len(v))
		for _, item := range v {
			if item = e.value(s.Items, item, true); item != nil {
				out = append(out, item)
			}
		}
		return out
	case *pyjson.Object:
		if to := e.places[s]; to != nil {
			return e.of(s, to, v, inList)
		}
		for _, field := range s.Fields {
			have, ok := v.Get(field.Shape.Name)
			switch {
			case !ok || have == nil:
			case holdsObjects(field.Shape):
				v.Set(field.Shape.Name, e.value(field.Shape, have, inList))
			default:
				v.Set(field.Shape.Name, e.named(field.Shape, have))
			}
		}
	}
	return v
}

// named returns what a property of an object holds: where it is called after the
// key of a table, that of one of its rows; of this row itself where nothing says
// that it is another of its kind.
func (e *embedding) named(s *fake.Shape, have any) any {
	if own, ok := e.row.Get(s.Name); ok && Household(s.Name) {
		return own // the whole row is of one account
	}
	to := e.referredBy(s)
	if to == nil || s.Type == "array" || to.Name == Log || len(to.keys) == 0 {
		return have
	}
	var at int
	_, known := to.at[pyjson.Bare(have)]
	switch link, found := e.t.backTo(to); {
	case to == e.t && words.Singular(words.Snake(s.Entity)) == words.Snake(to.Entity), to != e.t && known:
		return have
	case to == e.t:
		at = e.i
	case found && !link.list:
		v, _ := e.row.Get(link.column)
		if at, known = to.at[pyjson.Bare(v)]; !known {
			return have
		}
	default:
		at = e.rng.IntN(len(to.keys))
	}
	if !s.Allows(to.keys[at]) {
		return have
	}
	return to.keys[at]
}

// holdsObjects says whether values of a shape are objects, or lists of them.
func holdsObjects(s *fake.Shape) bool {
	return s.Type == "object" || s.Items != nil && holdsObjects(s.Items)
}

// of returns an object as a row of the table shows it.
func (e *embedding) of(s *fake.Shape, to *table, old *pyjson.Object, inList bool) any {
	at, ok := e.choose(to, old, inList)
	if !ok {
		return old
	}
	out := pyjson.NewObject(len(s.Fields))
	for _, field := range s.Fields {
		name := field.Shape.Name
		own, has := old.Get(name)
		if v, ok := to.rows[at].Get(name); ok && (v != nil || field.Shape.Nullable) {
			if v = trimmedTo(field.Shape, pyjson.Clone(v)); field.Shape.Allows(v) {
				own, has = v, true
			}
		}
		if has {
			out.Set(name, own)
		}
	}
	return out
}

// trimmedTo leaves of an object what a shape names.
func trimmedTo(s *fake.Shape, v any) any {
	o, ok := v.(*pyjson.Object)
	if !ok || len(s.Fields) == 0 {
		return v
	}
	out := pyjson.NewObject(len(s.Fields))
	for _, field := range s.Fields {
		if in, ok := o.Get(field.Shape.Name); ok {
			out.Set(field.Shape.Name, trimmedTo(field.Shape, in))
		}
	}
	return out
}

// choose returns the row that an object shows: the one that it names already, the
// one that the row refers to, else one that lies under the same things.
func (e *embedding) choose(to *table, old *pyjson.Object, inList bool) (int, bool) {
	if key, ok := old.Get(to.Key); ok {
		if at, ok := to.at[pyjson.Bare(key)]; ok && at < len(to.rows) && !e.used[to][at] {
			return e.take(to, at)
		}
	}
	if link, ok := e.t.backTo(to); ok && !link.list && !inList {
		v, _ := e.row.Get(link.column)
		if at, ok := to.at[pyjson.Bare(v)]; ok && v != nil && at < len(to.rows) {
			return at, true
		}
	}
	var near, all []int
	for at := range to.rows {
		if e.used[to][at] || to == e.t && at >= e.i {
			continue
		}
		all = append(all, at)
		if e.neighbours(to, at) {
			near = append(near, at)
		}
	}
	if len(near) > 0 {
		all = near
	}
	if len(all) == 0 {
		return 0, false
	}
	return e.take(to, all[e.rng.IntN(len(all))])
}

func (e *embedding) take(to *table, at int) (int, bool) {
	if e.used != nil {
		if e.used[to] == nil {
			e.used[to] = map[int]bool{}
		}
		e.used[to][at] = true
	}
	return at, true
}

// neighbours says whether a row of the table refers to the same rows as this one,
// as far as both refer to rows of the same tables.
func (e *embedding) neighbours(to *table, at int) bool {
	for _, c := range e.t.Columns {
		if c.Ref == "" || c.Type == "array" {
			continue
		}
		for _, d := range to.Columns {
			if d.Ref != c.Ref || d.Type == "array" {
				continue
			}
			x, _ := e.row.Get(c.Name)
			y, _ := to.rows[at].Get(d.Name)
			if pyjson.Bare(x) != pyjson.Bare(y) {
				return false
			}
		}
	}
	return true
}
