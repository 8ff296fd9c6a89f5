package sandbox

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// Diff returns how the state differs from the session's start, sorted by table
// and key. Values that hash the same do not differ.
func (s *Session) Diff() []scaler.Change {
	var changes []scaler.Change
	if s.cur == s.start {
		return nil
	}
	for _, t := range s.w.tables {
		for _, key := range touched(s.start.delta(t.index), s.cur.delta(t.index)) {
			old, now := s.start.get(t.index, key), s.cur.get(t.index, key)
			if c, ok := t.change(key, old, now); ok {
				changes = append(changes, c)
			}
		}
	}
	slices.SortFunc(changes, func(a, b scaler.Change) int {
		if c := strings.Compare(a.Table, b.Table); c != 0 {
			return c
		}
		return strings.Compare(a.Key, b.Key)
	})
	return changes
}

// touched returns each key that either delta mentions, once.
func touched(a, b *delta) []string {
	var keys []string
	if b != nil {
		for key := range b.rows {
			keys = append(keys, key)
		}
	}
	if a != nil {
		for key := range a.rows {
			if b != nil {
				if _, ok := b.rows[key]; ok {
					continue
				}
			}
			keys = append(keys, key)
		}
	}
	return keys
}

func (t *table) change(key string, old, now *record) (scaler.Change, bool) {
	c := scaler.Change{Table: t.Name, Key: key}
	switch {
	case old == now || old != nil && now != nil && old.hash == now.hash:
		return c, false
	case old == nil:
		c.Op, c.Row = "insert", pyjson.Marshal(now.object())
	case now == nil:
		c.Op = "delete"
	default:
		c.Op, c.Fields = "update", t.fieldChanges(old.object(), now.object())
	}
	return c, true
}

// fieldChanges lists what differs, in the order of the new row, then what went.
func (t *table) fieldChanges(old, now *pyjson.Object) []scaler.FieldChange {
	var changes []scaler.FieldChange
	for field, v := range now.All() {
		was, ok := old.Get(field)
		switch {
		case !ok:
			changes = append(changes, scaler.FieldChange{Field: field, New: pyjson.Marshal(v)})
		case !t.same(field, was, v):
			changes = append(changes, scaler.FieldChange{Field: field, Old: pyjson.Marshal(was), New: pyjson.Marshal(v)})
		}
	}
	for field, was := range old.All() {
		if _, ok := now.Get(field); !ok {
			changes = append(changes, scaler.FieldChange{Field: field, Old: pyjson.Marshal(was)})
		}
	}
	return changes
}

// Apply makes the changes. Where one does not fit the state (an insert of a
// known key, an update or delete of an unknown one, an old value that is not
// there) it fails and changes nothing.
func (s *Session) Apply(changes []scaler.Change) error {
	next := s.cur.clone()
	for _, c := range changes {
		if err := s.w.apply(next, c); err != nil {
			return fmt.Errorf("%s %s %q: %w", c.Op, c.Table, c.Key, err)
		}
	}
	s.cur, s.own, s.mirror = next, true, 0
	return nil
}

func (w *World) apply(st *state, c scaler.Change) error {
	t := w.byName[c.Table]
	if t == nil {
		return fmt.Errorf("no such table")
	}
	old := st.get(t.index, c.Key)
	if (old == nil) != (c.Op == "insert") {
		if old == nil {
			return fmt.Errorf("no such row")
		}
		return fmt.Errorf("the row is there already")
	}
	switch c.Op {
	case "insert":
		obj, err := t.parseRow(c.Key, c.Row)
		if err != nil {
			return err
		}
		st.put(t.index, t.newRecord(c.Key, obj))
	case "update":
		obj, err := t.update(old.object(), c.Fields)
		if err != nil {
			return err
		}
		st.put(t.index, t.newRecord(c.Key, obj))
	case "delete":
		st.remove(t.index, c.Key)
	default:
		return fmt.Errorf("unknown operation")
	}
	return nil
}

// update returns the row with the fields changed.
func (t *table) update(row *pyjson.Object, fields []scaler.FieldChange) (*pyjson.Object, error) {
	row = row.Shallow()
	for _, f := range fields {
		if f.Field == t.Key {
			return nil, fmt.Errorf("the key column %s does not change", t.Key)
		}
		was, ok := row.Get(f.Field)
		if ok != (f.Old != nil) {
			return nil, fmt.Errorf("field %s: present or absent otherwise than the change says", f.Field)
		}
		if f.Old != nil {
			old, err := pyjson.Parse(f.Old)
			if err != nil {
				return nil, fmt.Errorf("field %s: old value: %w", f.Field, err)
			}
			if !t.same(f.Field, was, old) {
				return nil, fmt.Errorf("field %s: is %s, not %s", f.Field, pyjson.Marshal(was), f.Old)
			}
		}
		if f.New == nil {
			row.Delete(f.Field)
			continue
		}
		v, err := pyjson.Parse(f.New)
		if err != nil {
			return nil, fmt.Errorf("field %s: new value: %w", f.Field, err)
		}
		row.Set(f.Field, v)
	}
	return row, nil
}
