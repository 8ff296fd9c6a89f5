package pipeline_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/store"
)

// A model that never answers has no part in a run: it stays what it was, and
// goes on without that model.
func TestRunIsNotOfAModelThatNeverAnswered(t *testing.T) {
	b := newWorkbench(t)
	b.settings.RolloutsPerTask = 8
	b.made(b.run(), "spec", "export")
	away := llm.Func("away", func(context.Context, llm.Request) (llm.Response, error) {
		return llm.Response{}, errors.New("nobody is there")
	})
	made, err := b.try(func(o *pipeline.Options) {
		o.From, o.Agent, o.AgentModel = "rollout", away, away.Name()
	})
	if err == nil || !strings.Contains(err.Error(), "is the model there?") || len(made) > 0 {
		t.Fatalf("made %v, %v", made, err)
	}
	run, err := store.Open(b.dir)
	if err != nil {
		t.Fatal(err)
	}
	info, err := pipeline.ReadInfo(run)
	if err != nil || info.Settings.AgentModel != "" {
		t.Errorf("the run counts as made with %q (%v)", info.Settings.AgentModel, err)
	}
	if got := b.run(); len(got) > 0 {
		t.Errorf("a rerun without the model made %v", got)
	}
}
