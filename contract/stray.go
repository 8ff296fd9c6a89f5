package contract

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// A stray is a value of a row that its column does not allow.
type stray struct {
	line               int // of state.jsonl
	table, column      string
	entity, key, value string
	text               string // what is wrong with it
	mend               string // what to do about it
}

func (s stray) place() string { return fmt.Sprintf("state.jsonl:%d", s.line) }

func (s stray) String() string {
	return fmt.Sprintf("%s of %s %s %s", s.column, s.entity, s.key, s.text)
}

// strays finds them, line by line. A line that is no row of any table goes to
// broken, where there is one.
func strays(w *scaler.World, broken func(line int, text string)) []stray {
	var out []stray
	for i, r := range w.Rows {
		t, ok := w.Schema.Table(r.Table)
		row, err := pyjson.ParseObject(r.Value)
		if !ok || err != nil {
			if broken != nil {
				broken(i+1, rowTrouble(r.Table, ok, err))
			}
			continue
		}
		for _, c := range t.Columns {
			v, _ := row.Get(c.Name)
			text := Misplaced(c, v)
			if text == "" || !slices.Contains(columnTypes, c.Type) {
				continue
			}
			out = append(out, stray{line: i + 1, table: t.Name, column: c.Name, entity: t.Entity, key: r.Key, value: string(pyjson.Marshal(v)), text: text, mend: mendOf(c, v)})
		}
	}
	return out
}

func rowTrouble(table string, known bool, err error) string {
	if !known {
		return fmt.Sprintf("is a row of the table %q, which is not there", table)
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

// Misplaced says how a value breaks its column; empty where it does not. What the
// enum lists is allowed whatever its type: specifications do list "any" beside
// numbers, and then rows hold it.
func Misplaced(c scaler.Column, v any) string {
	if v == nil {
		return ""
	}
	closed := len(c.Enum) > 0 && c.Type != "array"
	switch {
	case closed && listed(c, v):
		return ""
	case !ofType(c, v):
		return fmt.Sprintf("is of type %s, not %s", pyjson.Kind(v), c.Type)
	case closed:
		var values []string
		for _, e := range c.Enum {
			values = append(values, string(e))
		}
		return "is none of its column's values: " + Short(strings.Join(values, " "))
	}
	return ""
}

// listed says whether a column's enum has a value.
func listed(c scaler.Column, v any) bool {
	text := string(pyjson.Canonical(v))
	return slices.ContainsFunc(c.Enum, func(e json.RawMessage) bool {
		allowed, err := pyjson.Parse(e)
		return err == nil && string(pyjson.Canonical(allowed)) == text
	})
}

func ofType(c scaler.Column, v any) bool {
	kind := pyjson.Kind(v)
	return kind == c.Type || c.Type == "number" && kind == "integer"
}

// mendOf says what to do about a value that its column does not allow.
func mendOf(c scaler.Column, v any) string {
	if !ofType(c, v) {
		return fmt.Sprintf("write a value of type %s there, or change the type of the column in schema.json", c.Type)
	}
	return "write one of them there, or add it to the enum of the column in schema.json"
}

// rows finds the values that a row's column does not allow; of several of one
// kind it shows the first. They are real faults: tools compute with them, the
// results that show them break their schemas, and the file that a person gets to
// edit as a database is refused for the same.
func (s *survey) rows() {
	type kind struct{ table, column, text string }
	var order []kind
	by := map[kind][]stray{}
	for _, one := range strays(s.w, func(line int, text string) { s.grave(stray{line: line}.place(), "%s", text) }) {
		k := kind{one.table, one.column, one.text}
		if by[k] == nil {
			order = append(order, k)
		}
		by[k] = append(by[k], one)
	}
	for _, k := range order {
		more := ""
		if n := len(by[k]) - 1; n > 0 {
			more = ", and so in " + words.Count(n, "more row")
		}
		s.grave(by[k][0].place(), "%s%s; %s", by[k][0], more, by[k][0].mend)
	}
}

// atRow is how a finding begins to speak of the row that is to blame for it.
const atRow = "; the fault is in state.jsonl:"

// blame says which row is to blame for a result that is not what was declared: one
// in the tool's reach with a value that its column does not allow, and that the
// result shows. It is empty for none.
func (e *evidence) blame(result string) string {
	if e.strays == nil {
		return ""
	}
	for _, s := range e.strays() {
		if slices.Contains(e.reach, s.table) && strings.Contains(result, s.value) {
			return fmt.Sprintf("%s%d: %s", atRow, s.line, s)
		}
	}
	return ""
}

// mend says what to do about what a clause found.
func (c Clause) mend(found string) string {
	if strings.Contains(found, atRow) {
		return "mend that row of state.jsonl"
	}
	return c.Mend
}
