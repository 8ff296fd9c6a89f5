package llm_test

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/llm/llmtest"
)

// counting answers differently each time, so that a stored answer shows.
func counting(n *int) llm.Model {
	return llm.Func("m", func(context.Context, llm.Request) (llm.Response, error) {
		*n++
		return llm.Reply(llm.Say(fmt.Sprint("answer ", *n))), nil
	})
}

func open(t *testing.T, dir string) *llm.Cache {
	t.Helper()
	c, err := llm.OpenCache(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func TestRerunAsksNothing(t *testing.T) {
	dir, asked := t.TempDir(), 0
	trial := func(c *llm.Cache, rollout int) string {
		req := ask
		req.For = llm.Purpose{Stage: "rollout", Item: "t1", Rollout: rollout, Role: "agent"}
		r, err := c.Model(counting(&asked)).Chat(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		return r.Message.Content
	}
	c := open(t, dir)
	first, second := trial(c, 0), trial(c, 1)
	if asked != 2 || first == second {
		t.Fatalf("two trials made %d requests: %q, %q", asked, first, second)
	}
	c.Close()
	again := open(t, dir)
	if got := trial(again, 0); got != first || asked != 2 {
		t.Errorf("the rerun made a request or changed the answer: %q, %d requests", got, asked)
	}
	if hits, misses := again.Stats(); hits != 1 || misses != 0 {
		t.Errorf("%d hits, %d misses", hits, misses)
	}
}

func TestTornLineCostsOneRequest(t *testing.T) {
	dir, asked := t.TempDir(), 0
	c := open(t, dir)
	chat := func(c *llm.Cache, turn int) {
		req := ask
		req.For.Turn = turn
		if _, err := c.Model(counting(&asked)).Chat(t.Context(), req); err != nil {
			t.Fatal(err)
		}
	}
	chat(c, 1)
	chat(c, 2)
	c.Close()
	name := dir + "/responses.jsonl"
	data, _ := os.ReadFile(name)
	if err := os.WriteFile(name, data[:len(data)-20], 0o644); err != nil {
		t.Fatal(err)
	}
	c = open(t, dir)
	chat(c, 1)
	chat(c, 2)
	c.Close()
	c = open(t, dir)
	chat(c, 1)
	chat(c, 2)
	if asked != 3 {
		t.Errorf("%d requests, want the torn answer asked for once more", asked)
	}
}

func TestFailuresAreNotKept(t *testing.T) {
	c := open(t, t.TempDir())
	m := c.Model(llm.Script("m")) // has nothing to say
	for range 2 {
		if _, err := m.Chat(t.Context(), ask); err == nil || !strings.Contains(err.Error(), "script") {
			t.Errorf("%v, want the script's failure", err)
		}
	}
}

func TestEmbeddingsAreKeptByText(t *testing.T) {
	s := llmtest.NewServer(nil)
	m := open(t, t.TempDir()).Embedder(client(t, s, llm.Endpoint{}))
	one, err := m.Embed(t.Context(), []string{"order", "invoice"})
	if err != nil {
		t.Fatal(err)
	}
	two, err := m.Embed(t.Context(), []string{"invoice", "order"})
	if err != nil || s.Requests() != 1 {
		t.Fatalf("%d requests, %v", s.Requests(), err)
	}
	if !reflect.DeepEqual(one[0], two[1]) || !reflect.DeepEqual(one[1], two[0]) {
		t.Error("stored vectors differ")
	}
}
