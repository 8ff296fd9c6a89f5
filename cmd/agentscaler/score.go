package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/agentscaler/scaler/graph"
	"github.com/spf13/cobra"
)

// newScore gathers what is measured against known answers.
func newScore() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "score",
		Short: "Measure a stage against gold",
		Args:  cobra.ArbitraryArgs,
		RunE:  choose,
	}
	cmd.AddCommand(newScoreGraph(), newScoreClasses(), newScoreRebuild(), newScoreContract())
	return cmd
}

func newScoreGraph() *cobra.Command {
	var asJSON bool
	var file string
	cmd := &cobra.Command{
		Use:   "graph SETDIR...",
		Short: "Predict the dependencies of gold sets and compare them with the gold",
		Long: `Reads tools.jsonl and edges.jsonl of each set, predicts which tool's output feeds
which tool's parameter from the tools alone, and compares the predictions with
the edges. What a specification declares is not read, for it is the gold.`,
		Example: `  agentscaler score graph gold/shop gold/bank
  agentscaler score graph --pred shop.jsonl gold/shop`,
		Args: atLeast(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			put := scoreTable(cmd.OutOrStdout())
			if asJSON {
				put = scoreLines(cmd.OutOrStdout())
			}
			for i, dir := range args {
				scores, predicted, err := graph.Builder{}.Score(cmd.Context(), dir)
				if err != nil {
					return err
				}
				if file != "" {
					if err := writePredictions(predictionFile(file, scores.Set, len(args)), predicted); err != nil {
						return err
					}
				}
				if err := put(scores, i == len(args)-1); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object per set")
	cmd.Flags().StringVar(&file, "pred", "", "write the predictions, one JSON object per line; of several sets each to its own file, FILE.SET.jsonl for FILE.jsonl")
	return cmd
}

// scoreTable prints scores as rows that line up, once the last is known.
func scoreTable(out io.Writer) func(graph.Scores, bool) error {
	tab := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tab, "tools\tgold pairs\tpredicted\trecall\tprecision\tF1\tparam recall\tHit@1\tHit@5\tMRR\tedges/tool\t  set")
	return func(s graph.Scores, last bool) error {
		fmt.Fprintf(tab, "%d\t%d\t%d\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.2f\t  %s\n", s.Tools, s.GoldPairs, s.PredPairs,
			s.PairRecall, s.PairPrecision, s.PairF1, s.ParamRecall, s.Hit1, s.Hit5, s.MRR, s.EdgesPerTool, s.Set)
		if !last {
			return nil
		}
		return tab.Flush()
	}
}

// scoreLines prints scores as the gold sets' own scorer does.
func scoreLines(out io.Writer) func(graph.Scores, bool) error {
	lines := json.NewEncoder(out)
	return func(s graph.Scores, _ bool) error { return lines.Encode(s) }
}

// predictionFile names the file of one set's predictions.
func predictionFile(file, set string, sets int) string {
	if sets == 1 {
		return file
	}
	ext := filepath.Ext(file)
	return strings.TrimSuffix(file, ext) + "." + set + ext
}

func writePredictions(name string, predicted []graph.Prediction) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(f)
	lines.SetEscapeHTML(false)
	for _, p := range predicted {
		if err := lines.Encode(p); err != nil {
			f.Close()
			return err
		}
	}
	return f.Close()
}
