package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/eval/tau1"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/spf13/cobra"
)

// tau1Flags are those of an evaluation on tau-bench.
type tau1Flags struct {
	trialFlags
	env, split, tasks           string
	agentStrategy, userStrategy string
	temperature                 float64
	thoughts                    thoughts
}

func newTau1() *cobra.Command {
	var f tau1Flags
	cmd := &cobra.Command{
		Use:   "tau-bench --data CHECKOUT --model NAME --out DIR",
		Short: "Put tau-bench's tasks to a model and score its conversations",
		Example: `  agentscaler eval tau-bench --data tau-bench --llm http://localhost:8000/v1 --model mine --user-model gpt-4o --user-llm https://api.openai.com/v1 --trials 4
  agentscaler eval tau-bench --data tau-bench --model mine --env airline --tasks 0-9,12`,
		Args: exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	set := cmd.Flags()
	f.register(cmd, "tau-bench-results")
	set.StringVar(&f.env, "env", "all", "retail, airline or all")
	set.StringVar(&f.split, "split", "test", strings.Join(tau1.Splits, ", ")+" (airline has only test)")
	set.StringVar(&f.tasks, "tasks", "", "only these tasks of each domain, such as 0-9,12 (default: all)")
	set.StringVar(&f.agentStrategy, "agent-strategy", tau1.AgentStrategies[0].Name, "tool-calling, act or react")
	set.StringVar(&f.userStrategy, "user-strategy", tau1.UserStrategies[0].Name, "llm, react, verify or reflection")
	set.Float64Var(&f.temperature, "temperature", 0, "of the agent; the user's is left to its server, as officially")
	f.thoughts.register(set)
	return cmd
}

func (f *tau1Flags) run(cmd *cobra.Command) error {
	r, err := f.settings()
	if err != nil {
		return usageError{err}
	}
	if r.Checkout, err = tau1.OpenCheckout(f.data); err != nil {
		return err
	}
	models, err := f.open()
	if err != nil {
		return err
	}
	defer models.Close()
	r.Agent, r.User = models.agent, models.user
	bar := f.bar(cmd)
	defer bar.Stop()
	r.Progress = bar
	report, gaps, err := r.Do(cmd.Context())
	if err != nil {
		return err
	}
	bar.Stop()
	return errors.Join(f.output.table(cmd.OutOrStdout(), report), trial.Unanswered(gaps))
}

// settings are the run that the flags describe, without its models.
func (f *tau1Flags) settings() (*tau1.Run, error) {
	r := &tau1.Run{Split: f.split, Tasks: f.tasks, Trials: f.trials, Parallel: f.parallel, Timeout: f.timeout, Budget: &f.budget, Out: f.out}
	r.Temperature, r.Seed, r.Thoughts = f.temperature, f.seed, bool(f.thoughts)
	if f.env != "all" {
		r.Domains = []string{f.env}
	}
	agent := slices.IndexFunc(tau1.AgentStrategies, func(s tau1.AgentStrategy) bool { return s.Name == f.agentStrategy })
	user := slices.IndexFunc(tau1.UserStrategies, func(s tau1.UserStrategy) bool { return s.Name == f.userStrategy })
	switch {
	case agent < 0:
		return nil, fmt.Errorf("--agent-strategy is tool-calling, act or react, not %q", f.agentStrategy)
	case user < 0:
		return nil, fmt.Errorf("--user-strategy is llm, react, verify or reflection, not %q", f.userStrategy)
	case f.env != "all" && f.env != "retail" && f.env != "airline":
		return nil, fmt.Errorf("--env is retail, airline or all, not %q", f.env)
	case !slices.Contains(tau1.Splits, f.split):
		return nil, fmt.Errorf("--split is %s, not %q", strings.Join(tau1.Splits, ", "), f.split)
	}
	r.AgentStrategy, r.UserStrategy = tau1.AgentStrategies[agent], tau1.UserStrategies[user]
	return r, nil
}
