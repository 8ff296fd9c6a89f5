package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/store"
	"github.com/agentscaler/scaler/store/sqlite"
	"github.com/spf13/cobra"
)

func newWorldSQLite() *cobra.Command {
	var edited string
	cmd := &cobra.Command{
		Use:   "sqlite RUN WORLD (OUT.db | --import EDITED.db)",
		Short: "Write a world's state as a SQLite file, or read an edited one back",
		Long: `Write a world's schema and seed data as a SQLite file that any client opens, or read an edited one back.

What is read back is checked against the schema first: where something does not fit, it is said where, and nothing changes. Otherwise the
rows become the world's, the world is checked against its contract, and the run continues from there: agentscaler task RUN.`,
		Example: `  agentscaler world sqlite runs/mine shop out.db
  sqlite3 out.db "UPDATE orders SET status = 'shipped' WHERE id = 'ORD-1042'"
  agentscaler world sqlite runs/mine shop --import out.db`,
		Args: between(2, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 3) == (edited != "") {
				return usageError{errors.New("say a file to write, or one to read with --import")}
			}
			run, err := store.Open(args[0])
			if err != nil {
				return err
			}
			w, err := run.ReadWorld(matchWorld(run, args[1]))
			if err != nil {
				return err
			}
			if edited != "" {
				return importRows(cmd, args[0], w, edited)
			}
			if err := sqlite.Write(cmd.Context(), args[2], w); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s, %s\n", args[2], words.Count(len(w.Schema.Tables), "table"), words.Count(len(w.Rows), "row"))
			return nil
		},
	}
	cmd.Flags().StringVar(&edited, "import", "", "read the rows of this file back into the world")
	return cmd
}

// importRows makes an edited file's rows those of the world.
func importRows(cmd *cobra.Command, dir string, w *scaler.World, edited string) error {
	rows, found, err := sqlite.Read(cmd.Context(), edited, w)
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	for _, f := range found {
		fmt.Fprintln(out, f)
	}
	if len(found) > 0 {
		return fmt.Errorf("%s does not fit world %s in %s; nothing was changed", edited, w.ID, words.Count(len(found), "place"))
	}
	changes, err := changed(w, rows)
	if err != nil {
		return err
	}
	printDiff(out, changes)
	if len(changes) == 0 {
		return nil
	}
	run, err := store.Create(dir) // as its only writer
	if err != nil {
		return err
	}
	defer run.Close()
	w.Rows = rows
	if w.Check, err = pipeline.CheckWorld(cmd.Context(), w); err != nil {
		return err
	}
	if err := run.WriteRows(w.ID, rows); err != nil {
		return err
	}
	if err := run.WriteCheck(w.ID, w.Check); err != nil {
		return err
	}
	printFindings(out, w)
	fmt.Fprintf(out, "the run continues from here with: agentscaler task %s\n", dir)
	return nil
}

// changed lists how the rows differ from the world's.
func changed(w *scaler.World, rows []scaler.Row) ([]scaler.Change, error) {
	type place struct{ table, key string }
	was := map[place]json.RawMessage{}
	for _, r := range w.Rows {
		was[place{r.Table, r.Key}] = r.Value
	}
	var changes []scaler.Change
	for _, r := range rows {
		old, known := was[place{r.Table, r.Key}]
		delete(was, place{r.Table, r.Key})
		if !known {
			changes = append(changes, scaler.Change{Table: r.Table, Key: r.Key, Op: "insert", Row: r.Value})
			continue
		}
		fields, err := changedFields(old, r.Value)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", r.Table, r.Key, err)
		}
		if len(fields) > 0 {
			changes = append(changes, scaler.Change{Table: r.Table, Key: r.Key, Op: "update", Fields: fields})
		}
	}
	for _, r := range w.Rows {
		if _, gone := was[place{r.Table, r.Key}]; gone {
			changes = append(changes, scaler.Change{Table: r.Table, Key: r.Key, Op: "delete"})
		}
	}
	return changes, nil
}

func changedFields(old, now json.RawMessage) ([]scaler.FieldChange, error) {
	before, err := pyjson.ParseObject(old)
	if err != nil {
		return nil, err
	}
	after, err := pyjson.ParseObject(now)
	if err != nil {
		return nil, err
	}
	text := func(o *pyjson.Object, name string) json.RawMessage {
		v, ok := o.Get(name)
		if !ok {
			return nil
		}
		return pyjson.Marshal(v)
	}
	var fields []scaler.FieldChange
	for _, name := range append(after.Keys(), before.Keys()...) {
		c := scaler.FieldChange{Field: name, Old: text(before, name), New: text(after, name)}
		seen := slices.ContainsFunc(fields, func(f scaler.FieldChange) bool { return f.Field == name })
		if !seen && !bytes.Equal(c.Old, c.New) {
			fields = append(fields, c)
		}
	}
	return fields, nil
}
