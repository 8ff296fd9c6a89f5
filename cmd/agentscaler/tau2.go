package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/tau2/checkout"
	"github.com/agentscaler/scaler/eval/tau2/live"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/llm"
	"github.com/spf13/cobra"
)

// tau2Flags are those of an evaluation on tau2-bench.
type tau2Flags struct {
	trialFlags
	domains              []string
	split                string
	tasks                string
	solo, protocol       bool
	maxSteps, maxErrors  int
	temperature          float64
	thoughts             thoughts
	judgeURL, judgeModel string
}

func newTau2() *cobra.Command {
	var f tau2Flags
	cmd := &cobra.Command{
		Use:   "tau2-bench --data CHECKOUT --model NAME --out DIR",
		Short: "Put tau2-bench's tasks to a model and score its conversations",
		Example: `  agentscaler eval tau2-bench --data tau2-bench --domain all --llm http://localhost:8000/v1 --model mine --trials 4
  agentscaler eval tau2-bench --data tau2-bench --domain telecom --solo --model mine --user-model gpt-4.1`,
		Args: exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	set := cmd.Flags()
	f.register(cmd, "tau2-results")
	seed := set.Lookup("seed")
	seed.DefValue, f.seed, seed.Usage = "300", 300, "trials draw the seeds of their requests from it, as officially (0: none is sent)"
	set.StringSliceVar(&f.domains, "domain", []string{"all"}, "retail, airline, telecom, telecom-workflow; all: the first three")
	set.StringVar(&f.split, "split", "base", "base, train or test; telecom has small and full as well")
	set.StringVar(&f.tasks, "tasks", "", "only these tasks of each domain: names, and ranges such as 0-9,12 (default: all)")
	set.BoolVar(&f.solo, "solo", false, "the agent works on tickets alone, with the user's tools (telecom)")
	set.IntVar(&f.maxSteps, "max-steps", live.MaxSteps, "end a conversation after so many messages and answers of tools")
	set.IntVar(&f.maxErrors, "max-errors", live.MaxErrors, "end a conversation after so many failed calls (v1.0 on)")
	set.BoolVar(&f.protocol, "enforce-protocol", false, "a message that both talks and calls ends the conversation (v1.0 on)")
	set.Float64Var(&f.temperature, "temperature", 0, "of the agent; user and judge have 0")
	f.thoughts.register(set)
	set.StringVar(&f.judgeURL, "judge-llm", "", "another server for the judge of statements in words")
	set.StringVar(&f.judgeModel, "judge-model", "", "another model for the judge (default: the user's)")
	return cmd
}

func (f *tau2Flags) run(cmd *cobra.Command) error {
	c, err := checkout.Open(f.data)
	if err != nil {
		return err
	}
	runs, err := f.plan(c)
	if err != nil {
		return err
	}
	models, err := f.open()
	if err != nil {
		return err
	}
	defer models.Close()
	judge, err := f.judge(models)
	if err != nil {
		return err
	}
	bar := f.bar(cmd)
	defer bar.Stop()
	var reports live.Reports
	var gaps []trial.Gap
	for _, r := range runs {
		r.Agent, r.User, r.Judge, r.Progress = models.agent, models.user, judge, bar
		report, err := r.Do(cmd.Context())
		if err != nil {
			return err
		}
		reports, gaps = append(reports, report), append(gaps, report.Gaps...)
	}
	bar.Stop()
	return errors.Join(f.output.table(cmd.OutOrStdout(), reports), trial.Unanswered(gaps))
}

// plan reads every domain before a model is asked anything.
func (f *tau2Flags) plan(c *checkout.Checkout) ([]*live.Run, error) {
	domains := f.domains
	if slices.Contains(domains, "all") {
		domains = []string{"retail", "airline", "telecom"}
		if f.solo {
			domains = domains[2:] // the only one with tickets
		}
	}
	if f.protocol && !c.Version.Waits {
		return nil, usageError{fmt.Errorf("tau2-bench %s has no --enforce-protocol", c.Version.Name)}
	}
	var runs []*live.Run
	for _, domain := range domains {
		player, err := live.NewPlayer(c, domain, f.solo)
		if err != nil {
			return nil, err
		}
		player.MaxSteps, player.MaxErrors, player.Temperature, player.Seed = f.maxSteps, f.maxErrors, f.temperature, f.seed
		player.Thoughts, player.Protocol = bool(f.thoughts), f.protocol
		tasks, err := c.Tasks(player.Domain.World, f.split)
		if err != nil {
			return nil, err
		}
		if tasks, err = live.Choose(tasks, f.tasks); err != nil {
			return nil, usageError{err}
		}
		if f.solo {
			tasks = slices.DeleteFunc(tasks, func(t tau2.Task) bool { return !live.Alone(&t) })
		}
		edition, err := c.Edition(player.Domain.World)
		if err != nil {
			return nil, err
		}
		runs = append(runs, &live.Run{Player: player, Tasks: tasks, Edition: edition, Split: f.split, Out: f.out,
			Trials: f.trials, Parallel: f.parallel, Timeout: f.timeout, Budget: &f.budget})
	}
	return runs, nil
}

// judge is the user's model where no other is named.
func (f *tau2Flags) judge(m *models) (llm.Model, error) {
	if f.judgeModel == "" && f.judgeURL == "" {
		return m.user, nil
	}
	return limits{f.parallel, &f.budget}.endpoint(m.cache, cmp.Or(f.judgeModel, f.models.userModel, f.models.model), cmp.Or(f.judgeURL, f.models.userURL, f.models.url))
}
