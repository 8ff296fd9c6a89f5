// Command agentscaler turns API specifications into executable worlds, proven
// tasks, filtered trajectories and a dataset.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/spf13/cobra"
)

// Exit codes, as the manual promises them.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitPartly = 3 // done, but infrastructure failed some items
)

func main() {
	sandbox.Main()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Main runs one command line and returns its exit code. The end-to-end tests
// call it as main does.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	if ctx.Err() != nil {
		err = errInterrupted
	}
	fmt.Fprintln(stderr, "agentscaler:", plain(err))
	var usage usageError
	switch {
	case errors.As(err, &usage):
		return exitUsage
	case errors.Is(err, pipeline.ErrFailedItems), errors.Is(err, trial.ErrUnanswered):
		return exitPartly
	}
	return exitFailed
}

// plain is the text of an error, less the names of system calls where a file that
// somebody named is not there.
func plain(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) && errors.Is(at, fs.ErrNotExist) {
		return strings.Replace(err.Error(), at.Error(), at.Path+": there is no such file", 1)
	}
	return err.Error()
}

var errInterrupted = errors.New("interrupted; what is finished is kept, the same command goes on from there")

// usageError is a command line that makes no sense.
type usageError struct{ error }

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "agentscaler",
		Short:         "From API specifications to worlds, proven tasks and training data",
		Version:       scaler.Version,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE:          choose,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { // cobra's own check comes after it
			if err := cmd.ValidateRequiredFlags(); err != nil {
				return usageError{fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())}
			}
			return nil
		},
	}
	root.AddCommand(newDemo(), newRun())
	for _, name := range pipeline.Names()[1:] {
		stage := newStage(name)
		if name == "world" {
			stage.AddCommand(newWorldSQLite())
		}
		root.AddCommand(stage)
	}
	root.AddCommand(newShow(), newScore(), newCall(), newServe(), newVerify(), newEval(), newDoctor())
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())}
	})
	return root
}

// choose is what a command does that only gathers others: it lists them, and
// turns down a name that is none of theirs.
func choose(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("there is no command %q; see %s --help", args[0], cmd.CommandPath())}
	}
	return cmd.Help()
}

// exactly and atLeast are cobra's argument checks as usage errors.
func exactly(n int) cobra.PositionalArgs { return usage(cobra.ExactArgs(n)) }
func atLeast(n int) cobra.PositionalArgs { return usage(cobra.MinimumNArgs(n)) }
func between(min, max int) cobra.PositionalArgs {
	return usage(cobra.RangeArgs(min, max))
}

func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{fmt.Errorf("%w; usage: %s", err, cmd.UseLine())}
		}
		return nil
	}
}
