package llm_test

import (
	"errors"
	"testing"

	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/llm/llmtest"
)

func TestReplayAnswersWithoutAServer(t *testing.T) {
	name := t.TempDir() + "/rec.jsonl"
	rec, err := llm.Record(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := llmtest.NewServer(llmtest.At(llmtest.Fault{Status: 500}), echo("m"))
	live, err := client(t, s, llm.Endpoint{Transport: rec}).Chat(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	rec.Close()
	s.Close()

	tape, err := llm.Replay(name)
	if err != nil {
		t.Fatal(err)
	}
	m := client(t, s, llm.Endpoint{Transport: tape})
	for range 2 {
		r, err := m.Chat(t.Context(), ask)
		if err != nil || r.Message.Content != live.Message.Content {
			t.Fatalf("%q, %v", r.Message.Content, err)
		}
	}
	other := ask
	other.Seed++
	if _, err := m.Chat(t.Context(), other); !errors.Is(err, llm.ErrNotRecorded) {
		t.Errorf("%v, want a plain word that this was not recorded", err)
	}
}
