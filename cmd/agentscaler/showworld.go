package main

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/store"
)

func listWorlds(run *store.Run, put func(id, line string) error) error {
	ids, err := run.Worlds()
	if err != nil {
		return err
	}
	for _, id := range ids {
		w, err := run.ReadWorld(id)
		if err != nil {
			if err := put(string(id), fmt.Sprintf("cannot be read: %v", err)); err != nil {
				return err
			}
			continue
		}
		line := fmt.Sprintf("grade %.2f, %3d tools, %2d tables, %4d rows, %2d rules  %s", contract.GradeOf(w).Share, len(w.Tools), len(w.Schema.Tables), len(w.Rows), len(w.Rules), w.Name)
		if err := put(string(id), line); err != nil {
			return err
		}
	}
	return nil
}

func showWorld(out io.Writer, run *store.Run, id string) (any, error) {
	w, err := run.ReadWorld(matchWorld(run, id))
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "%s  %s\n%s\n%s\n\n", w.ID, w.Name, w.Summary, gradeLine(contract.GradeOf(w)))
	printSchema(out, w)
	fmt.Fprintln(out, "\ntools")
	for _, t := range w.Tools {
		fmt.Fprintf(out, "  %s %-5s %-10s %-32s %s\n", t.Tier, t.Effect, t.Kind, t.Name, strings.Join(t.Evidence, "; "))
	}
	for _, d := range w.Dropped {
		fmt.Fprintf(out, "  - left out: %s (%s: %s)\n", d.Tool, d.Clause, d.Reason)
	}
	printFindings(out, w)
	fmt.Fprintf(out, "\npolicy\n%s\n", w.Policy)
	return w, nil
}

// gradeLine says what a world's grade is made of.
func gradeLine(g scaler.Grade) string {
	parts := []string{fmt.Sprintf("%d do what they say", g.Sound)}
	for _, p := range []struct {
		n    int
		text string
	}{{g.LeftOut, "left out"}, {g.Logged, "only logged"}, {g.Hollow, "about rows of which nothing is known but what they are asked by"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.text))
		}
	}
	return fmt.Sprintf("grade %.2f: of the domain's %d tools, %s", g.Share, g.Tools, strings.Join(parts, ", "))
}

// printSchema shows the tables of a world as a person would sketch them.
func printSchema(out io.Writer, w *scaler.World) {
	rows := map[string]int{}
	for _, r := range w.Rows {
		rows[r.Table]++
	}
	for _, t := range w.Schema.Tables {
		fmt.Fprintf(out, "%s (%s)\n", t.Name, words.Count(rows[t.Name], "row"))
		for _, c := range t.Columns {
			fmt.Fprintf(out, "  %-24s %s\n", c.Name, columnNote(t, c))
		}
	}
}

func columnNote(t scaler.Table, c scaler.Column) string {
	notes := []string{c.Type}
	if c.Name == t.Key {
		notes = append(notes, "key")
	}
	if c.Ref != "" {
		notes = append(notes, "-> "+c.Ref)
	}
	if c.Format != "" {
		notes = append(notes, c.Format)
	}
	if c.Assumed {
		notes = append(notes, "assumed")
	}
	if len(c.Enum) > 0 {
		var values []string
		for _, v := range c.Enum {
			values = append(values, strings.Trim(string(v), `"`))
		}
		notes = append(notes, words.Brief(strings.Join(values, " | "), 80))
	}
	if t.Status != nil && t.Status.Column == c.Name {
		notes = append(notes, fmt.Sprintf("status, %d moves", len(t.Status.Moves)))
	}
	return strings.Join(notes, ", ")
}

func printFindings(out io.Writer, w *scaler.World) {
	for _, t := range w.Check.Tools {
		if found := contract.Findings(t); len(found) > 0 {
			fmt.Fprintf(out, "  ! %s: %s\n", t.Name, strings.Join(found, "; "))
		}
	}
}

// function cuts one tool's code out of tools.star.
func function(code, tool string) string {
	begin := regexp.MustCompile(`(?m)^def ` + sandbox.Function(tool) + `\(`).FindStringIndex(code)
	if begin == nil {
		return ""
	}
	body := code[begin[0]:]
	if end := regexp.MustCompile(`(?m)\n\S`).FindStringIndex(body[1:]); end != nil {
		body = body[:end[0]+1]
	}
	return strings.TrimRight(body, "\n")
}
