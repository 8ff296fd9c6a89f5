package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Finding is something in a file that does not fit the world's schema.
type Finding struct {
	Table, Key, Column string // Key and Column are empty where the whole table, or row, is meant
	Says               string
}

// String is the finding as one line.
func (f Finding) String() string {
	at := f.Table
	if f.Key != "" {
		at += " " + f.Key
	}
	if f.Column != "" {
		at += ": " + f.Column
	}
	return at + ": " + f.Says
}

// Read returns the rows of a file that Write made of the world and somebody has
// edited since, and what in it does not fit the schema: then there are no rows. What was
// not edited is not questioned.
func Read(ctx context.Context, path string, w *scaler.World) ([]scaler.Row, []Finding, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, nil, err
	}
	edited, err := open(path, "rw") // not ro: a client may have left a log to be worked in
	if err != nil {
		return nil, nil, err
	}
	defer edited.Close()
	if _, err := edited.ExecContext(ctx, "PRAGMA schema_version"); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	base, err := one(":memory:")
	if err != nil {
		return nil, nil, err
	}
	defer base.Close()
	if err := fill(ctx, base, w); err != nil {
		return nil, nil, err
	}
	r := &reader{world: w, was: map[place]*pyjson.Object{}}
	for _, row := range w.Rows {
		if r.was[place{row.Table, row.Key}], err = pyjson.ParseObject(row.Value); err != nil {
			return nil, nil, fmt.Errorf("%s %s: %w", row.Table, row.Key, err)
		}
	}
	var rows []scaler.Row
	for _, t := range layoutOf(w.Schema) {
		mine, err := r.table(ctx, t, base, edited)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: table %s: %w", path, t.Name, err)
		}
		rows = append(rows, mine...)
	}
	r.strangers(ctx, edited)
	if len(r.found) == 0 {
		r.check(rows)
	}
	if len(r.found) > 0 {
		return nil, r.found, nil
	}
	return inOrder(rows, w.Rows), nil, nil
}

// A place is where a row stands.
type place struct{ table, key string }

// A reader gathers what does not fit.
type reader struct {
	world *scaler.World
	was   map[place]*pyjson.Object
	fresh map[place]bool // rows that are new or changed
	found []Finding
}

func (r *reader) note(table, key, column, format string, args ...any) {
	r.found = append(r.found, Finding{table, key, column, fmt.Sprintf(format, args...)})
}

// raw is the rows of a table as SQLite has them, by key, in their order.
type raw struct {
	keys  []string
	cells map[string][]any
}

// table reads one table.
func (r *reader) table(ctx context.Context, t *table, base, edited *sql.DB) ([]scaler.Row, error) {
	before, err := t.scan(ctx, base)
	if err != nil {
		return nil, err
	}
	after, err := t.scan(ctx, edited)
	if err != nil {
		r.note(t.Name, "", "", "cannot be read: %v", err)
		return nil, nil
	}
	var rows []scaler.Row
	for _, key := range after.keys {
		row, changed := r.row(t, key, before.cells[key], after.cells[key])
		if changed {
			if r.fresh == nil {
				r.fresh = map[place]bool{}
			}
			r.fresh[place{t.Name, key}] = true
		}
		rows = append(rows, scaler.Row{Table: t.Name, Key: key, Value: pyjson.Marshal(row)})
	}
	return rows, nil
}

// row makes a row of its cells: those that are what they were keep the value
// that the world has.
func (r *reader) row(t *table, key string, before, after []any) (row *pyjson.Object, changed bool) {
	was := r.was[place{t.Name, key}]
	row = &pyjson.Object{}
	if was != nil {
		row = was.Shallow()
	}
	for i, c := range t.Columns {
		if before != nil && before[i] == after[i] {
			continue
		}
		changed = true
		switch v, problem := value(c, after[i]); {
		case problem != "":
			r.note(t.Name, key, c.Name, "%s", problem)
		case v == nil && !c.Nullable:
			row.Delete(c.Name)
		default:
			row.Set(c.Name, v)
		}
	}
	return row, changed || was == nil
}

