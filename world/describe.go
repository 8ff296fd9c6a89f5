package world

import (
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/world/english"
)

// describe adds the columns that any row of the kind has, where no schema says
// what the rows look like.
func (t *table) describe() {
	if t.declared || t.event {
		return
	}
	t.complete()
	if t.alone {
		return
	}
	if !t.hasText() && len(t.Columns) < 4 {
		t.addAssumed("name")
	}
	for _, o := range t.ops {
		if o.kind == scaler.Create {
			t.addAssumed("created_at")
			return
		}
	}
}

// addAssumed adds a column that no text mentions.
func (t *table) addAssumed(name string) {
	if t.find(name) != nil {
		return
	}
	c := scaler.Column{Name: name, Type: "string", Assumed: true}
	if name == "created_at" {
		c.Format = "date-time"
	}
	t.add(c)
	for _, o := range t.ops {
		o.note("assumed: rows have a", name)
	}
}

func (t *table) hasText() bool {
	for _, c := range t.Columns {
		if c.Type == "string" && c.Name != t.Key && c.Ref == "" && len(c.Enum) == 0 && !isDate(c) {
			return true
		}
	}
	return false
}

// markUnique marks the columns that the texts call unique.
func (t *table) markUnique() {
	for _, o := range t.ops {
		if o.kind != scaler.Create {
			continue
		}
		for _, b := range o.binds {
			if b.Role != roleSet || o.table.find(b.Column) == nil || b.p.Schema.Type() != "string" || len(b.p.Schema.List("enum")) > 0 || b.p.In == "path" && b.Column != t.Key {
				continue
			}
			text := strings.ToLower(b.p.Schema.Text("description"))
			if saysUnique(text) || strings.Contains(text, "must not exist") || english.Unique(o.tool.Description, b.p.Name) {
				t.find(b.Column).Unique = true
			}
		}
	}
}

// saysUnique says whether a description wants a value that no other row has:
// what uniquely identifies something else, or is set by the service, is not meant.
func saysUnique(text string) bool {
	return strings.Contains(text, "unique") && !strings.Contains(text, "uniquely") && !strings.Contains(text, "read-only") && !strings.Contains(text, "readonly")
}
