package llm_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/llm/llmtest"
)

// ask is a request with everything in it that travels.
var ask = llm.Request{
	Messages: []scaler.Message{
		{Role: "system", Content: "Be brief."},
		{Role: "user", Content: "Where is order A<1>&2?"},
		{Role: "assistant", ToolCalls: []scaler.ToolCall{{ID: "c1", Name: "get_order", Arguments: `{"order_id": "A1",  "n": 1.0}`}}},
		{Role: "tool", ToolCallID: "c1", Name: "get_order", Content: `{"status": "shipped"}`},
	},
	Tools: []llm.Tool{{Name: "get_order", Description: "One order.", Parameters: json.RawMessage(`{"type":"object"}`)}},
	Seed:  7,
}

func client(t *testing.T, s *llmtest.Server, e llm.Endpoint) *llm.OpenAI {
	t.Helper()
	t.Cleanup(s.Close)
	e.URL, e.Wait = s.Base(), time.Millisecond
	if e.Model == "" {
		e.Model = "m"
	}
	m, err := llm.NewOpenAI(e)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// echo answers with what it was asked, so that a test sees what travelled.
func echo(name string) llm.Model {
	return llm.Func(name, func(_ context.Context, req llm.Request) (llm.Response, error) {
		body, _ := json.Marshal(req)
		return llm.Reply(llm.Say(string(body))), nil
	})
}

func TestChatTravelsWhole(t *testing.T) {
	m := client(t, llmtest.NewServer(nil, echo("m")), llm.Endpoint{})
	r, err := m.Chat(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	var got llm.Request
	if err := json.Unmarshal([]byte(r.Message.Content), &got); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got.Messages, got.Tools, got.Seed) != fmt.Sprint(ask.Messages, ask.Tools, ask.Seed) {
		t.Errorf("sent %+v\narrived %+v", ask, got)
	}
	if r.Finish != "stop" || r.Usage.Prompt == 0 || r.Usage.Completion == 0 {
		t.Errorf("finish %q, usage %+v", r.Finish, r.Usage)
	}
}

func TestConform(t *testing.T) {
	script := llm.Script("m", llm.Say("first"), llm.Call("c2", "get_order", `{}`))
	t.Run("script", func(t *testing.T) { llmtest.Conform(t, script, ask) })
	t.Run("openai", func(t *testing.T) {
		llmtest.Conform(t, client(t, llmtest.NewServer(nil, script), llm.Endpoint{}), ask)
	})
	t.Run("cached", func(t *testing.T) {
		c, err := llm.OpenCache(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		llmtest.Conform(t, c.Model(script), ask)
	})
}

func TestFaultsAreTriedAgain(t *testing.T) {
	for name, f := range map[string]llmtest.Fault{
		"too many requests": {Status: 429},
		"server error":      {Status: 503},
		"malformed":         {Malformed: true},
		"cut off":           {CutOff: true},
		"too slow":          {Delay: 400 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.NewServer(llmtest.At(f, f), llm.Script("m", llm.Say("here")))
			m := client(t, s, llm.Endpoint{Timeout: 100 * time.Millisecond})
			r, err := m.Chat(t.Context(), llm.Request{})
			if err != nil || r.Message.Content != "here" || s.Requests() != 3 {
				t.Errorf("%q, %v after %d requests, want the third to be answered", r.Message.Content, err, s.Requests())
			}
		})
	}
}

func TestRetryAfterIsWaitedFor(t *testing.T) {
	s := llmtest.NewServer(llmtest.At(llmtest.Fault{Status: 429, RetryAfter: "1"}), llm.Script("m", llm.Say("here")))
	m := client(t, s, llm.Endpoint{})
	start := time.Now()
	if _, err := m.Chat(t.Context(), llm.Request{}); err != nil {
		t.Fatal(err)
	}
	if waited := time.Since(start); waited < time.Second {
		t.Errorf("waited %v, the server asked for 1 s", waited)
	}
}

func TestRefusalsAreFinal(t *testing.T) {
	s := llmtest.NewServer(llmtest.At(llmtest.Fault{Status: 401}), llm.Script("m", llm.Say("here")))
	_, err := client(t, s, llm.Endpoint{}).Chat(t.Context(), llm.Request{})
	var status *llm.StatusError
	if !errors.As(err, &status) || status.Status != 401 || s.Requests() != 1 {
		t.Errorf("%v after %d requests, want one 401", err, s.Requests())
	}
}

func TestTriesEnd(t *testing.T) {
	s := llmtest.NewServer(func(int) llmtest.Fault { return llmtest.Fault{Status: 500} })
	_, err := client(t, s, llm.Endpoint{Tries: 4}).Chat(t.Context(), llm.Request{})
	if err == nil || s.Requests() != 4 || !strings.Contains(err.Error(), "status 500") {
		t.Errorf("%v after %d requests, want 4 and the last status", err, s.Requests())
	}
}

// The key goes to the server and nowhere else, even when the server quotes it.
func TestKeyIsNeverShown(t *testing.T) {
	const key = "sk-very-secret"
	t.Setenv("OPENAI_API_KEY", key)
	s := llmtest.NewServer(llmtest.At(llmtest.Fault{Status: 401, Echo: true}), echo("m"))
	dir := t.TempDir()
	rec, err := llm.Record(dir+"/rec.jsonl", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer rec.Close()
	_, failure := client(t, s, llm.Endpoint{Transport: rec}).Chat(t.Context(), llm.Request{})
	var log bytes.Buffer
	e := llm.Endpoint{Model: "m", Key: key}
	slog.New(slog.NewTextHandler(&log, nil)).Info("model", "endpoint", e, "key", e.Key, "err", failure)
	asJSON, _ := json.Marshal(e)
	for what, text := range map[string]string{"error": failure.Error(), "log": log.String(), "json": string(asJSON), "%#v": fmt.Sprintf("%v %+v %#v", e, e, e)} {
		if strings.Contains(text, key) {
			t.Errorf("the key is in the %s: %s", what, text)
		}
	}
	if !strings.Contains(failure.Error(), "Bearer [key]") {
		t.Errorf("the server's words are lost, or the key was not sent: %v", failure)
	}
}

func TestRequestsInFlightAreBounded(t *testing.T) {
	s := llmtest.NewServer(func(int) llmtest.Fault { return llmtest.Fault{Delay: 5 * time.Millisecond} }, llm.Script("m", llm.Say("x")))
	m := client(t, s, llm.Endpoint{Parallel: 3})
	var wg sync.WaitGroup
	for range 24 {
		wg.Go(func() { m.Chat(t.Context(), llm.Request{}) })
	}
	wg.Wait()
	if s.Requests() != 24 || s.Peak() > 3 {
		t.Errorf("%d requests, %d at once, want 24 and 3", s.Requests(), s.Peak())
	}
}

func TestEmbed(t *testing.T) {
	s := llmtest.NewServer(nil)
	m := client(t, s, llm.Endpoint{Batch: 2})
	v, err := m.Embed(t.Context(), []string{"order id", "invoice", "order id"})
	if err != nil || len(v) != 3 || s.Requests() != 2 {
		t.Fatalf("%d vectors by %d requests, %v", len(v), s.Requests(), err)
	}
	if fmt.Sprint(v[0]) != fmt.Sprint(v[2]) || fmt.Sprint(v[0]) == fmt.Sprint(v[1]) {
		t.Errorf("vectors are mixed up: %v", v)
	}
}

func TestUnreachableAddresses(t *testing.T) {
	for _, url := range []string{"localhost:8000", "ftp://host/v1", "http://me:secret@host/v1"} {
		_, err := llm.NewOpenAI(llm.Endpoint{Model: "m", URL: url})
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func BenchmarkChat(b *testing.B) {
	s := llmtest.NewServer(nil, llm.Script("m", llm.Say("x")))
	defer s.Close()
	m, err := llm.NewOpenAI(llm.Endpoint{Model: "m", URL: s.Base()})
	if err != nil {
		b.Fatal(err)
	}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := m.Chat(context.Background(), llm.Request{}); err != nil {
				b.Error(err)
			}
		}
	})
}
