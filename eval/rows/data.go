package rows

import "github.com/agentscaler/scaler/internal/pyjson"

// Data is what the store was made of, to read.
func (s *Store) Data() *pyjson.Object {
	data := pyjson.NewObject(len(s.tables))
	for _, t := range s.tables {
		data.Set(t.name, t.rows)
	}
	return data
}
