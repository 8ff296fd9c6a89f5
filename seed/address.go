package seed

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// addressed are the last words of columns that hold where a thing is found.
var addressed = words.Set("arn self href url uri link")

// Named returns the columns whose value an address of that name may hold: the
// key of the row where it is the row's own address, else the id of what it is of.
func Named(name, entity, key string) []string {
	parts := words.Split(name)
	if len(parts) == 0 || !addressed[parts[len(parts)-1]] {
		return nil
	}
	of := strings.Join(parts[:len(parts)-1], "_")
	if of == "" || of == entity || of == words.Last(entity) {
		return []string{key}
	}
	return []string{of + "_id", of + "_identifier", of + "_uuid"}
}

// readdress makes the arn of what a row refers to end in the id that the row has
// for it.
func (r *row) readdress() {
	for col, s := range r.t.shapes {
		text, ok := r.values[col].(string)
		if !ok || !strings.HasPrefix(text, "arn:") || col == r.t.column(r.t.Key) || r.t.Columns[col].Ref != "" {
			continue
		}
		for _, name := range Named(s.Name, r.t.Entity, r.t.Key) {
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
