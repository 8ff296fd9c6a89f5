package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// The arn of a knowledge base ends in its id, and the url of a new row names that
// row and none of those that were there.

// addressed are the last words of columns that hold where a thing is found.
var addressed = wordSet("arn self href url uri link")

// namedIn returns the columns whose value an address of that name may hold: the
// key of the row where it is the row's own address, else the id of what it is of.
func namedIn(name, entity, key string) []string {
	parts := words.Split(name)
	if len(parts) == 0 || !addressed[parts[len(parts)-1]] {
		return nil
	}
	of := strings.Join(parts[:len(parts)-1], "_")
	if of == "" || of == entity || of == lastWord(entity) {
		return []string{key}
	}
	return []string{of + "_id", of + "_identifier", of + "_uuid"}
}

// address writes the address of a new row as those on record, with what it names
// in place of what they name; other is what it is where they name nothing.
func (w *writer) address(c scaler.Column, given map[string]bind, other string) string {
	if c.Type != "string" || c.Nullable || c.Ref != "" || len(c.Enum) > 0 || c.Name == w.t.Key {
		return other
	}
	for _, name := range namedIn(c.Name, w.t.Entity, w.t.Key) {
		of := w.t.find(name)
		if of == nil || of.Type != "string" && of.Type != "integer" {
			continue
		}
		if b, ok := given[of.Name]; of.Name == w.t.Key || ok && b.p.Required && b.p.Wrap == "" {
			return fmt.Sprintf("%s(db.%s, %s, %s, %s, %s)", w.use("readdressed"), w.t.Name, quote(c.Name), quote(of.Name), w.newValue(*of, given), other)
		}
	}
	return other
}

// readdress makes the arn of what a row refers to end in the id that the row has
// for it.
func (r *seedRow) readdress() {
	for col, s := range r.t.shapes {
		text, ok := r.values[col].(string)
		if !ok || !strings.HasPrefix(text, "arn:") || col == r.t.column(r.t.Key) || r.t.Columns[col].Ref != "" {
			continue
		}
		for _, name := range namedIn(s.Name, r.t.Entity, r.t.Key) {
			of := slices.Index(r.t.names, name)
			if of < 0 || r.values[of] == nil {
				continue
			}
			if id := pyjson.Bare(r.values[of]); !strings.Contains(text, id) && !strings.ContainsAny(id, ":/ ") {
				r.keep(col, text[:strings.LastIndexAny(text, ":/")+1]+id)
			}
		}
	}
}
