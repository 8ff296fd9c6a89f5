package world

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// widest is the most columns a table has; what a wider schema adds is left out.
const widest = 60

// find returns the column of that name, whatever its spelling.
func (t *table) find(name string) *scaler.Column {
	n := snake(name)
	for i := range t.Columns {
		if t.Columns[i].Name == name || snake(t.Columns[i].Name) == n {
			return &t.Columns[i]
		}
	}
	return nil
}

// add adds a column unless the table has one of the name, and returns it; nil
// where the table is full.
func (t *table) add(c scaler.Column) *scaler.Column {
	if have := t.find(c.Name); have != nil {
		enrich(have, c)
		return have
	}
	if len(t.Columns) >= widest {
		return nil
	}
	if c.Semantic == "" {
		c.Semantic = semantic(t.Entity, c)
	}
	t.Columns = append(t.Columns, c)
	return &t.Columns[len(t.Columns)-1]
}

// enrich takes from another description of a column what it lacks itself.
func enrich(c *scaler.Column, from scaler.Column) {
	if c.Type != from.Type {
		return
	}
	if len(c.Enum) == 0 && c.Format == "" && len(c.Examples) == 0 {
		c.Examples = from.Examples
	}
	if c.Doc == "" {
		c.Doc = from.Doc
	}
	if c.Schema == nil {
		c.Schema = from.Schema
	}
	c.Nullable = c.Nullable && from.Nullable
	c.Assumed = c.Assumed && from.Assumed
}

// columnOf describes a property as a column.
func columnOf(p schema.Prop) scaler.Column {
	s := p.Schema
	c := scaler.Column{Name: p.Name, Type: s.Type(), Format: s.Text("format"), Nullable: s.Nullable,
		Min: s.Number("minimum"), Max: s.Number("maximum"), Doc: firstSentence(s.Text("description"))}
	for _, v := range s.List("enum") {
		if v != nil {
			c.Enum = append(c.Enum, pyjson.Marshal(v))
		}
	}
	if v, ok := s.Get("const"); ok && v != nil {
		c.Enum = []json.RawMessage{pyjson.Marshal(v)}
	}
	if v, ok := s.Get("default"); ok && len(c.Enum) == 0 && fake.Constant(p.Name, v) {
		c.Enum = []json.RawMessage{pyjson.Marshal(v)}
	}
	switch c.Type {
	case "object":
		c.Schema = s.Fitting().Raw()
	case "array":
		c.Schema = s.Items().Fitting().Raw()
		c.Min, c.Max = s.Number("minItems"), s.Number("maxItems")
	case "string":
		c.Schema = limits(s)
		if len(c.Enum) == 0 {
			c.Enum = choicesIn(s.Text("description"))
		}
	case "integer", "number":
		if len(c.Enum) == 0 && c.Min == nil && c.Max == nil {
			c.Enum = numbersIn(s.Text("description"))
		}
		if list := words.Split(p.Name); c.Type == "number" && len(list) > 0 && indivisible[list[len(list)-1]] {
			c.Schema = json.RawMessage(`{"type":"number","multipleOf":1}`)
		}
	case "boolean":
	default:
		c.Type = guessType(p.Name)
	}
	if len(c.Enum) > 0 && !schema.SameType(parseAny(c.Enum[0]), c.Type) {
		c.Enum = nil
	}
	c.Examples = examplesOf(s, c.Type)
	return c
}

// limits returns the part of a text's schema that a column has no field for.
func limits(s schema.View) json.RawMessage {
	o := pyjson.NewObject(4)
	o.Set("type", "string")
	for _, word := range []string{"pattern", "minLength", "maxLength"} {
		if v, ok := s.Get(word); ok {
			o.Set(word, v)
		}
	}
	if o.Len() == 1 {
		return nil
	}
	return pyjson.Marshal(o)
}

func examplesOf(s schema.View, typ string) []json.RawMessage {
	var out []json.RawMessage
	take := func(v any) {
		if v != nil && schema.SameType(v, typ) && len(out) < 5 && s.Accepts(v) {
			out = append(out, pyjson.Marshal(v))
		}
	}
	if v, ok := s.Get("example"); ok {
		take(v)
	}
	for _, v := range s.List("examples") {
		take(v)
	}
	if len(out) < 2 && typ == "string" && len(s.List("enum")) == 0 {
		for _, text := range fake.Listed(s.Text("description")) {
			if s.Accepts(text) {
				out = append(out, pyjson.Marshal(text))
			}
		}
	}
	if len(out) == 0 && typ == "string" {
		for _, text := range fake.Shown(s.Text("description")) {
			take(text)
		}
	}
	return out
}

func firstSentence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if i := strings.Index(text, ". "); i > 0 {
		text = text[:i+1]
	}
	if len(text) > 160 {
		text = strings.ToValidUTF8(text[:157], "") + "..."
	}
	return text
}

