package rows

import "github.com/agentscaler/scaler/internal/pyjson"

// Data is what the store was made of, to read.
func (s *Store) Data() *pyjson.Object {
	data := pyjson.NewObject(len(s.tables))
	for _, t := range s.tables {
		if t.list {
			data.Set(t.name, values(t.rows))
			continue
		}
		data.Set(t.name, t.rows)
	}
	return data
}

func values(rows *pyjson.Object) []any {
	list := make([]any, 0, rows.Len())
	for _, row := range rows.All() {
		list = append(list, row)
	}
	return list
}
