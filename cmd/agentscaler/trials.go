package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/agentscaler/scaler/eval"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// trialFlags are those of every evaluation that puts tasks to a model.
type trialFlags struct {
	data, out        string
	trials, parallel int
	seed             uint64
	timeout          time.Duration
	budget           trial.Budget
	output           outputFlags
	models           modelFlags
}

func (f *trialFlags) register(cmd *cobra.Command, out string) {
	set := cmd.Flags()
	dataFlag(cmd, &f.data)
	set.StringVar(&f.out, "out", out, "folder for results in the official form; a second run goes on where the first stopped")
	set.IntVar(&f.trials, "trials", 1, "play every task so often, for pass^k and pass@k")
	set.IntVar(&f.parallel, "parallel", inFlight, "conversations at once")
	set.Uint64Var(&f.seed, "seed", 0, "seed of the requests; trials count on from it (0: none is sent)")
	set.DurationVar(&f.timeout, "timeout", 0, "give a trial up after so long; it is in no score and played again the next time (default: never)")
	set.IntVar(&f.budget.Calls, "max-calls", 0, "stop after so many requests to models; the next run goes on (default: no limit)")
	set.IntVar(&f.budget.Tokens, "max-tokens", 0, "stop after so many tokens, as servers count them (default: no limit)")
	f.output.register(set)
	f.models.register(set)
}

// open connects the models within the budget, behind a cache beside the results.
func (f *trialFlags) open() (*models, error) {
	if f.models.model == "" {
		return nil, usageError{errors.New("an evaluation needs --model NAME")}
	}
	if f.trials < 1 {
		return nil, usageError{fmt.Errorf("--trials is at least 1, not %d", f.trials)}
	}
	return f.models.open(filepath.Join(f.out, "cache"), limits{f.parallel, &f.budget})
}

// bar shows at a terminal how many trials have ended.
func (f *trialFlags) bar(cmd *cobra.Command) pipeline.Progress { return f.output.progress(cmd) }

// table prints scores as the flags say.
func (o outputFlags) table(w io.Writer, t eval.Table) error {
	if o.quiet {
		return nil
	}
	return printTable(w, t, o.json)
}

// thoughts is the flag --thoughts: whether reasoning is taken out of messages.
type thoughts bool

// String implements pflag.Value.
func (t *thoughts) String() string {
	if *t {
		return "apart"
	}
	return "keep"
}

// Set implements pflag.Value.
func (t *thoughts) Set(s string) error {
	if s != "keep" && s != "apart" {
		return fmt.Errorf("it is keep or apart, not %q", s)
	}
	*t = s == "apart"
	return nil
}

// Type implements pflag.Value.
func (t *thoughts) Type() string { return "string" }

func (t *thoughts) register(set *pflag.FlagSet) {
	set.Var(t, "thoughts", "reasoning up to </think> in a message's text: keep (officially: the user reads it) or apart (nobody does)")
}
