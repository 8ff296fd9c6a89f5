package author

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/internal/prompt"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/seed"
	"github.com/agentscaler/scaler/world"
)

// Bounds on what a model may add to a schema.
const (
	mostTables     = 24
	mostNewColumns = 40
	mostSeed       = 200
	mostExamples   = 40
)

// A design is what a model says of a world's database.
type design struct {
	scaler.Schema
	Rows map[string][]json.RawMessage `json:"rows"` // table -> its rows, whole
	Gone []string                     `json:"gone"` // "table" or "table.column" of the built-in schema
}

var designForm = json.RawMessage(`{"type":"object","required":["tables"],"properties":{
	"tables":{"type":"array","items":{"type":"object","required":["name","entity","key","columns"]}},
	"rows":{"type":"object","additionalProperties":{"type":"array","items":{"type":"object"}}},
	"gone":{"type":"array","items":{"type":"string"}}}}`)

// amend asks the model for a better database and takes what of it the contract
// bears.
func (k *desk) amend(ctx context.Context) {
	page := prompt.SchemaPage{Name: k.floor.Name, Summary: k.floor.Summary, Now: world.Now, Tools: k.toolPages(), Schema: outlined(k.floor.Schema, k.floor.Schema)}
	var t talk
	t.say(page.String())
	for range k.repairs() + 1 {
		r, err := k.hear(ctx, &t, designForm, llm.Purpose{Stage: "world", Item: string(k.base.Domain.ID), Role: "schema"})
		if err != nil {
			return
		}
		var said design
		if err := readAnswer(r, &said); err != nil {
			k.tally.add(&k.tally.senseless, 1)
			t.object([]string{err.Error()})
			continue
		}
		found := k.take(ctx, said)
		if len(found) == 0 {
			return
		}
		t.object(found)
	}
}

// take makes the floor one with the database amended, or says what keeps it
// from that. Built-in tools that break their contract on it are no longer there
// to fall back on; where they are more than half, the database is not taken.
func (k *desk) take(ctx context.Context, said design) []string {
	schema, found := amended(k.floor.Schema, said, k.declares)
	for name, rows := range said.Rows {
		setSize(schema, name, len(rows))
	}
	w := *k.floor
	w.Schema = schema
	for _, f := range contract.Flaws(&w) {
		if strings.HasPrefix(f.Place, "schema.json") && !f.Minor {
			found = append(found, f.Place+": "+f.Text)
		}
	}
	if len(found) > 0 {
		return found
	}
	rows, err := seeded(k.Seed, k.Style, w.Schema, w.Tools)
	if err != nil {
		return []string{err.Error()}
	}
	if w.Rows, found = laid(rows, k.floor.Schema, w.Schema, said.Rows); len(found) > 0 {
		return found
	}
	w.Schema = admitting(w.Schema, w.Rows)
	check, err := contract.Check(ctx, &w, sandbox.Options{})
	if err != nil {
		return []string{err.Error()}
	}
	_, broken := k.guilty(nil, check)
	broken = append(broken, slices.DeleteFunc(k.estranged(w.Schema), func(s *sheet) bool { return slices.Contains(broken, s) })...)
	if len(broken) > len(w.Tools)/2 {
		return k.misfits(broken, check)
	}
	k.floor, k.gone = &w, goneOf(said.Gone, said.Schema, w.Schema)
	k.floor.Check = check
	if len(broken) == 0 {
		return nil
	}
	k.forsake(broken)
	k.floor = k.mix(nil)
	if k.floor.Check, err = contract.Check(ctx, k.floor, sandbox.Options{}); err != nil {
		return []string{err.Error()}
	}
	return nil
}

// misfits says which built-in tools a database leaves without ground, and what to
// do about it.
func (k *desk) misfits(broken []*sheet, check scaler.Check) []string {
	out := []string{"with this database more than half of the built-in tools break their contract; keep the tables, columns and values that they use, or give rows on which they succeed"}
	for _, s := range broken {
		about := found(check, s.name)
		if len(about) == 0 {
			about = []string{"its code names values that a column no longer has"}
		}
		out = append(out, s.name+": "+about[0])
	}
	return out
}

