package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// What results may leave out is not there in a new row unless the caller gave
// it or the service fills it in, and its answers leave it out: an empty text in
// its place is what no service answers.

// omit marks the columns that every declared result may leave out, or that no result
// declares and nobody has to give, of tables whose rows tools make.
func (t *table) omit() {
	if t.basket != nil || t.ledger != nil || !t.makes() {
		return
	}
	t.absent = map[string]bool{}
	for i, c := range t.Columns {
		switch {
		case c.Name == t.Key, c.Nullable, c.Unique, c.Type == "array", c.Type == "boolean", isStock(c), slices.Contains(t.around, c.Name),
			c.Name == t.naming.under, t.Status != nil && c.Name == t.Status.Column:
		case t.fills(c) || t.given(c):
		case t.supposed(c), t.onlyAskedFor(c):
			t.Columns[i].Nullable = true
		case t.declared && t.mayOmit(c):
			t.absent[c.Name] = true
		}
	}
}

// supposed says whether only texts and arguments say that rows have the column: one
// that nobody fills in is empty.
func (t *table) supposed(c scaler.Column) bool {
	return !t.declared && c.Ref == "" && !isStock(c) && (c.Type == "string" && len(c.Enum) == 0 || c.Type == "object")
}

// onlyAskedFor says whether the column points at rows of another table that these do
// not lie under, and no result shows it: whose a new row is, nobody says.
func (t *table) onlyAskedFor(c scaler.Column) bool {
	if c.Ref == "" || c.Type == "array" {
		return false
	}
	under := slices.ContainsFunc(t.parents, func(p string) bool { return tableName(p) == c.Ref || tableName(words.Singular(p)) == c.Ref })
	return !under && !slices.ContainsFunc(t.ops, func(o *op) bool {
		return slices.ContainsFunc(o.shape.row.Props(), func(p schema.Prop) bool { return snake(p.Name) == snake(c.Name) }) ||
			slices.ContainsFunc(o.binds, func(b bind) bool { return b.p.In == "path" && b.Column == c.Name })
	})
}

// given says whether whoever makes a row has to say what the column holds.
func (t *table) given(c scaler.Column) bool {
	return !slices.ContainsFunc(t.ops, func(o *op) bool {
		return o.kind == scaler.Create && !slices.ContainsFunc(o.binds, func(b bind) bool {
			return b.p.Required && (b.Role == roleSet && b.Column == c.Name || b.Role == roleRef && b.Table == c.Ref)
		})
	})
}

// mayOmit says whether some result shows the column, and none has to.
func (t *table) mayOmit(c scaler.Column) bool {
	shown := false
	for _, o := range t.ops {
		for _, p := range o.shape.row.Props() {
			if snake(p.Name) != snake(c.Name) {
				continue
			}
			if p.Required {
				return false
			}
			shown = true
		}
	}
	return shown
}

// loosened returns the schema of a world whose new rows may lack what results
// may leave out.
func (dr *draft) loosened() scaler.Schema {
	s := dr.schema()
	for i, t := range s.Tables {
		of := dr.atlas.table(t.Name)
		for j, c := range t.Columns {
			if of.absent[c.Name] {
				s.Tables[i].Columns[j].Nullable = true
			}
		}
	}
	return s
}

// unsay empties the columns of rows that only a change fills.
func (dr *draft) unsay(rows []scaler.Row) []scaler.Row {
	for i, r := range rows {
		t := dr.atlas.table(r.Table)
		if t == nil || len(t.unsaid) == 0 {
			continue
		}
		o, err := pyjson.ParseObject(r.Value)
		if err != nil {
			continue
		}
		for _, c := range t.Columns {
			if t.unsaid[c.Name] {
				o.Set(c.Name, nil)
			}
		}
		rows[i].Value = pyjson.Marshal(o)
	}
	return rows
}

// told leaves out of an answer what is not there, of the fields that may be left
// out.
func (w *writer) told(answer string, fields []string) string {
	var may []string
	for _, f := range fields {
		if w.t != nil && w.t.absent[f] {
			may = append(may, f)
		}
	}
	if len(may) == 0 {
		return answer
	}
	return w.use("told") + "(" + answer + ", " + w.list(w.t.Entity, "OPTIONAL", may) + ")"
}

// beginnings are words of the dates that a row has from its beginning.
var beginnings = wordSet(`create created creation update updated modify modified modification submit submitted submission request requested insert
	inserted insertion register registered registration join joined enroll enrolled add added change changed queued`)

// homes are columns of what a new row shares with those on record, as one
// account keeps them all in one place.
var homes = wordSet(`account account_id owner_id owner_account owner_account_id tenant_id workspace_id organization_id org_id project_id project_number
	aws_account_id customer_id region region_name location availability_zone zone created_by creator created_by_id creator_id`)

// fills says whether the service itself fills in a column of a new row that the
// caller may leave out.
func (t *table) fills(c scaler.Column) bool {
	n := snake(c.Name)
	last := lastWord(n)
	switch {
	case len(c.Enum) == 1, homes[n]:
		return true
	case isDate(c) || strings.HasPrefix(c.Semantic, "date"):
		return t.datesMaking(c) || slices.ContainsFunc(words.Split(c.Name), func(w string) bool { return beginnings[w] })
	case c.Type != "string":
		return last == "count" || last == "version" && c.Type == "integer"
	case last == "id" || last == "uuid" || last == "guid" || last == "identifier":
		return n == last || idStem(n) == t.Entity || idStem(n) == lastWord(t.Entity)
	case last == "arn" || last == "urn" || last == "self" || last == "href" || last == "uri" || last == "url" || last == "link":
		return n == last || strings.HasPrefix(n, "self_") || strings.HasPrefix(n, lastWord(t.Entity)+"_") || strings.HasPrefix(n, "resource_")
	}
	return last == "etag" || last == "fingerprint" || n == "support_code"
}

// datesMaking says whether the column is the time of what the text of a tool that makes
// rows begins with: lent_on, where it says "Lend an item".
func (t *table) datesMaking(c scaler.Column) bool {
	return slices.ContainsFunc(t.ops, func(o *op) bool {
		if o.kind != scaler.Create {
			return false
		}
		return dates(c, english.Participle(o.verb)) || dates(c, english.Participle(first(words.Split(o.tool.Description))))
	})
}
