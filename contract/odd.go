package contract

import (
	"fmt"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
)

// oddAfter finds a value that a call stored and that its column does not take; empty
// for none.
func (p *probe) oddAfter(before, after *sandbox.Session) string {
	for _, c := range after.Diff() {
		table, _ := p.world.Schema.Table(c.Table)
		row, ok := after.Row(c.Table, c.Key)
		if !ok {
			continue
		}
		was, there := before.Row(c.Table, c.Key)
		for _, col := range table.Columns {
			v, _ := row.Get(col.Name)
			if text := Misplaced(col, v); text != "" && !(there && holds(was, col.Name, v)) {
				return fmt.Sprintf("%s of %s %s %s", col.Name, table.Entity, Short(c.Key), text)
			}
		}
	}
	return ""
}

// holds says whether a row has a value already.
func holds(row *pyjson.Object, column string, v any) bool {
	old, _ := row.Get(column)
	return string(pyjson.Canonical(old)) == string(pyjson.Canonical(v))
}
