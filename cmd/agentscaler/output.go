package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/spec"
	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"
)

// outputFlags choose how a long command reports.
type outputFlags struct{ json, quiet bool }

func (o *outputFlags) register(set *pflag.FlagSet) {
	set.BoolVar(&o.json, "json", false, "print one JSON document per stage")
	set.BoolVar(&o.quiet, "quiet", false, "print nothing but errors")
}

// progress reports stages on standard output and, at a terminal, a bar with
// rate and remaining time on standard error.
func (o outputFlags) progress(cmd *cobra.Command) pipeline.Progress {
	p := &console{out: cmd.OutOrStdout(), json: o.json, quiet: o.quiet}
	if f, ok := cmd.ErrOrStderr().(*os.File); ok && term.IsTerminal(int(f.Fd())) && !o.json && !o.quiet {
		p.terminal = f
	}
	return p
}

type console struct {
	out         io.Writer
	terminal    *os.File // nil where there is none
	json, quiet bool

	mu  sync.Mutex // guards bar
	bar *progressbar.ProgressBar
}

// Start implements pipeline.Progress.
func (c *console) Start(stage string, total int) {
	if c.terminal == nil {
		return
	}
	if total == 0 {
		total = -1 // a spinner with a rate
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bar = progressbar.NewOptions(total,
		progressbar.OptionSetWriter(c.terminal), progressbar.OptionSetDescription(fmt.Sprintf("%-8s", stage)),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100e6), progressbar.OptionClearOnFinish())
}

// Step implements pipeline.Progress.
func (c *console) Step(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.bar != nil {
		_ = c.bar.Add(n)
	}
}

// Stop implements pipeline.Progress.
func (c *console) Stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.bar != nil {
		_ = c.bar.Clear()
		c.bar = nil
	}
}

// Done implements pipeline.Progress.
func (c *console) Done(report scaler.Report, unchanged bool) {
	switch {
	case c.quiet:
	case c.json:
		_ = json.NewEncoder(c.out).Encode(struct {
			scaler.Report
			Unchanged bool `json:"unchanged"`
		}{report, unchanged})
	default:
		printReport(c.out, report, unchanged)
	}
}

// headline is how many counts of a report the terminal shows; run.json has all.
const headline = 6

func printReport(w io.Writer, report scaler.Report, unchanged bool) {
	took := fmt.Sprintf("%7.2fs", report.Seconds)
	if unchanged {
		took = "unchanged"
	}
	fmt.Fprintf(w, "%-8s %9s  %s\n", report.Stage, took, countLine(report.Counts, headline))
	if report.Stage == "spec" && !unchanged {
		fmt.Fprint(w, spec.Table(report))
	}
	if report.Failed > 0 {
		fmt.Fprintf(w, "%-8s %9s  %d failed by infrastructure\n", "", "", report.Failed)
	}
}

func countLine(counts []scaler.Count, most int) string {
	var parts []string
	for _, c := range counts[:min(most, len(counts))] {
		if !strings.Contains(c.Name, ": ") { // of one source
			parts = append(parts, number(c.N)+" "+c.Name)
		}
	}
	return strings.Join(parts, ", ")
}

func number(n float64) string {
	if n == float64(int64(n)) {
		return fmt.Sprintf("%d", int64(n))
	}
	return fmt.Sprintf("%.3f", n)
}
