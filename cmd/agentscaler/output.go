package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
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
	set.BoolVar(&o.json, "json", false, "print one JSON document per stage or evaluation")
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

// headlines are the counts of a stage that the terminal shows: those whose
// names begin so. Of other stages it shows the first few. run.json has all.
var headlines = map[string][]string{
	"world":   {"worlds", "domains without", "tools tier", "tools dropped"},
	"task":    {"tasks", "family", "worlds without tasks"},
	"rollout": {"rollouts", "agent", "ended"},
	"filter":  {"rollouts", "kept", "kept with tool errors", "right state", "right reply"},
}

const headline = 6

func printReport(w io.Writer, report scaler.Report, unchanged bool) {
	took := fmt.Sprintf("%7.2fs", report.Seconds)
	if unchanged {
		took = "unchanged"
	}
	fmt.Fprintf(w, "%-8s %9s  %s\n", report.Stage, took, countLine(report))
	if report.Stage == "spec" && !unchanged {
		fmt.Fprint(w, spec.Table(report))
	}
	if report.Failed > 0 {
		fmt.Fprintf(w, "%-8s %9s  %d failed or set aside\n", "", "", report.Failed)
	}
}

func countLine(report scaler.Report) string {
	var parts []string
	for i, c := range report.Counts {
		if shown(report.Stage, i, c.Name) {
			parts = append(parts, number(c.N)+" "+c.Name)
		}
	}
	return strings.Join(parts, ", ")
}

func shown(stage string, at int, name string) bool {
	begins, ok := headlines[stage]
	if !ok {
		return at < headline && !strings.Contains(name, ": ") // not of one source
	}
	if strings.Contains(name, ", ") { // of one family
		return false
	}
	return slices.ContainsFunc(begins, func(b string) bool { return strings.HasPrefix(name, b) })
}

func number(n float64) string {
	if n == float64(int64(n)) {
		return fmt.Sprintf("%d", int64(n))
	}
	return fmt.Sprintf("%.3f", n)
}
