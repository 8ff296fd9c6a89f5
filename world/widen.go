package world

import (
	"encoding/json"
	"slices"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
)

// widen lets columns hold what tools may set them to: a result lists open alerts only,
// and a change closes them.
func (t *table) widen() {
	for _, o := range t.ops {
		for _, b := range o.binds {
			c := t.find(b.Column)
			if b.Role != roleSet || b.Table != t.Name || c == nil || len(c.Enum) == 0 {
				continue
			}
			for _, v := range b.p.Schema.List("enum") {
				value := json.RawMessage(pyjson.Marshal(v))
				if schema.TypeOf(v) == c.Type && !slices.ContainsFunc(c.Enum, func(have json.RawMessage) bool { return string(have) == string(value) }) {
					c.Enum = append(slices.Clip(c.Enum), value)
				}
			}
		}
	}
}
