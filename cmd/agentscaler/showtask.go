package main

import (
	"fmt"
	"io"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/store"
)

func listTasks(run *store.Run, put func(id, line string) error) error {
	for t, err := range store.Rows[scaler.Task](run, "tasks") {
		if err != nil {
			return err
		}
		line := fmt.Sprintf("%-12s %d calls  %s  %s", t.Family, t.Steps, t.World, words.Brief(t.Opening, 90))
		if err := put(string(t.ID), line); err != nil {
			return err
		}
	}
	return nil
}

func showTask(out io.Writer, run *store.Run, id string) (any, error) {
	t, err := store.Find[scaler.Task](run, "tasks", id)
	if err != nil {
		return nil, err
	}
	printTask(out, t)
	return t, nil
}

func printTask(out io.Writer, t scaler.Task) {
	fmt.Fprintf(out, "task %s of %s, family %s, hardness %.2f\n", t.ID, t.World, t.Family, t.Hardness)
	fmt.Fprintf(out, "intent: %s\nopening: %s\n", t.Intent, t.Opening)
	for _, f := range t.Knows {
		fmt.Fprintf(out, "  knows %s: %s\n", f.Label, f.Text)
	}
	fmt.Fprintln(out, "gold calls")
	for i, c := range t.Calls {
		fmt.Fprintf(out, "  %d. %s %s\n", i+1, c.Tool, c.Arguments)
		for _, s := range c.Sources {
			fmt.Fprintf(out, "       %s from %s\n", s.Param, sourceNote(s))
		}
		if c.Error != "" {
			fmt.Fprintf(out, "       refused: %s\n", c.Error)
		}
	}
	if t.Refusal != nil {
		fmt.Fprintf(out, "must be refused: rule %s\n", t.Refusal.Rule)
	}
	fmt.Fprintln(out, "gold state")
	printDiff(out, t.Gold)
	for _, f := range t.Reply {
		fmt.Fprintf(out, "reply must say %s: %s\n", f.Label, f.Text)
	}
	fmt.Fprintf(out, "proof: replays %v, not empty %v, flow %v, minimal %v, no leak %v\n",
		t.Proof.Replays, t.Proof.NotEmpty, t.Proof.Flow, t.Proof.Minimal, t.Proof.NoLeak)
}

func sourceNote(s scaler.Source) string {
	switch s.From {
	case "call":
		return fmt.Sprintf("call %d at %s", s.Call+1, s.Path)
	case "user":
		return "the user: " + s.Label
	}
	return s.From
}

func listRollouts(run *store.Run, put func(id, line string) error) error {
	for p, err := range store.Rows[scaler.Rollout](run, "rollouts") {
		if err != nil {
			return err
		}
		line := fmt.Sprintf("%-8s %-10s %2d messages  task %s  %s", p.Agent, p.Ended, len(p.Messages), p.Task, strings.Join(p.Faults, ","))
		if err := put(string(p.ID), line); err != nil {
			return err
		}
	}
	return nil
}

func showRollout(out io.Writer, run *store.Run, id string) (any, error) {
	p, err := store.Find[scaler.Rollout](run, "rollouts", id)
	if err != nil {
		return nil, err
	}
	printRollout(out, p)
	if v, err := store.Find[scaler.Verdict](run, "verdicts", string(p.ID)); err == nil {
		fmt.Fprintf(out, "verdict: kept %v %s %s %s\n", v.Kept, v.Stage, v.Reason, v.Detail)
	}
	return p, nil
}

func printRollout(out io.Writer, p scaler.Rollout) {
	fmt.Fprintf(out, "rollout %s of task %s, agent %s, ended by %s\n", p.ID, p.Task, p.Agent, p.Ended)
	if len(p.Faults) > 0 {
		fmt.Fprintf(out, "declared faults: %s\n", strings.Join(p.Faults, ", "))
	}
	for _, m := range p.Messages {
		if m.Content != "" {
			fmt.Fprintf(out, "%9s: %s\n", m.Role, words.Brief(m.Content, 400))
		}
		for _, c := range m.ToolCalls {
			fmt.Fprintf(out, "%9s> %s %s\n", m.Role, c.Name, c.Arguments)
		}
	}
}
