package pipeline

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/spec"
)

func specInputs(r *runner) ([]string, error) {
	files, err := fingerprint(r.o.Sources)
	if err != nil {
		return nil, err
	}
	choices := fmt.Sprint(r.o.Limit, r.o.KeepDuplicates, r.o.KeepWeak, r.o.AgentModel)
	inputs := append(files, choices)
	for _, source := range r.o.Sources {
		inputs = append(inputs, r.label(source))
	}
	return inputs, nil
}

// label names a source in the run's files. One inside the run folder is named
// from there, so that its bytes do not depend on where the run stands.
func (r *runner) label(source string) string {
	rel, err := filepath.Rel(r.run.Path(), source)
	if err != nil || !filepath.IsLocal(rel) {
		return source
	}
	return filepath.ToSlash(rel)
}

// runSpec streams the tools of all sources into tools.jsonl and what was
// turned away into rejected.jsonl; memory does not grow with the sources.
func runSpec(r *runner, report *scaler.Report) error {
	reader := spec.Reader{Parallel: r.o.Parallel, Limit: r.o.Limit, KeepDuplicates: r.o.KeepDuplicates, KeepWeak: r.o.KeepWeak, Model: r.o.Agent}
	var tally spec.Tally
	var first string // of what was turned away
	r.o.Progress.Start("spec", 0)
	err := r.run.Write("tools.jsonl", func(tools io.Writer) error {
		return r.run.Write("rejected.jsonl", func(rejected io.Writer) error {
			keep, turnAway := encoder(tools), encoder(rejected)
			for item, err := range reader.Read(r.ctx, r.o.Sources) {
				if err != nil {
					return err
				}
				if item.Rejection != nil && first == "" {
					first = spec.Told(item.Rejection)
				}
				if item.Damaged {
					r.damaged = append(r.damaged, spec.Told(item.Rejection))
				}
				r.relabel(item)
				tally.Add(item)
				if err := put(item, keep, turnAway); err != nil {
					return err
				}
				r.o.Progress.Step(1)
			}
			return r.ctx.Err()
		})
	})
	if err != nil {
		return err
	}
	*report = tally.Report()
	if tally.Kept() == 0 {
		return r.nothing(first)
	}
	report.Failed = len(r.damaged)
	return nil
}

// nothing is the error of a run whose sources hold no tool, with the first reason.
func (r *runner) nothing(first string) error {
	if first == "" {
		return fmt.Errorf("no tool was found in %s: none of its files is a specification", strings.Join(r.o.Sources, ", "))
	}
	return fmt.Errorf("no tool was found; %s (%s has all that was turned away)", first, r.run.Path("rejected.jsonl"))
}

// unread is the error of a run that went on without files that the user named.
func (r *runner) unread() error {
	if len(r.damaged) == 0 {
		return nil
	}
	return fmt.Errorf("%w: of the files named, %s could not be used whole, all others are done; mend them and run the same command again\n  %s",
		ErrFailedItems, words.Count(len(r.damaged), "file"), strings.Join(r.damaged, "\n  "))
}

// put writes an item where it belongs. Files that need not be specifications
// are only counted.
func put(item spec.Item, keep, turnAway func(any) error) error {
	switch {
	case item.Tool != nil:
		return keep(item.Tool)
	case item.Rejection != nil:
		return turnAway(item.Rejection)
	}
	return nil
}

func (r *runner) relabel(item spec.Item) {
	switch {
	case item.Tool != nil:
		item.Tool.Origin.Source = r.label(item.Tool.Origin.Source)
	case item.Rejection != nil:
		item.Rejection.Origin.Source = r.label(item.Rejection.Origin.Source)
	case item.Skipped != nil:
		item.Skipped.Origin.Source = r.label(item.Skipped.Origin.Source)
	}
}

func encoder(w io.Writer) func(any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode
}
