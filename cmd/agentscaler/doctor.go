package main

import (
	"fmt"
	"io"
	"os"
	"runtime"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/spf13/cobra"
)

func newDoctor() *cobra.Command {
	var m modelFlags
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say what this machine can do: isolation, disk, models",
		Args:  exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			out := cmd.OutOrStdout()
			fmt.Fprintf(out, "agentscaler %s, %s, %s/%s, %d cores\n", scaler.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
			fmt.Fprintf(out, "isolation of foreign tool code: %s\n", sandbox.Isolation())
			if err := probeWorker(cmd); err != nil {
				return fmt.Errorf("worker process: %w", err)
			}
			fmt.Fprintln(out, "worker process: starts, answers, and a memory bomb costs it one failed call")
			if err := probeDisk(); err != nil {
				return fmt.Errorf("temporary folder: %w", err)
			}
			fmt.Fprintf(out, "temporary folder %s: writable\n", os.TempDir())
			return probeModel(cmd, out, m)
		},
	}
	m.register(cmd.Flags())
	return cmd
}

// probeWorker runs a hostile tool in a worker process, as a stranger's world
// would be run.
func probeWorker(cmd *cobra.Command) error {
	object := []byte(`{"type": "object", "properties": {}}`)
	env, err := sandbox.Open(&scaler.World{
		ID: "probe", Now: "2026-01-01T00:00:00Z",
		Tools: []scaler.WorldTool{{Name: "ping", Parameters: object}, {Name: "bomb", Parameters: object}},
		Code:  "def ping(db, args):\n    return 1\n\ndef bomb(db, args):\n    return len(list(range(1000000000)))\n",
	}, sandbox.Options{Isolate: true})
	if err != nil {
		return err
	}
	defer env.Close()
	session, err := env.Start(scaler.Init{}, 1)
	if err != nil {
		return err
	}
	for _, step := range []struct {
		tool  string
		fails bool
	}{{"ping", false}, {"bomb", true}, {"ping", false}} {
		result := session.Call(cmd.Context(), step.tool, []byte("{}"))
		if failed := result.Err != nil || result.Refused != nil; failed != step.fails {
			return fmt.Errorf("%s: failed is %v, want %v (%s)", step.tool, failed, step.fails, result.Text)
		}
	}
	return nil
}

func probeDisk() error {
	f, err := os.CreateTemp("", "agentscaler-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.WriteString("probe"); err != nil {
		return err
	}
	return f.Close()
}

// probeModel asks a model for one word where one was named.
func probeModel(cmd *cobra.Command, out io.Writer, m modelFlags) error {
	switch {
	case m.model == "" && m.url != "":
		return errModelName
	case m.model == "":
		fmt.Fprintln(out, "models: none named; the built-in engines play all roles (try --llm URL --model NAME)")
		return nil
	}
	server, err := llm.NewOpenAI(llm.Endpoint{Model: m.model, URL: m.url})
	if err != nil {
		return err
	}
	answer, err := server.Chat(cmd.Context(), llm.Request{
		Messages:  []scaler.Message{{Role: "user", Content: "Answer with the single word: ready"}},
		MaxTokens: 16, For: llm.Purpose{Stage: "doctor"},
	})
	if err != nil {
		return fmt.Errorf("model %s: %w", m.model, err)
	}
	fmt.Fprintf(out, "model %s: answers %q\n", m.model, answer.Message.Content)
	return nil
}
