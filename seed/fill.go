// Package seed fills the tables of a schema with rows that could be a service's:
// foreign keys hold, dates come in order, sums add up, names of one thing agree, and
// the same seed makes the same rows.
//
// Fill makes all keys first (key.go), so that rows can refer to tables that come
// later, then the rows (row.go), then what has to agree: references in link.go and
// name.go, what rows hold of others in held.go, paths in path.go, addresses in address.go, what has to differ in
// distinct.go, states and flags in state.go and flag.go, dates in order.go and
// span.go, sums, shares and counts in sum.go, pair.go and count.go, lines and payments
// in tie.go, objects that are rows of another table in embed.go. What single values
// look like is package fake's; signs.go and scope.go are what a schema says by a name
// or a semantic alone.
package seed

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// Fill makes the rows of every table of the schema, in its order. Foreign keys
// hold, related values agree, and the same seed makes the same rows. What the
// tools show of their fields is how the values are written.
func Fill(seed uint64, now string, style Style, s scaler.Schema, tools ...scaler.WorldTool) []scaler.Row {
	f := newSeeder(seed, now, s, tools)
	f.size, f.in.Locale = style.Rows, style.Locale
	for _, t := range f.tables {
		f.makeKeys(t)
	}
	for _, t := range f.tables {
		f.makeRows(t)
	}
	for _, t := range f.tables {
		f.repeatNames(t)
	}
	for _, t := range f.tables {
		f.invert(t)
	}
	done := map[*table]bool{}
	for _, t := range f.tables {
		f.embed(t, done)
	}
	for _, t := range f.tables {
		f.count(t)
	}
	return f.rows()
}

// A seeder is the making of one world's rows: all keys first, so that rows can
// refer to tables that come later, then the rows.
type seeder struct {
	seed   uint64
	now    time.Time
	in     fake.Setting
	size   int // rows of a table of what happens; 0 for the usual
	tables []*table
	byName map[string]*table
	byRef  map[string]*table      // the name under which a nested property refers to a table, glued
	known  map[*fake.Shape]*table // nested properties, and the tables they refer to
}

// A table is a table on its way to rows.
type table struct {
	scaler.Table
	shapes  []*fake.Shape // one per column
	names   []string      // of the columns, as words joined by underscores
	copies  [][]source    // of each column, where its value may repeat another's
	lines   int           // the column of priced lines, such as an order's items; -1 for none
	size    int
	keys    []any // as they stand in the key column
	texts   []string
	draws   []int                      // of each key, the draw that made it up; empty for numbers in a row
	filled  map[string]map[string]bool // columns that only moves fill, and the states in which they are
	forms   []*fake.Shape              // of keys, where tools ask for several
	born    []time.Time
	at      map[string]int // key text -> row
	states  []string       // of each row, where the table has a status
	hold    *hold          // what its rows hold of another table; nil for nothing
	rows    []*pyjson.Object
	prefix  string   // of keys: "ord"
	parents []*table // the tables it refers to
	parent  bool     // other tables refer to it
	begun   bool     // guards against circles of tables
	keying  bool
	lair    *lair // where its rows lie, as one large cloud says it
}

func newSeeder(seed uint64, now string, s scaler.Schema, tools []scaler.WorldTool) *seeder {
	clock, err := time.Parse(time.RFC3339, now)
	if err != nil {
		clock = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	}
	f := &seeder{seed: seed, now: clock.UTC(), in: fake.SettingOf(s, tools...), byName: map[string]*table{}, byRef: map[string]*table{}, known: map[*fake.Shape]*table{}}
	for _, of := range s.Tables {
		t := &table{Table: of, at: map[string]int{}}
		for _, c := range of.Columns {
			shape := fake.Column(c, of.Entity)
			if c.Ref == "" {
				f.in.Teach(shape)
			}
			t.shapes = append(t.shapes, shape)
			t.names = append(t.names, words.Snake(c.Name))
		}
		t.lines = slices.IndexFunc(t.shapes, func(s *fake.Shape) bool { return s.Items != nil && s.Items.Type == "object" && hasPrice(s.Items) })
		f.tables = append(f.tables, t)
		f.byName[t.Name] = t
		f.byRef[glued(t.Entity+t.Key)] = t
		f.byRef[glued(t.Entity+"id")] = t
	}
	f.findLairs(tools)
	for _, t := range f.tables {
		t.findFilled(tools)
		f.findHold(t, tools)
	}
	f.nameKeys()
	f.prefixKeys()
	for _, t := range f.tables {
		f.findParents(t)
	}
	for _, t := range f.tables {
		f.findCopies(t)
	}
	return f
}

