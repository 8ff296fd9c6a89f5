// Package sqlite writes the state of a world as a SQLite file that any client
// opens, and reads an edited one back.
//
// A table of the world is a table of the file, a column a column; objects and
// arrays are JSON text. What the file cannot say, such as whether 5 was written 5
// or 5.0 and whether a field is null or missing, is taken from the world again:
// reading compares cells with those that writing the world gives, and a cell that
// is the same stays what it was.
package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Write writes the world's schema and rows as a new file. It does not replace
// one: that may have been edited.
func Write(ctx context.Context, path string, w *scaler.World) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s is there already; it may hold edits, so name another or remove it", path)
	}
	tmp, err := os.MkdirTemp(filepath.Dir(path), ".tmp-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	file := filepath.Join(tmp, "world.db")
	db, err := open(file, "rwc")
	if err != nil {
		return err
	}
	err = fill(ctx, db, w)
	if closed := db.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(file, path)
}

// open opens a file in one of SQLite's modes.
func open(path, mode string) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	u := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(abs), "/"), RawQuery: "mode=" + mode}
	return one(u.String())
}

// one opens a database with a single connection, which an in-memory one needs to
// stay the same.
func one(name string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", name)
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// fill makes the tables and their rows.
func fill(ctx context.Context, db *sql.DB, w *scaler.World) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	layout := layoutOf(w.Schema)
	for _, t := range layout {
		if _, err := tx.ExecContext(ctx, t.create(layout)); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	for _, t := range layout {
		if err := t.insert(ctx, tx, w.Rows); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return tx.Commit()
}

// insert writes the rows of one table, in their order.
func (t *table) insert(ctx context.Context, tx *sql.Tx, rows []scaler.Row) error {
	stmt, err := tx.PrepareContext(ctx, "INSERT INTO "+quoted(t.name)+" VALUES ("+strings.TrimSuffix(strings.Repeat("?,", len(t.names)), ",")+")")
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, r := range rows {
		if r.Table != t.Name {
			continue
		}
		o, err := pyjson.ParseObject(r.Value)
		if err != nil {
			return fmt.Errorf("row %s: %w", r.Key, err)
		}
		cells := make([]any, len(t.Columns))
		for i, c := range t.Columns {
			v, _ := o.Get(c.Name)
			cells[i] = cell(v)
		}
		if _, err := stmt.ExecContext(ctx, cells...); err != nil {
			return fmt.Errorf("row %s: %w", r.Key, err)
		}
	}
	return nil
}

// cell is a value as SQLite stores it.
func cell(v any) any {
	switch v := v.(type) {
	case nil, string, int64, float64:
		return v
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	}
	return string(pyjson.Marshal(v))
}

// A table is a table of the world under the names that it has in the file, where
// names that differ in case only are the same.
type table struct {
	scaler.Table
	name  string
	names []string // of the columns
}

func layoutOf(s scaler.Schema) []*table {
	var all []*table
	taken := map[string]bool{}
	for _, t := range s.Tables {
		name := t.Name
		if strings.HasPrefix(strings.ToLower(name), "sqlite_") {
			name = "t_" + name // SQLite keeps those names to itself
		}
		mine := &table{Table: t, name: free(name, taken)}
		columns := map[string]bool{}
		for _, c := range t.Columns {
			mine.names = append(mine.names, free(c.Name, columns))
		}
		all = append(all, mine)
	}
	return all
}

// free returns the name, or the first like it that is not taken.
func free(name string, taken map[string]bool) string {
	found := name
	for n := 2; taken[strings.ToLower(found)]; n++ {
		found = name + "_" + strconv.Itoa(n)
	}
	taken[strings.ToLower(found)] = true
	return found
}

// types are the SQL types of JSON types; objects and arrays are text.
var types = map[string]string{"integer": "INTEGER", "number": "REAL", "boolean": "BOOLEAN"}

func sqlType(c scaler.Column) string {
	if t := types[c.Type]; t != "" {
		return t
	}
	return "TEXT"
}

// create is the statement that makes the table. SQLite keeps its text, so what
// the schema says of a column stands there as a comment.
func (t *table) create(layout []*table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE %s (\n", quoted(t.name))
	for i, c := range t.Columns {
		fmt.Fprintf(&b, "  %s %s", quoted(t.names[i]), sqlType(c))
		switch {
		case c.Name == t.Key:
			b.WriteString(" PRIMARY KEY NOT NULL")
		case c.Type != "array":
			b.WriteString(references(c, layout))
		}
		if i < len(t.Columns)-1 {
			b.WriteByte(',')
		}
		if about := remark(c); about != "" {
			b.WriteString(" -- " + about)
		}
		b.WriteByte('\n')
	}
	b.WriteString(")")
	return b.String()
}

func references(c scaler.Column, layout []*table) string {
	for _, to := range layout {
		if to.Name != c.Ref {
			continue
		}
		for i, column := range to.Columns {
			if column.Name == to.Key {
				return fmt.Sprintf(" REFERENCES %s (%s) DEFERRABLE INITIALLY DEFERRED", quoted(to.name), quoted(to.names[i]))
			}
		}
	}
	return ""
}

// remark says of a column what SQL does not.
func remark(c scaler.Column) string {
	var notes []string
	if c.Type == "object" || c.Type == "array" {
		notes = append(notes, "JSON "+c.Type)
	}
	if c.Format != "" {
		notes = append(notes, c.Format)
	}
	if len(c.Enum) > 0 {
		var values []string
		for _, v := range c.Enum {
			values = append(values, string(v))
		}
		notes = append(notes, "one of "+strings.Join(values, ", "))
	}
	if c.Doc != "" {
		notes = append(notes, c.Doc)
	}
	return strings.Join(strings.Fields(strings.Join(notes, "; ")), " ")
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
