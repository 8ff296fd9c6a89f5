package seed

import (
	"slices"

	"github.com/agentscaler/scaler"
)

// findFilled finds the columns that nothing but moves fills: lend sets the member
// and the status to lent, so that what was never lent has no member.
func (t *table) findFilled(tools []scaler.WorldTool) {
	t.filled = map[string]map[string]bool{}
	if t.Status == nil {
		return
	}
	others := map[string]bool{} // columns that some other tool fills
	for _, tool := range tools {
		to := t.leadsTo(tool.Name)
		for _, b := range tool.Binds {
			c, ok := t.Column(b.Column)
			switch {
			case b.Table != t.Name || b.Role != "set" || !ok || !c.Nullable || c.Name == t.Status.Column:
			case len(to) == 0:
				others[c.Name] = true
			default:
				if t.filled[c.Name] == nil {
					t.filled[c.Name] = map[string]bool{}
				}
				for _, state := range to {
					t.filled[c.Name][state] = true
				}
			}
		}
	}
	for name := range others {
		delete(t.filled, name)
	}
}

// leadsTo are the states in which a row may be after a move by a tool, other than
// the one that rows begin in; empty where the tool moves nothing.
func (t *table) leadsTo(tool string) []string {
	var out []string
	for _, m := range t.Status.Moves {
		if m.Tool == tool && !slices.Contains(out, m.To) {
			out = append(out, m.To)
		}
	}
	for i := 0; i < len(out); i++ {
		for _, m := range t.Status.Moves {
			if slices.Contains(m.From, out[i]) && m.To != t.Status.Initial && !slices.Contains(out, m.To) {
				out = append(out, m.To)
			}
		}
	}
	return out
}
