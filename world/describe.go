package world

import (
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// describe adds the columns that the descriptions of the tools speak of, where
// no schema says what the rows look like, and those that any row of the kind
// has.
func (t *table) describe() {
	if t.declared || t.event {
		return
	}
	for _, o := range t.ops {
		if describes(o.kind) {
			for _, name := range listed(o.tool.Description) {
				t.addGuess(name, o)
			}
		}
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

func (t *table) addGuess(name string, o *op) {
	if t.find(name) != nil || t.find(plainName(t.Entity, name)) != nil || len(t.Columns) > 12 || name == t.Entity {
		return
	}
	c := scaler.Column{Name: plainName(t.Entity, name), Type: guessType(name)}
	if c.Semantic = semantic(t.Entity, c); c.Semantic == "" && c.Type == "string" {
		return
	}
	t.add(c)
	o.note("its description speaks of", spoken(name))
}

// addAssumed adds a column that no text mentions.
func (t *table) addAssumed(name string) {
	if t.find(name) != nil {
		return
	}
	c := scaler.Column{Name: name, Type: "string"}
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

// cues begin a list of what rows hold.
var cues = []string{"including ", "includes ", "containing ", "contains ", "such as ", "with their ", "with its ", "like "}

// listed returns the nouns of the list that a description gives after a cue:
// "including name, price and stock".
func listed(text string) []string {
	var out []string
	low := strings.ToLower(text)
	for _, cue := range cues {
		_, rest, ok := strings.Cut(low, cue)
		if !ok {
			continue
		}
		if i := strings.IndexAny(rest, ".;:()\n'\""); i >= 0 {
			rest = rest[:i]
		}
		rest = strings.ReplaceAll(rest, " and ", ",")
		for _, item := range strings.Split(rest, ",") {
			w := words.Split(item)
			for len(w) > 0 && (fillers[w[0]] || w[0] == "its" || w[0] == "their" || w[0] == "other" || w[0] == "and" || w[0] == "or") {
				w = w[1:]
			}
			if len(w) == 0 || len(w) > 3 {
				continue
			}
			w[len(w)-1] = words.Singular(w[len(w)-1])
			out = append(out, strings.Join(w, "_"))
		}
	}
	return out
}

// markUnique marks the columns that the texts call unique.
func (t *table) markUnique() {
	for _, o := range t.ops {
		if o.kind != scaler.Create {
			continue
		}
		for _, b := range o.binds {
			if b.Role != roleSet || b.Column == "" || b.p.Schema.typ() != "string" || len(b.p.Schema.list("enum")) > 0 || b.p.In == "path" && b.Column != t.Key {
				continue
			}
			text := strings.ToLower(b.p.Schema.text("description"))
			about := strings.ToLower(o.tool.Description)
			name := strings.ToLower(b.p.Name)
			if saysUnique(text) || strings.Contains(text, "must not exist") || strings.Contains(about, "unique "+name) || strings.Contains(about, name+" already") {
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
