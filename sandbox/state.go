package sandbox

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync/atomic"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A record is one row with its hash. It never changes; a changed row is a new
// record.
//
// A row of the base stays text until somebody looks at it: of a large world an
// episode reads a few rows, and the collector does not have to walk the rest.
type record struct {
	key    string
	text   []byte                        // of a row of the base
	parsed atomic.Pointer[pyjson.Object] // nil until it is read
	hash   sum
	size   int // about its length as text
}

// object is the row, the same for everybody who asks.
func (r *record) object() *pyjson.Object {
	if o := r.parsed.Load(); o != nil {
		return o
	}
	o, err := pyjson.ParseObjectShared(r.text)
	if err != nil {
		panic(fmt.Sprintf("unreachable: %s was parsed before: %v", r.key, err))
	}
	if !r.parsed.CompareAndSwap(nil, o) {
		return r.parsed.Load()
	}
	return o
}

// A table is the base state of one table, shared by all sessions.
type table struct {
	scaler.Table
	index     int
	unordered map[string]bool // columns hashed as multisets
	order     []*record
	rows      map[string]*record
	ids       idStyle
}

// A state is the base with some rows changed. A state that sessions share is
// never written; see Session.own.
type state struct {
	base   []*table
	deltas []*delta // by table; nil where nothing changed
	sum    sum
}

// A delta is what a state changes in one table.
type delta struct {
	rows  map[string]entry
	added []string // keys of rows after those of the base, in order
	size  int      // rows of the table more than in the base
}

// An entry replaces a row of the base, removes it (no record), or adds one.
type entry struct {
	rec   *record
	added bool
}

func (s *state) clone() *state {
	c := &state{base: s.base, deltas: make([]*delta, len(s.base)), sum: s.sum}
	for i, d := range s.deltas {
		if d != nil {
			c.deltas[i] = &delta{rows: maps.Clone(d.rows), added: slices.Clone(d.added), size: d.size}
		}
	}
	return c
}

func (s *state) delta(t int) *delta {
	if s.deltas == nil {
		return nil
	}
	return s.deltas[t]
}

func (s *state) get(t int, key string) *record {
	if d := s.delta(t); d != nil {
		if e, ok := d.rows[key]; ok {
			return e.rec
		}
	}
	return s.base[t].rows[key]
}

func (s *state) len(t int) int {
	n := len(s.base[t].order)
	if d := s.delta(t); d != nil {
		n += d.size
	}
	return n
}

// all yields the rows of a table: those of the base in its order, then the
// added ones in the order they came.
func (s *state) all(t int) iter.Seq[*record] {
	return func(yield func(*record) bool) {
		d := s.delta(t)
		for _, r := range s.base[t].order {
			if d != nil {
				if e, ok := d.rows[r.key]; ok {
					if e.rec == nil || e.added {
						continue
					}
					r = e.rec
				}
			}
			if !yield(r) {
				return
			}
		}
		if d == nil {
			return
		}
		for _, key := range d.added {
			if !yield(d.rows[key].rec) {
				return
			}
		}
	}
}

func (s *state) writable(t int) *delta {
	if s.deltas == nil {
		s.deltas = make([]*delta, len(s.base))
	}
	if s.deltas[t] == nil {
		s.deltas[t] = &delta{rows: map[string]entry{}}
	}
	return s.deltas[t]
}

// put stores a row: in the place of the one with its key, or last.
func (s *state) put(t int, r *record) {
	d := s.writable(t)
	old := s.get(t, r.key)
	added := d.rows[r.key].added
	if old == nil {
		added = true
		d.added = append(d.added, r.key)
		d.size++
	} else {
		s.sum.sub(old.hash)
	}
	s.sum.add(r.hash)
	if base := s.base[t].rows[r.key]; !added && base.hash == r.hash {
		delete(d.rows, r.key)
		return
	}
	d.rows[r.key] = entry{r, added}
}

// remove takes a row away, if it is there.
func (s *state) remove(t int, key string) {
	old := s.get(t, key)
	if old == nil {
		return
	}
	d := s.writable(t)
	s.sum.sub(old.hash)
	d.size--
	if d.rows[key].added {
		i := slices.Index(d.added, key)
		d.added = slices.Delete(d.added, i, i+1)
	}
	if s.base[t].rows[key] != nil {
		d.rows[key] = entry{}
	} else {
		delete(d.rows, key)
	}
}