// forsake leaves built-in tools out: only the model can write them now. The world
// that was the floor stays as it is, to fall back on.
func (k *desk) forsake(tools []*sheet) {
	floor := *k.floor
	floor.Dropped = slices.Clip(floor.Dropped)
	k.floor = &floor
	for _, s := range tools {
		s.was = nil
		floor.Dropped = append(floor.Dropped, scaler.Dropped{Tool: s.tool.ID, Name: s.name, Method: s.tool.Method, Path: s.tool.Path, Clause: "model", Reason: "its built-in code does not fit the database that a model designed"})
	}
}

func setSize(s scaler.Schema, table string, n int) {
	for i := range s.Tables {
		if s.Tables[i].Name == table && n > 0 {
			s.Tables[i].Size = min(n, mostSeed)
		}
	}
}

// seeded fills a schema; one that the seeder stumbles over is an error.
func seeded(from uint64, style seed.Style, s scaler.Schema, tools []scaler.WorldTool) (rows []scaler.Row, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("no rows can be made for this schema: %v", p)
		}
	}()
	return seed.Fill(from, world.Now, style, s, tools...), nil
}

// amended is a schema with what a model says of it: more about the columns
// there are, new columns and new tables. It lists what cannot be taken. The values
// of a column that declares names are the specification's and stay.
func amended(base scaler.Schema, said design, declares func(scaler.Column) bool) (scaler.Schema, []string) {
	out := scaler.Schema{Tables: slices.Clone(base.Tables)}
	var found []string
	added := 0
	for _, t := range said.Tables {
		t.Entity = words.Snake(t.Entity)
		i := slices.IndexFunc(out.Tables, func(have scaler.Table) bool { return have.Name == t.Name })
		switch {
		case i >= 0 && t.Key != "" && t.Key != out.Tables[i].Key:
			found = append(found, fmt.Sprintf("the key of %s is %s and has to stay; a table with another key needs another name", t.Name, out.Tables[i].Key))
		case i >= 0:
			found = append(found, clashes(out.Tables[i], t, declares)...)
			found = append(found, unnamed(out.Tables[i], t)...)
			out.Tables[i] = amendedTable(out.Tables[i], t, len(said.Rows[t.Name]) > 0, declares)
		case added == mostTables:
			found = append(found, fmt.Sprintf("more than %d new tables", mostTables))
		case !plainWord.MatchString(t.Name) || !plainWord.MatchString(t.Entity):
			found = append(found, fmt.Sprintf("the table %q: name and entity are lower-case words joined by underscores", contract.Short(t.Name)))
		default:
			added++
			found = append(found, unnamed(scaler.Table{}, t)...)
			out.Tables = append(out.Tables, amendedTable(scaler.Table{Name: t.Name, Entity: t.Entity, Key: t.Key, Size: 12, Status: t.Status}, t, true, declares))
		}
	}
	return out, found
}

// clashes are the columns that a model declares otherwise than they are.
func clashes(t, said scaler.Table, declares func(scaler.Column) bool) []string {
	var out []string
	for _, c := range said.Columns {
		have, ok := t.Column(c.Name)
		if ok && (c.Type != "" && c.Type != have.Type || c.Ref != "" && have.Ref != "" && c.Ref != have.Ref) {
			out = append(out, fmt.Sprintf("the column %s.%s is %s and has to stay so; keep your values in a column or table of another name, and list this one under gone", t.Name, c.Name, strings.TrimSpace(have.Type+" "+have.Ref)))
		}
		if ok && len(lost(values(c.Enum, have.Type), have.Enum)) > 0 && declares(have) {
			out = append(out, fmt.Sprintf("the values of %s.%s are the specification's and have to stay: %s", t.Name, c.Name, cut(joined(have.Enum), longestText)))
		}
	}
	return out
}

