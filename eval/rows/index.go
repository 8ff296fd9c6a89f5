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
// states. Of data that a state may have changed it says nothing.
func (s *State) Once(name string, make func(*State) any) any {
	if v, ok := s.base.memory.Load(name); ok {
		return v
	}
	v, _ := s.base.memory.LoadOrStore(name, make(s.base.Start()))
	return v
}

// By yields the rows of a table, in its order, that have a key among those that
// of returns. The keys of a row must be such that no call changes them, and no
// call may add rows to the table.
func (s *State) By(table, index string, of func(*pyjson.Object) []string, key string) iter.Seq2[string, *pyjson.Object] {
	places := s.Once(table+" by "+index, func(base *State) any {
		places := map[string][]string{}
		for id, row := range base.All(table) {
			for _, key := range of(row) {
				places[key] = append(places[key], id)
			}
		}
		return places
	}).(map[string][]string)
	return func(yield func(string, *pyjson.Object) bool) {
		for _, id := range places[key] {
			if row, ok := s.Row(table, id); ok && !yield(id, row) {
				return
			}
		}
	}
}
