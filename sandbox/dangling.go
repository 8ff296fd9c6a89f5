package sandbox

import (
	"fmt"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// Dangling returns each foreign key that points at no row, as readable text. A
// null points nowhere and is fine.
func (s *Session) Dangling() []string {
	var found []string
	for _, t := range s.w.tables {
		for _, c := range t.Columns {
			to := s.w.byName[c.Ref]
			if to == nil {
				continue
			}
			for r := range s.cur.all(t.index) {
				v, _ := r.obj.Get(c.Name)
				for _, key := range refs(v) {
					if s.cur.get(to.index, key) == nil {
						found = append(found, fmt.Sprintf("%s %s: %s points at %s %s, which is not there", t.Entity, r.key, c.Name, to.Entity, key))
					}
				}
			}
		}
	}
	return found
}

// refs returns the keys a foreign key value holds.
func refs(v any) []string {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var keys []string
	for _, item := range list {
		if item == nil {
			continue
		}
		key, ok := keyText(item)
		if !ok {
			key = pyjson.Repr(item)
		}
		keys = append(keys, key)
	}
	return keys
}