// unnamed are the new columns whose names code could not use.
func unnamed(t, said scaler.Table) []string {
	var out []string
	for _, c := range said.Columns {
		if _, there := t.Column(c.Name); !there && !columnName.MatchString(c.Name) {
			out = append(out, fmt.Sprintf("the column %q of %s: names are letters, digits and underscores", contract.Short(c.Name), said.Name))
		}
	}
	return out
}

// amendedTable is a table with what a model says of it; filled is whether the
// model gives its rows.
func amendedTable(t, said scaler.Table, filled bool, declares func(scaler.Column) bool) scaler.Table {
	was := t
	t.Columns = slices.Clone(t.Columns)
	if said.Size > 0 && t.Size != 1 {
		t.Size = min(said.Size, mostSeed)
	}
	if said.Status != nil {
		t.Status = said.Status
	}
	fresh := len(t.Columns) == 0
	room := mostNewColumns
	for _, c := range said.Columns {
		c.Schema, c.Examples = tame(c.Schema), c.Examples[:min(len(c.Examples), mostExamples)]
		i := slices.IndexFunc(t.Columns, func(have scaler.Column) bool { return have.Name == c.Name })
		switch {
		case i >= 0:
			t.Columns[i] = amendedColumn(t.Columns[i], c, filled, declares(t.Columns[i]))
		case room > 0 && columnName.MatchString(c.Name):
			room--
			c.Enum = values(c.Enum, c.Type)
			c.Nullable = c.Nullable || !fresh
			c.Unique = c.Unique && fresh
			t.Columns = append(t.Columns, c)
		}
	}
	if said.Status == nil {
		t.Status = stillMoving(was, t)
	}
	return t
}

// amendedColumn says more about a column. What code may depend on stays: type and
// reference, and the values that the specification declares; those that were only
// inferred give way. How text looks is the model's to say where it gives the rows.
func amendedColumn(c, said scaler.Column, filled, declared bool) scaler.Column {
	if filled && c.Ref == "" && c.Type == "string" {
		c.Semantic, c.Format, c.Schema = said.Semantic, said.Format, said.Schema
	}
	if said.Semantic != "" && c.Ref == "" {
		c.Semantic = said.Semantic
	}
	if said.Format != "" && c.Ref == "" {
		c.Format = said.Format
	}
	if enum := values(said.Enum, c.Type); len(enum) > 0 && c.Ref == "" && !declared {
		c.Enum = enum
	}
	if len(said.Schema) > 0 {
		c.Schema = said.Schema
	}
	if said.Min != nil {
		c.Min = said.Min
	}
	if said.Max != nil {
		c.Max = said.Max
	}
	if len(said.Examples) > 0 && c.Ref == "" {
		c.Examples = said.Examples
	}
	if said.Doc != "" {
		c.Doc = line(said.Doc)
	}
	c.Nullable = c.Nullable || said.Nullable
	return c
}

// tamed are the words of a JSON Schema that say what a value looks like and
// cannot ask for a huge one.
var tamed = map[string]bool{"type": true, "properties": true, "required": true, "items": true, "enum": true, "format": true,
	"description": true, "minimum": true, "maximum": true, "nullable": true}

// tame keeps of a schema what cannot ask for a value without bounds; of one that
// says nothing, such as null, nothing.
func tame(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return nil
	}
	o, err := pyjson.ParseObject(raw)
	if err != nil || o.Len() == 0 {
		return nil
	}
	return pyjson.Marshal(tameValue(o, 0))
}

func tameValue(v any, depth int) any {
	o, ok := v.(*pyjson.Object)
	if !ok || depth > 6 {
		return pyjson.NewObject(0)
	}
	out := pyjson.NewObject(o.Len())
	for word, x := range o.All() {
		switch {
		case !tamed[word]:
		case word == "items":
			out.Set(word, tameValue(x, depth+1))
		case word == "properties":
			props, _ := x.(*pyjson.Object)
			inner := pyjson.NewObject(0)
			if props != nil {
				for name, p := range props.All() {
					if inner.Len() < mostNewColumns {
						inner.Set(name, tameValue(p, depth+1))
					}
				}
			}
			out.Set(word, inner)
		default:
			out.Set(word, x)
		}
	}
	return out
}
