package sqlite

import (
	"bytes"
	"encoding/json"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// check notes what new and changed rows break of the schema, and which foreign
// keys the edit left pointing nowhere.
func (r *reader) check(rows []scaler.Row) {
	now := map[place]*pyjson.Object{}
	for _, row := range rows {
		now[place{row.Table, row.Key}], _ = pyjson.ParseObject(row.Value) // it was made of one
	}
	for _, t := range r.world.Schema.Tables {
		for _, c := range t.Columns {
			r.column(t, c, rows, now)
		}
	}
}

// column checks one column of every row that is there now.
func (r *reader) column(t scaler.Table, c scaler.Column, rows []scaler.Row, now map[place]*pyjson.Object) {
	allowed := schemaOf(c)
	seen := map[string]string{} // value to key, of a unique column
	for _, row := range rows {
		if row.Table != t.Name {
			continue
		}
		v, ok := now[place{t.Name, row.Key}].Get(c.Name)
		fresh := r.fresh[place{t.Name, row.Key}]
		if !ok || v == nil {
			if fresh && c.Name == t.Key {
				r.note(t.Name, row.Key, c.Name, "the key is missing")
			}
			continue
		}
		if fresh && allowed != nil {
			if err := allowed.Validate(plain(v)); err != nil {
				r.note(t.Name, row.Key, c.Name, "%s is not what the schema allows: %s", shown(pyjson.Str(v)), reason(err))
			}
		}
		for _, to := range targets(c, v) {
			_, there := now[place{c.Ref, to}]
			_, was := r.was[place{c.Ref, to}]
			if !there && (fresh || was) {
				r.note(t.Name, row.Key, c.Name, "points at %s %q, which is not there", c.Ref, to)
			}
		}
		if c.Unique {
			text := string(pyjson.Canonical(v))
			if other, twice := seen[text]; twice && (fresh || r.fresh[place{t.Name, other}]) {
				r.note(t.Name, row.Key, c.Name, "%s is the value of %s too, and has to be unique", shown(pyjson.Str(v)), other)
			}
			seen[text] = row.Key
		}
	}
}

// targets are the keys that a foreign key holds.
func targets(c scaler.Column, v any) []string {
	if c.Ref == "" {
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var keys []string
	for _, item := range list {
		switch item := item.(type) {
		case nil:
		case string:
			keys = append(keys, item)
		default:
			keys = append(keys, string(pyjson.Marshal(item)))
		}
	}
	return keys
}

// schemaOf is what a column allows as one JSON Schema; nil where it allows all of
// its type, or says it in a way that does not compile.
func schemaOf(c scaler.Column) *jsonschema.Schema {
	all := map[string]any{}
	if c.Enum != nil {
		all["enum"] = c.Enum
	}
	if c.Min != nil {
		all["minimum"] = *c.Min
	}
	if c.Max != nil {
		all["maximum"] = *c.Max
	}
	if len(c.Schema) > 0 {
		if c.Type == "array" {
			all["items"] = c.Schema
		} else {
			all["allOf"] = []any{c.Schema}
		}
	}
	if c.Format != "" {
		all["format"] = c.Format
	}
	text, err := json.Marshal(all)
	if err != nil || len(all) == 0 {
		return nil
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil
	}
	compiler := jsonschema.NewCompiler()
	compiler.UseLoader(jsonschema.SchemeURLLoader{}) // nothing outside is loaded
	compiler.AssertFormat()
	if compiler.AddResource("column.json", doc) != nil {
		return nil
	}
	s, err := compiler.Compile("column.json")
	if err != nil {
		return nil
	}
	return s
}

// plain is a value in the types that the validator knows.
func plain(v any) any {
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(pyjson.Marshal(v)))
	if err != nil {
		return v
	}
	return parsed
}

// reason is the innermost cause.
func reason(err error) string {
	detail, ok := err.(*jsonschema.ValidationError)
	if !ok {
		return err.Error()
	}
	for len(detail.Causes) > 0 {
		detail = detail.Causes[0]
	}
	return detail.BasicOutput().Error.String()
}
