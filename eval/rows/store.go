// Package rows holds a benchmark's data: a Store is what was loaded, immutable
// and shared; a State is what one conversation made of it, copied on write.
//
// The sandbox's own state is not used because benchmarks count differently: a
// failed call keeps what it wrote before it failed, 1 and 1.0 are different
// states, and two official hashes cover the text of the whole data.
package rows

import (
	"fmt"
	"iter"
	"sync"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Store is tables of rows in the order of the data files. It is immutable.
type Store struct {
	tables []*table
	texts  [len(styles)]func() *text // made when first asked for
	shown  map[*pyjson.Object]*rowText
	memory sync.Map // name to what Once made
}

// A rowText is an unchanged row as json.dumps shows it.
type rowText struct {
	once sync.Once
	text string
}

type table struct {
	name string
	rows *pyjson.Object // key to row
	list bool           // rows are a list in the data, and keys their places
}

// NewStore takes the tables of data: an object of objects of rows, or of lists
// of rows. The store keeps data; the caller leaves it alone from now on.
func NewStore(data *pyjson.Object) *Store {
	s := &Store{shown: map[*pyjson.Object]*rowText{}}
	for name, v := range data.All() {
		t := newTable(name, v)
		s.tables = append(s.tables, t)
		for _, row := range t.rows.All() {
			s.shown[row.(*pyjson.Object)] = new(rowText)
		}
	}
	for style := range styles {
		s.texts[style] = sync.OnceValue(func() *text { return newText(styles[style], s.tables) })
	}
	return s
}

func (s *Store) table(name string) int {
	for i, t := range s.tables {
		if t.name == name {
			return i
		}
	}
	panic("unreachable: there is no table " + name)
}

func newTable(name string, v any) *table {
	list, ok := v.([]any)
	if !ok {
		return &table{name: name, rows: v.(*pyjson.Object)}
	}
	t := &table{name: name, rows: pyjson.NewObject(len(list)), list: true}
	for i, row := range list {
		t.rows.Set(place(i), row)
	}
	return t
}

// place is the key of a row in a list; keys sort as the list goes.
func place(i int) string { return fmt.Sprintf("%06d", i) }

// A State is a Store and what was changed since. It belongs to one goroutine.
type State struct {
	base    *Store
	changed []map[string]*pyjson.Object // by table: rows that differ from the base, and new ones
	added   [][]string                  // by table: keys of new rows, in order
	marked  []edit
}

type edit struct {
	table  int
	key    string
	before *pyjson.Object // nil for a new row
}

// Start returns a state in which nothing has changed yet.
func (s *Store) Start() *State {
	return &State{base: s, changed: make([]map[string]*pyjson.Object, len(s.tables)), added: make([][]string, len(s.tables))}
}

// Reset forgets every change.
func (s *State) Reset() {
	clear(s.changed)
	clear(s.added)
	s.marked = nil
}

// Row returns a row to read.
func (s *State) Row(name, key string) (*pyjson.Object, bool) {
	return s.row(s.base.table(name), key)
}

func (s *State) row(t int, key string) (*pyjson.Object, bool) {
	if row, ok := s.changed[t][key]; ok {
		return row, true
	}
	v, ok := s.base.tables[t].rows.Get(key)
	if !ok {
		return nil, false
	}
	return v.(*pyjson.Object), true
}

// Edit returns a row to write. Rows read before are older copies from then on.
func (s *State) Edit(name, key string) *pyjson.Object {
	t := s.base.table(name)
	before, ok := s.row(t, key)
	if !ok {
		panic("unreachable: edit of a row that is not there")
	}
	for _, e := range s.marked {
		if e.table == t && e.key == key {
			return before
		}
	}
	row := before.Clone()
	s.put(t, key, row, before)
	return row
}

// Insert adds a row, or puts it in the place of the one with its key.
func (s *State) Insert(name, key string, row *pyjson.Object) {
	t := s.base.table(name)
	before, ok := s.row(t, key)
	if !ok {
		s.added[t] = append(s.added[t], key)
	}
	s.put(t, key, row, before)
}

// Append adds a row at the end of a list.
func (s *State) Append(name string, row *pyjson.Object) {
	t := s.base.table(name)
	key := place(s.base.tables[t].rows.Len() + len(s.added[t]))
	s.added[t] = append(s.added[t], key)
	s.put(t, key, row, nil)
}

// EditPath returns an object inside a row to write, and copies no more than
// leads to it. Rows edited so are not edited otherwise in the same call.
func (s *State) EditPath(name, key string, path ...string) *pyjson.Object {
	t := s.base.table(name)
	before, ok := s.row(t, key)
	if !ok {
		panic("unreachable: edit of a row that is not there")
	}
	o := before.Shallow()
	s.put(t, key, o, before)
	for _, key := range path {
		inner, _ := o.Get(key)
		next := inner.(*pyjson.Object).Shallow()
		o.Set(key, next)
		o = next
	}
	return o
}

func (s *State) put(t int, key string, row, before *pyjson.Object) {
	if s.changed[t] == nil {
		s.changed[t] = map[string]*pyjson.Object{}
	}
	s.changed[t][key] = row
	s.marked = append(s.marked, edit{t, key, before})
}

// All yields the rows of a table in order, to read.
func (s *State) All(name string) iter.Seq2[string, *pyjson.Object] {
	t := s.base.table(name)
	return func(yield func(string, *pyjson.Object) bool) {
		for key, v := range s.base.tables[t].rows.All() {
			row, ok := s.changed[t][key]
			if !ok {
				row = v.(*pyjson.Object)
			}
			if !yield(key, row) {
				return
			}
		}
		for _, key := range s.added[t] {
			if !yield(key, s.changed[t][key]) {
				return
			}
		}
	}
}
