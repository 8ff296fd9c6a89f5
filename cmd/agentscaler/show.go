package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/store"
	"github.com/spf13/cobra"
)

// views lists what can be shown of a run: how its items are found, listed one
// to a line, and printed in full.
var views = []view{
	{"tool", listTools, showTool},
	{"domain", listDomains, showDomain},
	{"world", listWorlds, showWorld},
	{"task", listTasks, showTask},
	{"rollout", listRollouts, showRollout},
}

type view struct {
	name string
	list func(*store.Run, func(id, line string) error) error
	show func(io.Writer, *store.Run, string) (any, error) // returns the item for --json
}

func newShow() *cobra.Command {
	var asJSON bool
	var picture string
	cmd := &cobra.Command{
		Use:   "show RUN [tool|domain|world|task|rollout [ID]]",
		Short: "Show a run, or something in it, readably",
		Example: `  agentscaler show runs/demo
  agentscaler show runs/demo world
  agentscaler show runs/demo task 4kq2
  agentscaler show runs/demo --graph domains.svg`,
		Args: between(1, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			run, err := store.Open(args[0])
			if err != nil {
				return err
			}
			if picture != "" {
				return drawRun(run, picture)
			}
			out := cmd.OutOrStdout()
			if len(args) == 1 {
				return showRun(out, run, asJSON)
			}
			for _, v := range views {
				if v.name != args[1] {
					continue
				}
				if len(args) == 2 {
					return listView(out, run, v, asJSON)
				}
				return showView(out, run, v, args[2], asJSON)
			}
			return usageError{fmt.Errorf("nothing called %q can be shown; try tool, domain, world, task or rollout", args[1])}
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().StringVar(&picture, "graph", "", "draw the domains into this file, .svg or .html")
	return cmd
}

func listView(out io.Writer, run *store.Run, v view, asJSON bool) error {
	return v.list(run, func(id, line string) error {
		if asJSON {
			return json.NewEncoder(out).Encode(map[string]string{"id": id, "line": line})
		}
		_, err := fmt.Fprintf(out, "%s  %s\n", id, line)
		return err
	})
}

func showView(out io.Writer, run *store.Run, v view, id string, asJSON bool) error {
	text := out
	if asJSON {
		text = io.Discard
	}
	item, err := v.show(text, run, id)
	if err != nil || !asJSON {
		return err
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(item)
}

func showRun(out io.Writer, run *store.Run, asJSON bool) error {
	info, err := pipeline.ReadInfo(run)
	if err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(out).Encode(info)
	}
	fmt.Fprintf(out, "version %s, seed %d, sources: %s\n", info.Version, info.Settings.Seed, strings.Join(info.Settings.Sources, ", "))
	for _, s := range info.Stages {
		fmt.Fprintf(out, "\n%s (%.2f s)\n", s.Stage, s.Seconds)
		for _, c := range s.Counts {
			fmt.Fprintf(out, "  %10s  %s\n", number(c.N), c.Name)
		}
	}
	return nil
}

func listTools(run *store.Run, put func(id, line string) error) error {
	for t, err := range store.ReadLines[scaler.Tool](run, "tools.jsonl") {
		if err != nil {
			return err
		}
		if err := put(string(t.ID), fmt.Sprintf("%-7s %s", t.Effect, words.Brief(t.Description, 90))); err != nil {
			return err
		}
	}
	return nil
}

func showTool(out io.Writer, run *store.Run, id string) (any, error) {
	for t, err := range store.ReadLines[scaler.Tool](run, "tools.jsonl") {
		if err != nil {
			return nil, err
		}
		if string(t.ID) != id && t.Name != id { // of several with that name, the first
			continue
		}
		fmt.Fprintf(out, "%s\n%s\n\n", t.ID, t.Description)
		fmt.Fprintf(out, "callable as %s, of %s; %s (%s)\n", t.Name, t.Service, t.Effect, t.EffectWhy)
		fmt.Fprintf(out, "from %s %s %s\n", t.Origin.Source, t.Origin.File, t.Origin.Pointer)
		fmt.Fprintf(out, "\nparameters\n%s\n", indentJSON(string(t.Parameters)))
		if len(t.Hidden) > 0 {
			fmt.Fprintf(out, "set aside: %s\n", strings.Join(t.Hidden, ", "))
		}
		if len(t.Result) > 0 {
			fmt.Fprintf(out, "\nresult (%s)\n%s\n", t.ResultFrom, indentJSON(string(t.Result)))
		}
		return t, showDeps(out, run, t.ID)
	}
	return nil, fmt.Errorf("the run has no tool %q (list them with: agentscaler show %s tool)", id, run.Path())
}

// showDeps says what feeds a tool and what it feeds, with the evidence.
func showDeps(out io.Writer, run *store.Run, id scaler.ToolID) error {
	if !run.Exists("graph.jsonl") {
		return nil
	}
	for line, err := range store.ReadLines[pipeline.GraphLine](run, "graph.jsonl") {
		if err != nil {
			return err
		}
		d := line.Dep
		if d == nil || (d.From != id && d.To != id) {
			continue
		}
		fmt.Fprintf(out, "\n%.2f  %s -> %s\n", d.Score, d.From, d.To)
		fmt.Fprintf(out, "      %s fills %s: %s\n", d.Field, d.Param, strings.Join(d.Evidence, "; "))
	}
	return nil
}

func listDomains(run *store.Run, put func(id, line string) error) error {
	for d, err := range store.ReadLines[scaler.Domain](run, "domains.jsonl") {
		if err != nil {
			return err
		}
		if err := put(string(d.ID), fmt.Sprintf("%4d tools  %s", len(d.Tools), d.Name)); err != nil {
			return err
		}
	}
	return nil
}

func showDomain(out io.Writer, run *store.Run, id string) (any, error) {
	for d, err := range store.ReadLines[scaler.Domain](run, "domains.jsonl") {
		if err != nil {
			return nil, err
		}
		if d.Name != id && !strings.HasPrefix(string(d.ID), id) {
			continue
		}
		fmt.Fprintf(out, "%s  %s\n%s\n\n", d.ID, d.Name, strings.TrimSpace(d.About+" "+d.Summary))
		for _, t := range d.Tools {
			fmt.Fprintf(out, "  %s\n", t)
		}
		return d, nil
	}
	return nil, fmt.Errorf("the run has no domain %q (list them with: agentscaler show %s domain)", id, run.Path())
}

func indentJSON(text string) string {
	var buf bytes.Buffer
	if json.Indent(&buf, []byte(text), "", "  ") != nil {
		return text
	}
	return buf.String()
}
