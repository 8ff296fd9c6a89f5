// Package export turns what passed the funnel into a dataset: a Hugging Face
// folder of canonical rows, and the same conversations in the forms that
// trainers read. Loss falls on tool calls and assistant text only (paper,
// stage 2); general domains are phase 1, vertical ones phase 2.
package export

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"

	scaler "github.com/agentscaler/scaler"
)

// A Row is what one row of a dataset is made of.
type Row struct {
	World   *scaler.World
	Task    scaler.Task
	Rollout scaler.Rollout
	Verdict scaler.Verdict // rows that are not kept are left out
}

// An Exporter writes datasets.
type Exporter struct {
	Vertical  []string                       // domains of phase 2 by id, world id or name; "none" for none, empty for the largest
	TestShare float64                        // of the domains; 0 means 0.1
	Seed      uint64                         // of the split
	Origins   map[scaler.ToolID]scaler.Place // where tools come from, for provenance and licences
	Funnel    scaler.Report                  // of the filter, for the dataset card
	Command   string                         // that made the run, for the dataset card
}

// Write replaces the folder dir by a dataset of the kept rows. It goes through
// rows twice, which have to come in the same order both times: to see the
// domains, and to write. An interrupted Write leaves the old folder in place.
func (e Exporter) Write(ctx context.Context, dir string, rows iter.Seq2[Row, error]) (scaler.Report, error) {
	plan, err := e.plan(ctx, rows)
	if err != nil {
		return scaler.Report{}, err
	}
	partial := dir + ".partial"
	if err := os.RemoveAll(partial); err != nil {
		return scaler.Report{}, fmt.Errorf("export: %w", err)
	}
	m, err := e.write(ctx, partial, plan, rows)
	if err != nil {
		return scaler.Report{}, err
	}
	if err := os.RemoveAll(dir); err != nil {
		return scaler.Report{}, fmt.Errorf("export: %w", err)
	}
	if err := os.Rename(partial, dir); err != nil {
		return scaler.Report{}, fmt.Errorf("export: %w", err)
	}
	return m.report(), nil
}

// write fills a new folder.
func (e Exporter) write(ctx context.Context, dir string, p plan, rows iter.Seq2[Row, error]) (*Manifest, error) {
	out := newFolder(dir)
	defer out.close()
	m := newManifest(e, p)
	for row, err := range kept(ctx, rows) {
		if err != nil {
			return nil, err
		}
		where := p[row.World.Domain]
		line := newLine(row, where, e.Origins)
		m.count(row, where)
		for _, f := range Formats {
			text, err := f.Encode(line)
			if err != nil {
				m.skip(f.Name, err)
				continue
			}
			if err := out.append(f.path(where), text); err != nil {
				return nil, fmt.Errorf("export: %w", err)
			}
		}
	}
	if err := out.close(); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	for _, f := range Formats {
		if f.Extra == nil {
			continue
		}
		for name, text := range f.Extra(m) {
			if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), text); err != nil {
				return nil, fmt.Errorf("export: %w", err)
			}
		}
	}
	return m, m.publish(dir)
}

// kept yields the rows that passed the funnel, until ctx ends.
func kept(ctx context.Context, rows iter.Seq2[Row, error]) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for row, err := range rows {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(Row{}, fmt.Errorf("export: %w", err))
				return
			}
			if row.Verdict.Kept && !yield(row, nil) {
				return
			}
		}
	}
}
