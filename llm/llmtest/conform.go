package llmtest

import (
	"context"
	"reflect"
	"sync"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
)

// Conform tests what callers of every Model rely on. The request must be one
// that the model can answer.
func Conform(t *testing.T, m llm.Model, req llm.Request) {
	t.Helper()
	ctx := context.Background()
	t.Run("has a name", func(t *testing.T) {
		first := m.Name()
		if again := m.Name(); first == "" || again != first {
			t.Errorf("named %q, then %q", first, again)
		}
	})
	want, err := m.Chat(ctx, req)
	if err != nil {
		t.Fatalf("chat: %v", err)
	}
	t.Run("answers as the assistant", func(t *testing.T) { wellFormed(t, want.Message) })
	t.Run("leaves the request alone", func(t *testing.T) { untouched(t, m, req) })
	t.Run("answers many at once", func(t *testing.T) { concurrent(t, m, req, want) })
	t.Run("stops with its context", func(t *testing.T) {
		done, cancel := context.WithCancel(ctx)
		cancel()
		other := req
		other.Seed++ // an answer that is already at hand may be given
		if _, err := m.Chat(done, other); err == nil {
			t.Error("answered after its context had ended")
		}
	})
}

func wellFormed(t *testing.T, m scaler.Message) {
	if m.Role != "assistant" {
		t.Errorf("role %q, want assistant", m.Role)
	}
	if m.Content == "" && len(m.ToolCalls) == 0 {
		t.Error("neither text nor tool calls")
	}
	seen := map[string]bool{}
	for _, c := range m.ToolCalls {
		if c.ID == "" || c.Name == "" || seen[c.ID] {
			t.Errorf("tool call %+v: empty or repeated id, or no name", c)
		}
		seen[c.ID] = true
	}
}

func untouched(t *testing.T, m llm.Model, req llm.Request) {
	before := req
	before.Messages = append([]scaler.Message(nil), req.Messages...)
	before.Tools = append([]llm.Tool(nil), req.Tools...)
	if _, err := m.Chat(context.Background(), req); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before.Messages, append([]scaler.Message(nil), req.Messages...)) ||
		!reflect.DeepEqual(before.Tools, append([]llm.Tool(nil), req.Tools...)) {
		t.Error("the request has changed")
	}
}

func concurrent(t *testing.T, m llm.Model, req llm.Request, want llm.Response) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			got, err := m.Chat(context.Background(), req)
			if err != nil {
				t.Error(err)
			} else if !reflect.DeepEqual(got.Message, want.Message) {
				t.Errorf("got %+v, then %+v", want.Message, got.Message)
			}
		})
	}
	wg.Wait()
}
