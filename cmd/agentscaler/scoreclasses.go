package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/spec"
	"github.com/spf13/cobra"
)

func newScoreClasses() *cobra.Command {
	var asJSON bool
	var wrong int
	cmd := &cobra.Command{
		Use:   "classes SOURCE...",
		Short: "Tell reads from writes by words alone and compare with what the specifications say",
		Long: `Reads the sources and asks of every tool whether its name, description and
parameters tell a read from a write, where the specification itself says which:
GET against PUT, PATCH and DELETE, a trait, a hint. What it says is not read.
POST may be either, so it is not counted.`,
		Example: `  agentscaler score classes specs/ more.tar.zst
  agentscaler score classes --wrong 20 openapi.yaml`,
		Args: atLeast(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			scores, err := spec.Reader{}.ScoreClasses(cmd.Context(), args)
			if err != nil {
				return err
			}
			for i := range scores {
				scores[i].Misses = spread(scores[i].Misses, wrong)
			}
			if asJSON {
				return classLines(cmd.OutOrStdout(), scores)
			}
			return classTable(cmd.OutOrStdout(), scores)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object per source and kind of evidence")
	cmd.Flags().IntVar(&wrong, "wrong", 0, "show this many of the tools that are told wrong")
	return cmd
}

// spread returns n misses drawn with a fixed seed.
func spread(all []spec.Miss, n int) []spec.Miss {
	rng := scaler.Rand(1, "misses")
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(n, len(all))]
}

func classLines(out io.Writer, scores []spec.ClassScore) error {
	lines := json.NewEncoder(out)
	for _, s := range scores {
		if err := lines.Encode(s); err != nil {
			return err
		}
	}
	return nil
}

func classTable(out io.Writer, scores []spec.ClassScore) error {
	tab := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tab, "tools\tright\twrong\tabstained\tright of decided\tdecided\t  says\t  source")
	for _, s := range scores {
		fmt.Fprintf(tab, "%d\t%d\t%d\t%d\t%.1f %%\t%.1f %%\t  %s\t  %s\n", s.N, s.Right, s.Wrong, s.Abstained,
			100*s.Accuracy(), 100*float64(s.Right+s.Wrong)/float64(max(s.N, 1)), s.Says, filepath.Base(s.Source))
	}
	if err := tab.Flush(); err != nil {
		return err
	}
	for _, s := range scores {
		for _, m := range s.Misses {
			fmt.Fprintf(out, "\n%s\n  says %s, words %s by %s\n  %s\n", m.Tool, m.Says, m.Words, m.Why, m.Description)
		}
	}
	return nil
}
