package seed

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// naming words are the ends of names of columns that say by what a thing is
// named; those of ids say the same.
var (
	idEnds  = words.Set("id ids identifier identifiers")
	endings = words.Set("id identifier arn name")
)

// Stem splits the words of a column into those for a thing and what of it the
// column holds: connection and arn.
func Stem(name []string) (thing, of string) {
	n := len(name)
	if n == 0 || !endings[name[n-1]] {
		return "", ""
	}
	of = name[n-1]
	if idEnds[of] {
		of = "id"
	}
	return strings.Join(name[:n-1], "_"), of
}

// agree makes the columns of a row say the same that name the same thing: the
// row itself, assetId beside id, or another, domainId beside domainIdentifier.
func (r *row) agree() {
	first := map[string]int{}
	own := strings.Join(words.Split(r.t.Entity), "_")
	if key := r.t.column(r.t.Key); key >= 0 {
		if thing, of := Stem(r.t.shapes[key].Words); of == "id" && (thing == "" || thing == own) {
			first[own] = key
		}
	}
	if col := r.t.column("name"); col >= 0 && r.t.Key != "name" && r.t.shapes[col].Type == "string" && strings.Contains(r.t.texts[r.i], "/") && wholeNames.MatchString(r.t.shapes[col].Doc) {
		r.keep(col, r.t.texts[r.i])
	}
	if col := r.t.column("sha"); col >= 0 && commitHash.MatchString(r.t.texts[r.i]) {
		r.keep(col, r.t.texts[r.i])
	}
	for _, mayChange := range []bool{false, true} {
		for col, s := range r.t.shapes {
			thing, of := Stem(s.Words)
			if of != "id" || s.Type != "string" || len(s.Enum) > 0 {
				continue
			}
			if thing == "" {
				thing = own
			}
			at, met := first[thing]
			switch fixed := r.t.Columns[col].Ref != "" || r.t.Columns[col].Semantic == Scope || r.t.Columns[col].Unique; {
			case fixed == mayChange:
			case !met:
				first[thing] = col
			case at != col && mayChange:
				if v, ok := r.values[at].(string); ok && r.values[col] != nil && s.Allows(v) {
					r.values[col] = v
				}
			}
		}
	}
}

// wholeNames is how descriptions call a name that is a path.
var wholeNames = regexp.MustCompile(`(?i)\bresource name\b|projects/|organizations/`)

// commitHash is a key that is the hash of what it names.
var commitHash = regexp.MustCompile(`^[0-9a-f]{40}$`)

// repeatNames gives columns that name a row of another table, by something else
// than its key, what such a row is called there: the arn of one of the
// connections.
func (f *seeder) repeatNames(t *table) {
	for col, s := range t.shapes {
		thing, of := Stem(s.Words)
		c := t.Columns[col]
		if thing == "" || s.Type != "string" || c.Ref != "" || c.Unique || c.Name == t.Key || len(s.Enum) > 0 || of == "name" && !f.in.Technical {
			continue
		}
		o := f.tableOf(thing, t)
		if o == nil {
			continue
		}
		from := o.columnNamed(of)
		if from == "" || len(o.rows) == 0 {
			continue
		}
		via := slices.IndexFunc(t.Columns, func(c2 scaler.Column) bool { return c2.Ref == o.Name && c2.Type != "array" })
		rng := f.rand(t, "names", c.Name)
		for _, row := range t.rows {
			i := rng.IntN(len(o.rows))
			if via >= 0 {
				key, _ := row.Get(t.Columns[via].Name)
				at, ok := o.at[pyjson.Bare(key)]
				if key == nil || !ok {
					continue
				}
				i = at
			}
			have, _ := row.Get(c.Name)
			if v, _ := o.rows[i].Get(from); have != nil && v != nil && s.Allows(v) {
				row.Set(c.Name, v)
			}
		}
	}
}

// tableOf returns the other table that holds things of a name.
func (f *seeder) tableOf(thing string, than *table) *table {
	for _, t := range f.tables {
		if t != than && strings.Join(words.Split(t.Entity), "_") == thing {
			return t
		}
	}
	return nil
}

// columnNamed returns the column that holds a row's own arn, name or id.
func (t *table) columnNamed(of string) string {
	own := strings.Join(words.Split(t.Entity), "_")
	for col, s := range t.shapes {
		thing, is := Stem(s.Words)
		if is == of && (thing == "" || thing == own) && s.Type == "string" {
			return t.Columns[col].Name
		}
	}
	return ""
}
