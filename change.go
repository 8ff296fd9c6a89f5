package scaler

import "encoding/json"

// A Change says how one row differs between two states.
type Change struct {
	Table  string          `json:"table"`
	Key    string          `json:"key"`
	Op     string          `json:"op"`            // insert, update, delete
	Row    json.RawMessage `json:"row,omitempty"` // of an insert: the whole row
	Fields []FieldChange   `json:"fields,omitempty"`
}

// A FieldChange is one field of an update. New is absent where the field went
// away, Old where it came.
type FieldChange struct {
	Field string          `json:"field"`
	Old   json.RawMessage `json:"old,omitempty"`
	New   json.RawMessage `json:"new,omitempty"`
}
