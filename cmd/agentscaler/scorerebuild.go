package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/rebuild"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/spec"
	"github.com/agentscaler/scaler/store"
	"github.com/spf13/cobra"
)

func newScoreRebuild() *cobra.Command {
	var tools, data, mapping, calls, keep string
	var asJSON, why bool
	var seed uint64
	cmd := &cobra.Command{
		Use:   "rebuild --tools FILE --data DIR --map MAPPING --calls TABLE",
		Short: "Build a world from tool descriptions alone and compare it with the official code",
		Long: `Builds one world from the descriptions, loads the official database into it
through a mapping that only renames, makes the calls of the table, each on the
official state before it, and compares what they change with what the official
code changed: the rows, the fields, and whether the call was refused.

FILE may end in a JSON pointer to the list of tools.`,
		Example: `  agentscaler score rebuild --tools tau1-prompts-tools.json#/retail/tools_info --data tau-bench \
    --map eval/rebuild/testdata/retail.map --calls percall-tau1-retail.json`,
		Args: exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			list, err := readToolList(cmd.Context(), tools)
			if err != nil {
				return err
			}
			s, w, err := scoreRebuild(cmd.Context(), list, data, mapping, calls, seed)
			if err != nil {
				return err
			}
			if keep != "" {
				if err := store.WriteWorldDir(keep, w); err != nil {
					return err
				}
			}
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(s)
			}
			return printRebuild(cmd.OutOrStdout(), s, why)
		},
	}
	f := cmd.Flags()
	f.StringVar(&tools, "tools", "", "tool descriptions, as chat interfaces take them")
	f.StringVar(&data, "data", "", "checkout of the benchmark, or a folder with its data files in the same places")
	f.StringVar(&mapping, "map", "", "lines of ours = theirs")
	f.StringVar(&calls, "calls", "", "table of calls with what the official code changed")
	for _, name := range []string{"tools", "data", "map", "calls"} {
		_ = cmd.MarkFlagRequired(name) // fails only where the flag is not there
	}
	f.StringVar(&keep, "keep", "", "write the built world into this folder, for reading")
	f.BoolVar(&asJSON, "json", false, "print one JSON document")
	f.BoolVar(&why, "why", false, "list under each tool what went amiss most")
	f.Uint64Var(&seed, "seed", 1, "of the built world")
	return cmd
}

func scoreRebuild(ctx context.Context, tools []scaler.Tool, data, mapping, table string, seed uint64) (s rebuild.Score, w *scaler.World, err error) {
	text, err := os.ReadFile(mapping)
	if err != nil {
		return s, nil, err
	}
	m, err := rebuild.ReadMapping(string(text))
	if err != nil {
		return s, nil, fmt.Errorf("%s: %w", mapping, err)
	}
	if text, err = os.ReadFile(table); err != nil {
		return s, nil, err
	}
	calls, err := rebuild.ReadCalls(text)
	if err != nil {
		return s, nil, fmt.Errorf("%s: %w", table, err)
	}
	official, err := rebuild.Open(data, calls)
	if err != nil {
		return s, nil, err
	}
	if w, err = rebuild.Build(ctx, tools, seed); err != nil {
		return s, nil, err
	}
	s, err = rebuild.Run(ctx, w, tools, official, m, calls)
	return s, w, err
}

// readToolList reads the tools of a file, or of the list that a JSON pointer
// behind its name leads to.
func readToolList(ctx context.Context, name string) ([]scaler.Tool, error) {
	file, pointer, cut := strings.Cut(name, "#")
	if cut {
		part, err := pointed(file, pointer)
		if err != nil {
			return nil, err
		}
		dir, err := os.MkdirTemp("", "tools")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
		file = filepath.Join(dir, "tools.json")
		if err := os.WriteFile(file, part, 0o600); err != nil {
			return nil, err
		}
	}
	var tools []scaler.Tool
	for item, err := range (spec.Reader{KeepDuplicates: true, KeepWeak: true}).Read(ctx, []string{file}) {
		if err != nil {
			return nil, err
		}
		if item.Tool != nil {
			tools = append(tools, *item.Tool)
		}
	}
	if len(tools) == 0 {
		return nil, fmt.Errorf("no tool was found in %s", name)
	}
	return tools, nil
}

// pointed returns the part of a JSON file that a pointer leads to.
func pointed(file, pointer string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	v, err := pyjson.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for _, name := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		o, ok := v.(*pyjson.Object)
		if ok {
			v, ok = o.Get(name)
		}
		if !ok {
			return nil, fmt.Errorf("%s: there is no %q of %s", file, name, pointer)
		}
	}
	return pyjson.Marshal(v), nil
}

// printRebuild prints a line per tool, and one of them all.
func printRebuild(out io.Writer, s rebuild.Score, why bool) error {
	tab := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "tool\tcalls\tclass\tofficial\trows F1\tfields F1\trefusals\tnever refusing")
	all := rebuild.Tool{Rows: s.Rows, Fields: s.Fields, Refusals: s.Refusals}
	for _, t := range s.Tools {
		all.Calls += t.Calls
		fmt.Fprintf(tab, "%s\t%d\t%s\t%s\t%s\n", t.Name, t.Calls, t.Class, t.Official, rebuildCells(t))
	}
	fmt.Fprintf(tab, "all\t%d\t%d of %d\t\t%s\n", all.Calls, s.Classes, len(s.Tools), rebuildCells(all))
	if err := tab.Flush(); err != nil || !why {
		return err
	}
	for _, t := range s.Tools {
		fmt.Fprintf(out, "\n%s\n", t.Name)
		for _, line := range t.Amiss {
			fmt.Fprintf(out, "  %s\n", line)
		}
	}
	return nil
}

func rebuildCells(t rebuild.Tool) string {
	rows, fields := "", ""
	if t.Rows != (rebuild.Match{}) {
		rows, fields = fmt.Sprintf("%.3f", t.Rows.F1()), fmt.Sprintf("%.3f", t.Fields.F1())
	}
	return fmt.Sprintf("%s\t%s\t%.3f\t%.3f", rows, fields, t.Refusals.Balanced(), t.Refusals.Never())
}
