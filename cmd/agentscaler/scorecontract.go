package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/store"
	"github.com/spf13/cobra"
)

func newScoreContract() *cobra.Command {
	var asJSON bool
	var domains int
	var seed uint64
	cmd := &cobra.Command{
		Use:   "contract RUN",
		Short: "Build the worlds of a run's domains and count tiers, clauses met and tools left out",
		Long: `Builds the world of every domain of a run that reached the domain stage, or of
some drawn with a seed, and counts by source how much of their tools the worlds
do (tiers A to E; F are those left out), how many domains have a world that is
graded well enough for tasks, which clause the tools left out broke, and how
many of the others meet each clause of the contract. Nothing is written.`,
		Example: `  agentscaler run --out runs/all --until domain specs/
  agentscaler score contract runs/all
  agentscaler score contract --domains 500 --seed 7 runs/all`,
		Args: exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			run, err := store.Open(args[0])
			if err != nil {
				return err
			}
			score, err := pipeline.ScoreContract(cmd.Context(), run, domains, seed)
			if err != nil {
				return err
			}
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(score)
			}
			return printContract(cmd.OutOrStdout(), score)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	cmd.Flags().IntVar(&domains, "domains", 0, "draw this many domains (0: all)")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "of the draw and of the worlds")
	return cmd
}

var tiers = []scaler.Tier{scaler.TierStateful, scaler.TierKeyed, scaler.TierSearch, scaler.TierCompute, scaler.TierEvent, scaler.TierNone}

func printContract(out io.Writer, s *pipeline.ContractScore) error {
	fmt.Fprintf(out, "%d worlds of %d domains\n\n", s.Worlds, s.Domains)
	for _, domain := range s.Stumbled {
		fmt.Fprintf(out, "a fault of the builder's: %s\n\n", domain)
	}
	tab := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tab, "tools\tA\tB\tC\tD\tE\tF\tD-F\tgeneric\tdomains\tpassed\t  source: what was left out for")
	for _, src := range s.Sources {
		fmt.Fprintf(tab, "%d\t", src.Tools)
		for _, t := range tiers {
			fmt.Fprintf(tab, "%.1f %%\t", 100*src.Share(t))
		}
		fmt.Fprintf(tab, "%.1f %%\t%d\t%d\t%.0f %%\t  %s\n", 100*src.Share(tiers[3:]...), src.Generic, src.Domains, 100*float64(src.Passed)/float64(max(src.Domains, 1)), leftOut(src))
	}
	fmt.Fprintln(tab, "\nmeet it\tbreak it\texempt\t  clause")
	for _, c := range s.Clauses {
		fmt.Fprintf(tab, "%d\t%d\t%d\t  %s\n", c.Pass, c.Fail, c.Exempt, c.Name)
	}
	return tab.Flush()
}

// leftOut names a source and says why tools of it are in no world.
func leftOut(s pipeline.SourceScore) string {
	parts := []string{s.Source + ":"}
	for _, clause := range slices.Sorted(maps.Keys(s.Dropped)) {
		parts = append(parts, fmt.Sprintf("%s %d", clause, s.Dropped[clause]))
	}
	if s.NoWorld > 0 {
		parts = append(parts, fmt.Sprintf("no world %d", s.NoWorld))
	}
	return strings.TrimSuffix(strings.Replace(strings.Join(parts, ", "), ":,", ":", 1), ":")
}
