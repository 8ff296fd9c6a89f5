package rows

import (
	"iter"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// Text is json.dumps of a value; that of a row that no call has changed is made
// once for all states.
func (s *State) Text(v any) string {
	row, ok := v.(*pyjson.Object)
	if !ok {
		return pyjson.TextASCII(v)
	}
	shown := s.base.shown[row]
	if shown == nil {
		return pyjson.TextASCII(row)
	}
	shown.once.Do(func() { shown.text = pyjson.TextASCII(row) })
	return shown.text
}

// Once returns what make makes of the unchanged data, and makes it once for all
// states; what names it. Of data that a state may have changed it says nothing.
func (s *State) Once(what any, make func(*State) any) any {
	if v, ok := s.base.memory.Load(what); ok {
		return v
	}
	v, _ := s.base.memory.LoadOrStore(what, make(s.base.Start()))
	return v
}

// An Index finds rows of a table by keys. They must be such that no call changes
// them, and no call may add rows to the table.
type Index struct {
	Table string
	Keys  func(*pyjson.Object) []string
}

type entry struct {
	id  string
	row *pyjson.Object
}

// By yields the rows that have a key, in the order of their table.
func (s *State) By(ix *Index, key string) iter.Seq2[string, *pyjson.Object] {
	entries := s.Once(ix, ix.read).(map[string][]entry)[key]
	changed := s.changed[s.base.table(ix.Table)]
	return func(yield func(string, *pyjson.Object) bool) {
		for _, e := range entries {
			row := e.row
			if newer, ok := changed[e.id]; ok {
				row = newer
			}
			if !yield(e.id, row) {
				return
			}
		}
	}
}

func (ix *Index) read(base *State) any {
	entries := map[string][]entry{}
	for id, row := range base.All(ix.Table) {
		for _, key := range ix.Keys(row) {
			entries[key] = append(entries[key], entry{id, row})
		}
	}
	return entries
}
