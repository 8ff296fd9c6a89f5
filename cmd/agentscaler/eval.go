package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/agentscaler/scaler/eval"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/spf13/cobra"
)

func newEval() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Run published benchmarks, and check recorded runs of them",
		Args:  cobra.ArbitraryArgs,
		RunE:  choose,
	}
	cmd.AddCommand(newReplay(), newRescore(), newTau1(), newTau2(), newACEBench(), newTable(), newPlot())
	return cmd
}

func newReplay() *cobra.Command {
	var data string
	var check, asJSON bool
	cmd := &cobra.Command{
		Use:   "replay BENCHMARK FILE --data DIR",
		Short: "Make recorded calls and print what they answer, or check it",
		Example: `  agentscaler eval replay tau-bench --data tau-bench random-tau1-retail.json
  agentscaler eval replay tau2-bench --data tau2-bench tau2-telecom-base.json --check
  agentscaler eval replay acebench --data ACEBench acebench-agent-gold.json --check`,
		Args: exactly(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			bench, err := findBenchmark(args[0])
			if err != nil {
				return err
			}
			text, err := os.ReadFile(args[1])
			if err != nil {
				return err
			}
			file, err := eval.ReadFile(text)
			if err != nil {
				return fmt.Errorf("%s: %w", args[1], err)
			}
			player, err := bench.Open(data, file)
			if err != nil {
				return err
			}
			report, document, err := eval.Replay(cmd.Context(), player, file)
			if err != nil {
				return fmt.Errorf("%s: %w", args[1], err)
			}
			if !check && !asJSON {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s\n", pyjson.Marshal(document))
				return err
			}
			return printReplay(cmd.OutOrStdout(), report, asJSON)
		},
	}
	dataFlag(cmd, &data)
	cmd.Flags().BoolVar(&check, "check", false, "compare with the answers in FILE; exit 1 if any differ")
	cmd.Flags().BoolVar(&asJSON, "json", false, "check, and print one JSON document")
	return cmd
}

func dataFlag(cmd *cobra.Command, data *string) {
	cmd.Flags().StringVar(data, "data", "", "checkout of the benchmark, or a folder with its data files in the same places")
	_ = cmd.MarkFlagRequired("data") // fails only where the flag is not there
}

func findBenchmark(name string) (eval.Benchmark, error) {
	b, err := eval.Find(name)
	if err != nil {
		return b, usageError{err}
	}
	return b, nil
}

var errDiffers = errors.New("the answers differ")

func printReplay(w io.Writer, r eval.Report, asJSON bool) error {
	if asJSON {
		if err := json.NewEncoder(w).Encode(r); err != nil {
			return err
		}
	} else {
		for _, d := range r.Differences {
			fmt.Fprintln(w, d)
		}
		fmt.Fprintf(w, "%d of %d calls, %d of %d states, %d of %d scores agree\n",
			r.Matched, r.Calls, r.StatesMatched, r.States, r.ScoresMatched, r.Scores)
	}
	if !r.Same() {
		return errDiffers
	}
	return nil
}

func newRescore() *cobra.Command {
	var data string
	var rules eval.Rules
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "rescore BENCHMARK FILE --data DIR",
		Short: "Score official results again: a file, or the folders of ACEBench",
		Example: `  agentscaler eval rescore tau-bench --data tau-bench results.json
  agentscaler eval rescore acebench --data ACEBench ACEBench/result_all --scorer 2025-07`,
		Args: exactly(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			bench, err := findBenchmark(args[0])
			if err != nil {
				return err
			}
			if bench.Folders != nil {
				table, err := bench.Folders(data, args[1], rules)
				if err != nil {
					return err
				}
				return printTable(cmd.OutOrStdout(), table, asJSON)
			}
			scores, err := rescoreFile(bench, data, args[1])
			if err != nil {
				return err
			}
			return printScores(cmd.OutOrStdout(), scores, asJSON)
		},
	}
	dataFlag(cmd, &data)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	cmd.Flags().StringVar(&rules.Scorer, "scorer", "", "acebench: 2025-10 (default), 2025-07 or strict")
	cmd.Flags().StringVar(&rules.Language, "language", "", "acebench: en or zh (default: as the folders are named)")
	return cmd
}

func rescoreFile(bench eval.Benchmark, data, file string) (eval.Scores, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return eval.Scores{}, err
	}
	results, err := pyjson.Parse(text)
	if err != nil {
		return eval.Scores{}, fmt.Errorf("%s: %w", file, err)
	}
	scores, err := bench.Rescore(data, results)
	if err != nil {
		return eval.Scores{}, fmt.Errorf("%s: %w", file, err)
	}
	return scores, nil
}

func printTable(w io.Writer, t eval.Table, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(t)
	}
	return t.Write(w)
}

func printScores(w io.Writer, s eval.Scores, asJSON bool) error {
	if asJSON {
		if err := json.NewEncoder(w).Encode(s); err != nil {
			return err
		}
	} else {
		for _, r := range s.Rows {
			fmt.Fprintf(w, "%-8s task %-6s trial %d  %g", r.Domain, r.Task, r.Trial, r.Reward)
			if r.Reward != r.Recorded {
				fmt.Fprintf(w, "  recorded %g", r.Recorded)
			}
			if r.Note != "" {
				fmt.Fprintf(w, "  %s", r.Note)
			}
			fmt.Fprintln(w)
		}
		if len(s.Passes) > 1 {
			if err := trial.WritePasses(w, s.Passes); err != nil {
				return err
			}
		}
		fmt.Fprintf(w, "%d of %d rewards equal, average %.4f\n", s.Equal, len(s.Rows), s.Average)
	}
	if s.Equal < len(s.Rows) {
		return errDiffers
	}
	return nil
}