// scan reads a table's cells.
func (t *table) scan(ctx context.Context, db *sql.DB) (raw, error) {
	out := raw{cells: map[string][]any{}}
	at := slices.IndexFunc(t.Columns, func(c scaler.Column) bool { return c.Name == t.Key })
	if at < 0 {
		return out, fmt.Errorf("schema.json has no column %q, which is its key", t.Key)
	}
	query := "SELECT "
	for i, name := range t.names {
		if i > 0 {
			query += ", "
		}
		// The plus takes the declared type away, which the driver would read things into;
		// in double quotes a column that is missing would be taken for a text.
		query += "+`" + strings.ReplaceAll(name, "`", "``") + "`"
	}
	rows, err := db.QueryContext(ctx, query+" FROM "+quoted(t.name)+" ORDER BY rowid")
	if err != nil {
		return out, err
	}
	defer rows.Close()
	for rows.Next() {
		cells, into := make([]any, len(t.names)), make([]any, len(t.names))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			return out, err
		}
		for i, c := range cells {
			if b, ok := c.([]byte); ok {
				cells[i] = blob(b)
			}
		}
		key := keyText(cells[at])
		if _, twice := out.cells[key]; twice {
			return out, fmt.Errorf("two rows have the key %q", key)
		}
		out.keys = append(out.keys, key)
		out.cells[key] = cells
	}
	return out, rows.Err()
}

// blob is bytes, which no column holds; as text they compare.
type blob string

func keyText(v any) string {
	switch v := v.(type) {
	case int64:
		return strconv.FormatInt(v, 10)
	case string:
		return v
	}
	return fmt.Sprint(v)
}

// value reads a cell as its column's type, or says why it cannot.
func value(c scaler.Column, v any) (_ any, problem string) {
	if v == nil {
		return nil, ""
	}
	switch c.Type {
	case "integer":
		switch v := v.(type) {
		case int64:
			return v, ""
		case float64:
			if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
				return int64(v), ""
			}
		}
	case "number":
		switch v := v.(type) {
		case int64:
			return v, ""
		case float64:
			if !math.IsInf(v, 0) && !math.IsNaN(v) {
				return v, ""
			}
		}
	case "boolean":
		if i, ok := v.(int64); ok && (i == 0 || i == 1) {
			return i == 1, ""
		}
	case "object", "array":
		if text, ok := v.(string); ok {
			parsed, err := pyjson.Parse([]byte(text))
			if err == nil && pyjson.Kind(parsed) == c.Type {
				return parsed, ""
			}
		}
		return nil, fmt.Sprintf("%s is not the JSON text of an %s", shown(v), c.Type)
	default:
		if text, ok := v.(string); ok {
			return text, ""
		}
	}
	return nil, fmt.Sprintf("%s is no %s", shown(v), c.Type)
}

// shown is a cell as a message shows it.
func shown(v any) string {
	switch v := v.(type) {
	case blob:
		return fmt.Sprintf("a blob of %d bytes", len(v))
	case string:
		if runes := []rune(v); len(runes) > 60 {
			v = string(runes[:60]) + "…"
		}
		return strconv.Quote(v)
	}
	return fmt.Sprint(v)
}

// strangers notes the tables that the world does not have: nothing in them would
// be read.
func (r *reader) strangers(ctx context.Context, db *sql.DB) {
	known := map[string]bool{}
	for _, t := range layoutOf(r.world.Schema) {
		known[t.name] = true
	}
	rows, err := db.QueryContext(ctx, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`)
	if err != nil {
		r.note("sqlite_master", "", "", "cannot be read: %v", err)
		return
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if rows.Scan(&name) == nil && !known[name] {
			r.note(name, "", "", "the world has no such table; schema.json says which it has")
		}
	}
}

// inOrder puts rows in the order of the world: those that were there where they
// were, new ones behind the others of their table.
func inOrder(rows, before []scaler.Row) []scaler.Row {
	at := map[place]int{}
	for i, r := range before {
		at[place{r.Table, r.Key}] = i
	}
	last := map[string]int{}
	for i, r := range before {
		last[r.Table] = i
	}
	where := func(r scaler.Row) int {
		if i, ok := at[place{r.Table, r.Key}]; ok {
			return i
		}
		if i, ok := last[r.Table]; ok {
			return i
		}
		return len(before)
	}
	slices.SortStableFunc(rows, func(a, b scaler.Row) int {
		if d := where(a) - where(b); d != 0 {
			return d
		}
		_, oldA := at[place{a.Table, a.Key}]
		_, oldB := at[place{b.Table, b.Key}]
		switch {
		case oldA && !oldB:
			return -1
		case oldB && !oldA:
			return 1
		}
		return 0
	})
	return rows
}