// guessType is the type of a column that no schema describes.
func guessType(name string) string {
	w := words.Split(name)
	if len(w) == 0 {
		return "string"
	}
	switch last := w[len(w)-1]; {
	case w[0] == "is" || w[0] == "has" || last == "enabled" || last == "verified":
		return "boolean"
	case wholeNumbers[last]:
		return "integer"
	case realNumbers[last]:
		return "number"
	}
	return "string"
}

// indivisible are ends of names of numbers that are whole, whatever their schema
// lets them be.
var indivisible = wordSet("pid port count lines line page index year number ms seconds days id timestamp offset limit num qty quantity stars")

// wholeNumbers and realNumbers end the names of columns that hold such.
var (
	wholeNumbers = wordSet(`count quantity qty year age stock rank population views likes downloads points stars forks followers wins losses goals
		assists rebounds bedrooms bathrooms seats capacity mileage calories height_cm elevation lifespan pages visits clicks impressions votes replies
		view like download point star fork follower win loss goal assist rebound visit click impression vote`)
	realNumbers = wordSet(`price amount balance temperature rating cost latitude longitude humidity score total volume open high low close area speed
		distance weight height length width size pressure visibility precipitation market_cap cap yield ratio percent percentage change
		fare fee salary revenue profit income budget mass density magnitude power voltage torque probability confidence odds average mean median`)
)

// collect collects the columns of a table from what its tools return and take.
func (t *table) collect() {
	for _, o := range t.ops {
		o.shape = shapeOf(o.result, o.noun)
		if o.part != "" && o.shape.mode == single && len(o.shape.at) > 0 {
			o.shape = shape{mode: other, top: o.result}
		}
	}
	t.collectAnswers()
	defer t.typed()
	for _, pass := range []func(scaler.Kind) bool{describes, returnsRow} {
		for _, o := range t.ops {
			if pass(o.kind) && o.shape.hasRows() && t.belongs(o.shape.row) {
				t.absorb(o.shape.row)
			}
		}
	}
}

func describes(k scaler.Kind) bool { return k == scaler.Get || k == scaler.List }

func returnsRow(k scaler.Kind) bool {
	return k == scaler.Create || k == scaler.Update || k == scaler.Transition
}

// belongs says whether a row schema describes the table's rows: it has enough
// properties that are no mere acknowledgement, and knows some of the columns.
func (t *table) belongs(row schema.View) bool {
	own, known := 0, 0
	for _, p := range row.Props() {
		if !metaNames[snake(p.Name)] || t.find(p.Name) != nil {
			own++
		}
		if t.find(p.Name) != nil {
			known++
		}
	}
	if own == 0 {
		return false
	}
	return len(t.Columns) == 0 || 3*known >= own
}

func (t *table) absorb(row schema.View) {
	t.declared = true
	response := ownOf(row.Props())
	for _, p := range row.Props() {
		if strings.HasPrefix(p.Name, "_") && p.Schema.Type() == "object" || response.has(p) {
			continue // _links, _embedded, what the response says of itself
		}
		c := columnOf(p)
		if have := t.find(p.Name); have != nil {
			narrow(have, c)
		}
		t.add(c)
	}
}

// rowKinds are columns that say what kind of thing a row is.
var rowKinds = wordSet("resource_type object object_type entity_type record_type type kind")

// typed leaves of the kinds of things that a column knows the one that the rows
// are: Domain of Instance, Domain, Disk and twenty others.
func (t *table) typed() {
	for i := range t.Columns {
		c := &t.Columns[i]
		if !rowKinds[snake(c.Name)] || len(c.Enum) < 2 || t.asks(c.Name) {
			continue
		}
		for _, v := range c.Enum {
			if text, ok := parseAny(v).(string); ok && snake(text) == t.Entity {
				c.Enum = []json.RawMessage{v}
				break
			}
		}
	}
}

// asks says whether some tool takes a value for the column.
func (t *table) asks(column string) bool {
	return slices.ContainsFunc(t.ops, func(o *op) bool { return o.takes(snake(column)) })
}

// answer is the column of what a look-up answers with where that is one text
// or yes and no: is it available, the script for a device.
const answer = "answer"

// collectAnswers makes a column of the plain answers that no other tool's rows
// could give.
func (t *table) collectAnswers() {
	rows := slices.ContainsFunc(t.ops, func(o *op) bool { return o.shape.hasRows() || o.kind == scaler.Create })
	for _, o := range t.ops {
		if at := len(o.shape.at); !rows && o.kind == scaler.List && o.shape.mode == values && at > 0 && o.shape.row.Type() == "string" {
			t.add(columnOf(schema.Prop{Name: singularNoun(o.shape.at[at-1]), Schema: o.shape.row, Required: true}))
			t.worded = singularNoun(o.shape.at[at-1])
		}
		if typ := o.result.Type(); !rows && describes(o.kind) && o.shape.mode == scalar && (typ == "string" || typ == "boolean") {
			t.add(columnOf(schema.Prop{Name: answer, Schema: o.result, Required: true}))
			o.note("assumed: each combination of arguments on record has its answer")
		}
	}
}