// nameKeys lets other tables speak of a row by the name of its key where that
// is telling (member_number), and takes columns that do for foreign keys.
func (f *seeder) nameKeys() {
	owners := map[string]int{}
	for _, t := range f.tables {
		owners[words.Snake(t.Key)]++
	}
	for _, t := range f.tables {
		if key := words.Snake(t.Key); owners[key] == 1 && strings.Contains(key, "_") {
			f.byRef[glued(key)] = t
		}
	}
	for _, t := range f.tables {
		t.Columns = slices.Clone(t.Columns)
		for i, c := range t.Columns {
			to := f.byRef[glued(t.names[i])]
			if to == nil || to == t || c.Ref != "" || c.Name == t.Key || len(c.Enum) > 0 {
				continue
			}
			if key, ok := to.Column(to.Key); ok && key.Type == c.Type {
				t.Columns[i].Ref = to.Name
			}
		}
	}
}

// prefixKeys gives each table its own short name to start keys with.
func (f *seeder) prefixKeys() {
	taken := map[string]bool{}
	for _, t := range f.tables {
		t.prefix = fake.Prefix(t.Entity)
		last := []rune(words.Last(words.Snake(t.Entity)))
		for n := 4; taken[t.prefix] && n <= len(last); n++ {
			t.prefix = string(last[:n])
		}
		taken[t.prefix] = true
	}
}

// newMaker returns a maker of values of a table's row; turn says which one.
func (f *seeder) newMaker(t *table, rng *rand.Rand, turn int) *fake.Maker {
	m := fake.New(rng, f.now)
	m.In, m.Turn = f.in.Of(t.Name), turn
	return m
}

func (f *seeder) rand(t *table, path ...string) *rand.Rand {
	return scaler.Rand(f.seed, append([]string{"seed", t.Name}, path...)...)
}

// rows returns everything made, as the state's lines.
func (f *seeder) rows() []scaler.Row {
	var out []scaler.Row
	for _, t := range f.tables {
		for i, row := range t.rows {
			out = append(out, scaler.Row{Table: t.Name, Key: t.texts[i], Value: pyjson.Marshal(row)})
		}
	}
	return out
}

// column returns the place and description of a column, or -1.
func (t *table) column(name string) int {
	for i := range t.Columns { // which are large, and asked for by every row
		if t.Columns[i].Name == name {
			return i
		}
	}
	return -1
}

// findParents lists the tables that rows of t refer to, one each.
func (f *seeder) findParents(t *table) {
	for _, c := range t.Columns {
		if p := f.byName[c.Ref]; p != nil && p != t && c.Type != "array" && !slices.Contains(t.parents, p) {
			t.parents = append(t.parents, p)
			p.parent = true
		}
	}
}

// Sizes of tables by the part they play. Table.Size overrides them.
const (
	FewRows     = 12 // kinds of things: categories, plans
	someRows    = 28 // what is offered: products, rooms
	peopleRows  = 25
	manyRows    = 60 // what happens: orders, messages
	unusedTail  = 1  // rows at the end of a table that nothing refers to
	mostColumns = 24 // wider tables get fewer rows
)

var (
	kindsOfThings = words.Set("category plan tier role department team currency country language region status type permission tag label genre zone branch level policy template")
	singletons    = words.Set("setting settings configuration config preference preferences")
)

// Singleton says whether a service has one row of an entity, such as its settings.
func Singleton(entity string) bool { return singletons[words.Last(words.Snake(entity))] }

// sizeOf decides how many rows a table gets.
func (f *seeder) sizeOf(t *table) int {
	if t.Size > 0 {
		return t.Size
	}
	last, n := words.Last(words.Snake(t.Entity)), someRows
	parents := len(t.parents)
	switch {
	case Singleton(t.Entity) && parents == 0:
		return 1
	case words.Person(last):
		n = peopleRows
	case kindsOfThings[last] && parents == 0:
		n = FewRows
	case parents > 0:
		n = manyRows
	}
	if len(t.Columns) > mostColumns {
		n = n * 2 / 3
	}
	if len(f.tables) > 60 {
		n = n / 2
	}
	if f.size > 0 {
		n = max(3, n*f.size/manyRows)
	}
	return n + f.rand(t, "size").IntN(max(n/6, 1))
}
