package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/agentscaler/scaler/eval/acebench"
	"github.com/agentscaler/scaler/eval/board"
	"github.com/spf13/cobra"
)

// boardFlags say how result files are read.
type boardFlags struct{ data, scorer string }

func (f *boardFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.data, "data", "", "checkout of ACEBench, whose results are scored as they are read")
	cmd.Flags().StringVar(&f.scorer, "scorer", "", "of ACEBench: 2025-10 (default), 2025-07 or strict")
}

func (f *boardFlags) read(paths []string) ([]board.Set, error) {
	r := board.Reader{Scorer: f.scorer}
	if f.data != "" {
		var err error
		if r.ACEBench, err = acebench.Open(f.data); err != nil {
			return nil, err
		}
	}
	var sets []board.Set
	for _, path := range paths {
		found, err := r.Read(path)
		if err != nil {
			return nil, err
		}
		sets = append(sets, found...)
	}
	return board.Join(sets), nil
}

func newTable() *cobra.Command {
	var f boardFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "table [NAME=]RESULTS...",
		Short: "Put results of several models and benchmarks side by side",
		Example: `  agentscaler eval table base=runs/base phase1=runs/phase1 phase2=runs/phase2 --data ACEBench
  agentscaler eval table tau-bench-results tau2-results`,
		Args: atLeast(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			sets, err := f.read(args)
			if err != nil {
				return err
			}
			return printTable(cmd.OutOrStdout(), board.Table(sets), asJSON)
		},
	}
	f.register(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print every figure with its pass^k")
	return cmd
}

func newPlot() *cobra.Command {
	var f boardFlags
	var out, of string
	var names []string
	for _, c := range board.Curves {
		names = append(names, c.Name)
	}
	cmd := &cobra.Command{
		Use:   "plot [NAME=]RESULTS... --of CURVE --out FILE.svg",
		Short: "Draw pass^k against k, or accuracy against the number of tool calls",
		Example: `  agentscaler eval plot tau2-results --of pass --out pass.svg
  agentscaler eval plot small=runs/small large=runs/large --of calls --out calls.svg`,
		Args: atLeast(1),
		RunE: func(_ *cobra.Command, args []string) error {
			for _, c := range board.Curves {
				if c.Name == of {
					return f.plot(c, args, out)
				}
			}
			return usageError{fmt.Errorf("--of is %s, not %q", strings.Join(names, " or "), of)}
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&of, "of", names[0], strings.Join(names, " or "))
	cmd.Flags().StringVar(&out, "out", "plot.svg", "the picture")
	return cmd
}

func (f *boardFlags) plot(c board.Curve, paths []string, out string) error {
	sets, err := f.read(paths)
	if err != nil {
		return err
	}
	picture, err := c.Draw(sets)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := picture.Write(&b); err != nil {
		return err
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}
