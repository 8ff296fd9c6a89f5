package author

import (
	"encoding/json"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/sandbox"
)

// mostValues is how many values of a column are taken.
const mostValues = 300

// values are those of a model's list that a column of a type can hold, each once.
func values(said []json.RawMessage, typ string) []json.RawMessage {
	var out []json.RawMessage
	for _, raw := range said {
		v, err := pyjson.Parse(raw)
		if err != nil || typ != "array" && !schema.SameType(v, typ) || v == nil || len(raw) > longestText {
			continue
		}
		if text := pyjson.Marshal(v); len(out) < mostValues && !has(out, text) {
			out = append(out, text)
		}
	}
	return out
}

func has(list []json.RawMessage, v json.RawMessage) bool {
	return slices.ContainsFunc(list, func(have json.RawMessage) bool { return string(have) == string(v) })
}

// lost are the values of a list that another lacks.
func lost(list, other []json.RawMessage) []json.RawMessage {
	return slices.DeleteFunc(slices.Clone(list), func(v json.RawMessage) bool { return has(other, v) })
}

// declares says whether some tool's specification lists a column's values, under a
// name that ends as the column's does. Values that stand in prose only, or follow
// from what tools do, are inferred.
func (k *desk) declares(c scaler.Column) bool {
	if len(c.Enum) == 0 {
		return false
	}
	for _, s := range k.sheets {
		for _, raw := range []json.RawMessage{s.tool.Parameters, s.tool.Result} {
			if lists(schema.Parse(raw), "", c, 0) {
				return true
			}
		}
	}
	return false
}

// lists says whether a schema, or one within it, lists values of a column. The
// column may have fewer, where several tools speak of it, or more, where moves
// lead to states of their own.
func lists(v schema.View, name string, c scaler.Column, depth int) bool {
	if depth > 8 {
		return false
	}
	var listed []json.RawMessage
	for _, text := range v.Choices() {
		if text != "null" {
			listed = append(listed, json.RawMessage(text))
		}
	}
	if len(listed) > 0 && lastWord(name) == lastWord(c.Name) && (len(lost(c.Enum, listed)) == 0 || len(lost(listed, c.Enum)) == 0) {
		return true
	}
	for _, p := range v.Props() {
		if lists(p.Schema, p.Name, c, depth+1) {
			return true
		}
	}
	return v.Type() == "array" && lists(v.Items(), name, c, depth+1)
}

func lastWord(name string) string { return words.Singular(words.Last(words.Snake(name))) }

// estranged are the built-in tools whose code names a value that a column of
// their tables had and has no longer.
func (k *desk) estranged(now scaler.Schema) []*sheet {
	code := programOf(k.floor.Code)
	var out []*sheet
	for _, s := range k.sheets {
		if s.was == nil {
			continue
		}
		text := code.texts[sandbox.Function(s.name)]
		for _, t := range k.floor.Schema.Tables {
			mine := t.Name == s.was.Table || slices.Contains(s.was.Writes, t.Name)
			if mine && slices.ContainsFunc(dropped(t, now), func(v json.RawMessage) bool { return strings.Contains(text, string(v)) }) {
				out = append(out, s)
				break
			}
		}
	}
	return out
}

// dropped are the texts that columns of a table had as values and have no longer.
func dropped(t scaler.Table, now scaler.Schema) []json.RawMessage {
	var out []json.RawMessage
	then, _ := now.Table(t.Name)
	for _, c := range t.Columns {
		if is, ok := then.Column(c.Name); ok && c.Type == "string" && len(is.Enum) > 0 {
			out = append(out, lost(c.Enum, is.Enum)...)
		}
	}
	return out
}

// stillMoving is a table's status as far as its column still has the states.
func stillMoving(was, now scaler.Table) *scaler.Status {
	if now.Status == nil {
		return nil
	}
	before, _ := was.Column(now.Status.Column)
	c, _ := now.Column(now.Status.Column)
	gone := lost(before.Enum, c.Enum)
	if len(gone) == 0 || len(c.Enum) == 0 {
		return now.Status
	}
	left := func(state string) bool { return has(gone, pyjson.Marshal(state)) }
	out := scaler.Status{Column: now.Status.Column, Initial: now.Status.Initial}
	if left(out.Initial) {
		first, _ := pyjson.Parse(c.Enum[0])
		out.Initial, _ = first.(string)
	}
	for _, m := range now.Status.Moves {
		from := slices.DeleteFunc(slices.Clone(m.From), left)
		if !left(m.To) && len(from) == len(m.From) {
			out.Moves = append(out.Moves, m)
		}
	}
	return &out
}
