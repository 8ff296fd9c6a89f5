package world

import (
	"fmt"
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/seed"
	"github.com/agentscaler/scaler/world/english"
)

// ownText writes what a service makes up itself for a new row: its address or
// resource name in the style of the rows on record, an identifier, a first
// state. It is empty for what callers give.
func (w *writer) ownText(c scaler.Column, given map[string]bind) string {
	if c.Type != "string" || c.Nullable || len(c.Enum) > 0 || c.Ref != "" || c.Name == w.t.Key || c.Semantic == seed.Scope || w.t.Status != nil && c.Name == w.t.Status.Column {
		return ""
	}
	if w.t.absent[c.Name] {
		return ""
	}
	s := fake.Column(c, w.t.Entity)
	if s.Pattern != nil || s.MaxLength >= 0 {
		return ""
	}
	switch s.Semantic {
	case "arn", "self", "url":
		if len(s.Words) > 2 || s.Semantic == "url" && len(s.Words) > 1 {
			return "" // of something else
		}
		return fmt.Sprintf("%s(db.%s, %s, str(%s))", w.use("beside"), w.t.Name, quote(c.Name), w.ownName(given))
	case "id":
		if c.Format == "uuid" {
			return "uuid(" + quote(c.Name) + ")"
		}
	case "md5":
		return "uuid(" + quote(c.Name) + `).replace("-", "")`
	case "secret":
		return `"sample-" + uuid(` + quote(c.Name) + ")[:18]"
	}
	if choices := s.Choices(); len(choices) > 0 && s.IsStatus() {
		at := slices.IndexFunc(english.Initials, func(state string) bool { return slices.Contains(choices, state) })
		if at >= 0 {
			w.o.note("assumed:", c.Name, "of a new row is", english.Initials[at])
			return quote(english.Initials[at])
		}
	}
	return ""
}

// ownName is what a new row is known by: the name or key that the caller gives,
// or the next key.
func (w *writer) ownName(given map[string]bind) string {
	for _, column := range []string{"name", w.t.Key} {
		if b, ok := given[column]; ok && b.p.Required && b.p.Wrap == "" {
			return w.arg(b.p)
		}
	}
	return w.nextName()
}
