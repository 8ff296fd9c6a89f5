package sandbox

import (
	"fmt"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// edits returns what makes this state of the base, in an order that keeps the
// order of rows.
func (s *state) edits() []edit {
	var list []edit
	for t, d := range s.deltas {
		if d == nil {
			continue
		}
		for key, e := range d.rows {
			switch {
			case e.rec == nil || e.added && s.base[t].rows[key] != nil:
				list = append(list, edit{Table: t, Key: key})
			case !e.added:
				list = append(list, edit{t, key, pyjson.Marshal(e.rec.object())})
			}
		}
		for _, key := range d.added {
			list = append(list, edit{t, key, pyjson.Marshal(d.rows[key].rec.object())})
		}
	}
	return list
}

// edit makes the changes and names the tables they are in.
func (s *Session) edit(edits []edit) ([]string, error) {
	if len(edits) == 0 {
		return nil, nil
	}
	next := s.cur.clone()
	wrote := make([]bool, len(s.w.tables))
	for _, e := range edits {
		if e.Table < 0 || e.Table >= len(s.w.tables) {
			return nil, fmt.Errorf("no table %d", e.Table)
		}
		wrote[e.Table] = true
		if e.Row == nil {
			next.remove(e.Table, e.Key)
			continue
		}
		t := s.w.tables[e.Table]
		obj, err := t.parseRow(e.Key, e.Row)
		if err != nil {
			return nil, err
		}
		next.put(e.Table, t.newRecord(e.Key, obj))
	}
	s.cur, s.own = next, true
	return s.w.names(wrote), nil
}

// names returns the names of the tables marked, in the schema's order.
func (w *World) names(marked []bool) []string {
	var names []string
	for i, t := range w.tables {
		if marked[i] {
			names = append(names, t.Name)
		}
	}
	return names
}
