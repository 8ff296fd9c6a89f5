package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/store"
	"github.com/spf13/cobra"
)

func newCall() *cobra.Command {
	var asJSON bool
	var seed uint64
	cmd := &cobra.Command{
		Use:     "call RUN WORLD TOOL [JSON]",
		Short:   "Try a tool on a fresh session: its result and what it changed",
		Example: `  agentscaler call runs/demo shop-x7k2qa cancel_order '{"order_id": "ORD-1042"}'`,
		Args:    between(3, 4),
		RunE: func(cmd *cobra.Command, args []string) error {
			run, err := store.Open(args[0])
			if err != nil {
				return err
			}
			w, err := run.ReadWorld(matchWorld(run, args[1]))
			if err != nil {
				return err
			}
			arguments := "{}"
			if len(args) == 4 {
				arguments = args[3]
			}
			if _, ok := w.Tool(args[2]); !ok {
				return fmt.Errorf("world %s has no tool %q; %s", w.ID, args[2], suggest(args[2], toolNames(w), args[0], w.ID))
			}
			return call(cmd, w, args[2], arguments, seed, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "of the session's ids and randomness")
	return cmd
}

// matchWorld completes the beginning of a world's id where it is unique.
func matchWorld(run *store.Run, id string) scaler.WorldID {
	worlds, err := run.Worlds()
	if err != nil {
		return scaler.WorldID(id)
	}
	var found []scaler.WorldID
	for _, w := range worlds {
		if string(w) == id {
			return w
		}
		if strings.HasPrefix(string(w), id) {
			found = append(found, w)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return scaler.WorldID(id)
}

func call(cmd *cobra.Command, w *scaler.World, tool, arguments string, seed uint64, asJSON bool) error {
	env, err := pipeline.OpenWorld(w)
	if err != nil {
		return err
	}
	defer env.Close()
	session, err := env.Start(scaler.Init{}, seed)
	if err != nil {
		return err
	}
	result := session.Call(cmd.Context(), tool, []byte(arguments))
	if result.Err != nil {
		return result.Err
	}
	out := cmd.OutOrStdout()
	if asJSON {
		err = json.NewEncoder(out).Encode(map[string]any{
			"result": json.RawMessage(result.Text), "diff": session.Diff(), "steps": result.Steps, "digest": session.Digest(),
		})
	} else {
		fmt.Fprintln(out, indentJSON(result.Text))
		printDiff(out, session.Diff())
	}
	if err == nil && result.Refused != nil {
		return errors.New("the tool refused the call")
	}
	return err
}

// suggest names the tools nearest to a mistyped name, by its letters and then by its
// words; where none is near, it says how to see all.
func suggest(mistyped string, names []string, run string, world scaler.WorldID) string {
	near := words.Nearest(mistyped, names, 3)
	for _, name := range names {
		if len(near) < 3 && !slices.Contains(near, name) && slices.ContainsFunc(words.Split(mistyped), func(w string) bool { return len(w) > 2 && slices.Contains(words.Split(name), w) }) {
			near = append(near, name)
		}
	}
	if len(near) == 0 {
		return fmt.Sprintf("list them with: agentscaler show %s world %s", run, world)
	}
	return "did you mean " + words.Either(near) + "?"
}

func toolNames(w *scaler.World) []string {
	var names []string
	for _, t := range w.Tools {
		names = append(names, t.Name)
	}
	return names
}

func printDiff(w io.Writer, diff []scaler.Change) {
	if len(diff) == 0 {
		fmt.Fprintln(w, "no change of state")
		return
	}
	for _, c := range diff {
		switch c.Op {
		case "insert":
			fmt.Fprintf(w, "+ %s %s %s\n", c.Table, c.Key, c.Row)
		case "delete":
			fmt.Fprintf(w, "- %s %s\n", c.Table, c.Key)
		default:
			fmt.Fprintf(w, "~ %s %s\n", c.Table, c.Key)
			for _, f := range c.Fields {
				fmt.Fprintf(w, "    %s: %s -> %s\n", f.Field, absent(f.Old), absent(f.New))
			}
		}
	}
}

func absent(v json.RawMessage) string {
	if len(v) == 0 {
		return "(absent)"
	}
	return string(v)
}
