package sandbox

import (
	"fmt"
	"slices"
	"sync"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A foreign key is a column that holds keys of another table.
type foreignKey struct {
	from   *table
	column string
	to     *table

	once sync.Once // guards base
	base []string  // keys of the rows of the base that dangle
}

func (w *World) foreignKeys() []*foreignKey {
	var keys []*foreignKey
	for _, t := range w.tables {
		for _, c := range t.Columns {
			if to := w.byName[c.Ref]; to != nil {
				keys = append(keys, &foreignKey{from: t, column: c.Name, to: to})
			}
		}
	}
	return keys
}

// Dangling returns each foreign key that points at no row, as readable text. A
// null points nowhere and is fine. Only rows that changed are looked at, and
// those that point into a table from which rows went.
func (s *Session) Dangling() []string {
	var found []string
	for _, k := range s.w.refs {
		for _, key := range k.suspects(s.cur, s.w.base) {
			if r := s.cur.get(k.from.index, key); r != nil {
				found = k.check(found, s.cur, r)
			}
		}
	}
	return found
}

// suspects returns the keys of the rows that may dangle.
func (k *foreignKey) suspects(st, base *state) []string {
	k.once.Do(func() {
		for _, r := range k.from.order {
			if len(k.check(nil, base, r)) > 0 {
				k.base = append(k.base, r.key)
			}
		}
	})
	if d := st.delta(k.to.index); d != nil && d.removed() {
		var all []string
		for r := range st.all(k.from.index) {
			all = append(all, r.key)
		}
		return all
	}
	d := st.delta(k.from.index)
	if d == nil {
		return k.base
	}
	keys := slices.Clone(k.base)
	for key := range d.rows {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// removed says whether rows of the base are gone.
func (d *delta) removed() bool {
	for _, e := range d.rows {
		if e.rec == nil {
			return true
		}
	}
	return false
}

// check appends what a row's foreign key points at in vain.
func (k *foreignKey) check(found []string, st *state, r *record) []string {
	v, _ := r.object().Get(k.column)
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, item := range list {
		if item == nil {
			continue
		}
		key, ok := keyText(item)
		if !ok {
			key = pyjson.Repr(item)
		}
		if st.get(k.to.index, key) == nil {
			found = append(found, fmt.Sprintf("%s %s: %s points at %s %s, which is not there", k.from.Entity, r.key, k.column, k.to.Entity, key))
		}
	}
	return found
}
