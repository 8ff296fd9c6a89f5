package world

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/prompt"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/sandbox"
)

// Bounds on what a model may add to a schema.
const (
	mostTables     = 12
	mostNewColumns = 24
	mostSeed       = 200
	mostExamples   = 40
)

var schemaForm = json.RawMessage(`{"type":"object","required":["tables"],"properties":{"tables":{"type":"array","items":{"type":"object","required":["name","entity","key","columns"]}}}}`)

// amend asks the model for a better schema and takes what of it leaves the
// built-in tools at work.
func (k *desk) amend(ctx context.Context) {
	page := prompt.SchemaPage{Name: k.floor.Name, Summary: k.floor.Summary, Tools: k.lines(""), Schema: outlined(k.floor.Schema, k.floor.Schema)}
	var t talk
	t.say(page.String())
	for range k.repairs() + 1 {
		r, err := k.hear(ctx, &t, schemaForm, llm.Purpose{Stage: "world", Item: string(k.draft.domain.ID), Role: "schema"})
		if err != nil {
			return
		}
		var said scaler.Schema
		if err := readAnswer(r, &said); err != nil {
			k.tally.add(&k.tally.senseless, 1)
			t.say(prompt.Findings([]string{err.Error()}))
			continue
		}
		found := k.take(ctx, said)
		if len(found) == 0 {
			return
		}
		t.say(prompt.Findings(found))
	}
}

// take makes the floor one with the schema amended, or says what keeps it from
// that.
func (k *desk) take(ctx context.Context, said scaler.Schema) []string {
	schema, found := amended(k.floor.Schema, said)
	w := *k.floor
	w.Schema = schema
	for _, f := range Flaws(&w) {
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
	w.Rows = rows
	check, err := CheckIn(ctx, &w, sandbox.Options{})
	if err != nil {
		return []string{err.Error()}
	}
	if trouble := Trouble(check); trouble != "" {
		return []string{"with this schema the tools of the service break their contract: " + trouble}
	}
	w.Check = check
	k.floor = &w
	return nil
}

// seeded fills a schema; one that the seeder stumbles over is an error.
func seeded(seed uint64, style Style, s scaler.Schema, tools []scaler.WorldTool) (rows []scaler.Row, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("no rows can be made for this schema: %v", p)
		}
	}()
	return fill(seed, Now, style, s, tools...), nil
}

// amended is a schema with what a model says of it: more about the columns
// there are, new columns and new tables. It lists what cannot be taken.
func amended(base, said scaler.Schema) (scaler.Schema, []string) {
	out := scaler.Schema{Tables: slices.Clone(base.Tables)}
	var found []string
	added := 0
	for _, t := range said.Tables {
		i := slices.IndexFunc(out.Tables, func(have scaler.Table) bool { return have.Name == t.Name })
		switch {
		case i >= 0 && t.Key != "" && t.Key != out.Tables[i].Key:
			found = append(found, fmt.Sprintf("the key of %s is %s and has to stay", t.Name, out.Tables[i].Key))
		case i >= 0:
			out.Tables[i] = amendedTable(out.Tables[i], t)
		case added == mostTables:
			found = append(found, fmt.Sprintf("more than %d new tables", mostTables))
		case !plainWord.MatchString(t.Name) || !plainWord.MatchString(t.Entity):
			found = append(found, fmt.Sprintf("the table %q: name and entity are lower-case words joined by underscores", short(t.Name)))
		default:
			added++
			out.Tables = append(out.Tables, amendedTable(scaler.Table{Name: t.Name, Entity: t.Entity, Key: t.Key, Size: 12}, t))
		}
	}
	return out, found
}

func amendedTable(t, said scaler.Table) scaler.Table {
	t.Columns = slices.Clone(t.Columns)
	if said.Size > 0 && t.Size != 1 {
		t.Size = min(said.Size, mostSeed)
	}
	fresh := len(t.Columns) == 0
	room := mostNewColumns
	for _, c := range said.Columns {
		c.Schema, c.Examples = tame(c.Schema), c.Examples[:min(len(c.Examples), mostExamples)]
		i := slices.IndexFunc(t.Columns, func(have scaler.Column) bool { return have.Name == c.Name })
		switch {
		case i >= 0:
			t.Columns[i] = amendedColumn(t.Columns[i], c)
		case room > 0 && (plainWord.MatchString(c.Name) || fresh):
			room--
			c.Nullable = c.Nullable || !fresh
			c.Unique = c.Unique && fresh
			t.Columns = append(t.Columns, c)
		}
	}
	return t
}

// amendedColumn says more about a column. What code may depend on stays: type,
// reference, the values of an enum, and that it is never null.
func amendedColumn(c, said scaler.Column) scaler.Column {
	if c.Semantic == "" && c.Ref == "" {
		c.Semantic = said.Semantic
	}
	if c.Format == "" && c.Ref == "" {
		c.Format = said.Format
	}
	if len(c.Enum) == 0 && c.Ref == "" {
		c.Enum = said.Enum
	}
	if c.Min == nil {
		c.Min = said.Min
	}
	if c.Max == nil {
		c.Max = said.Max
	}
	if len(said.Examples) > 0 && c.Ref == "" {
		c.Examples = said.Examples
	}
	if c.Doc == "" {
		c.Doc = line(said.Doc)
	}
	return c
}

// prune takes out the tables of the model's that nothing came to use.
func (k *desk) prune(w *scaler.World) {
	used := map[string]bool{}
	for _, name := range identifiers.FindAllString(w.Code, -1) {
		used[name] = true
	}
	for _, t := range w.Schema.Tables {
		for _, c := range t.Columns {
			used[c.Ref] = used[c.Ref] || c.Ref != t.Name
		}
	}
	first := k.draft.schema()
	idle := func(name string) bool { _, there := first.Table(name); return !there && !used[name] }
	w.Schema.Tables = slices.DeleteFunc(slices.Clone(w.Schema.Tables), func(t scaler.Table) bool { return idle(t.Name) })
	w.Rows = slices.DeleteFunc(slices.Clone(w.Rows), func(r scaler.Row) bool { return idle(r.Table) })
}

// tamed are the words of a JSON Schema that say what a value looks like and
// cannot ask for a huge one.
var tamed = map[string]bool{"type": true, "properties": true, "required": true, "items": true, "enum": true, "format": true,
	"description": true, "minimum": true, "maximum": true, "nullable": true}

// tame keeps of a schema what cannot ask for a value without bounds.
func tame(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return nil
	}
	v, err := pyjson.Parse(raw)
	if err != nil {
		return nil
	}
	return pyjson.Marshal(tameValue(v, 0))
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
