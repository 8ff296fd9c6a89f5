package filter

import (
	"fmt"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// kept is a verdict that the stages let pass.
var kept = scaler.Verdict{Kept: true}

func talk(id string, texts ...string) scaler.Rollout {
	r := scaler.Rollout{ID: scaler.RolloutID(id)}
	for i, text := range texts {
		role := []string{"user", "assistant"}[i%2]
		r.Messages = append(r.Messages, scaler.Message{Role: role, Content: text})
	}
	return r
}

// The first of two that are nearly the same stays, and names nothing it is not.
func TestNearDuplicates(t *testing.T) {
	var long []string
	for i := range 120 {
		long = append(long, fmt.Sprint("word", i))
	}
	text := strings.Join(long, " ")
	var s Sieve
	for _, c := range []struct {
		r    scaler.Rollout
		twin string
	}{
		{talk("a", text, "fine"), ""},
		{talk("b", text, "fine"), "a"},
		{talk("c", strings.Replace(text, "word60", "other", 1), "fine"), "a"},
		{talk("d", strings.Join(long[:60], " "), "fine"), ""},
		{talk("e", "hi", "hello"), ""},
		{talk("f", "hi", "hello"), "e"},
		{talk("g", "hi", "good day"), ""},
	} {
		v := s.Pass(c.r, kept)
		if c.twin == "" && !v.Kept {
			t.Errorf("%s: %s", c.r.ID, v.Detail)
		}
		if c.twin != "" && (v.Reason != NearDuplicate || !strings.HasSuffix(v.Detail, " "+c.twin)) {
			t.Errorf("%s: %+v, want a duplicate of %s", c.r.ID, v, c.twin)
		}
	}
	dropped := scaler.Verdict{Stage: "state", Reason: ExtraRow}
	if v := s.Pass(talk("h", text, "fine"), dropped); v != dropped {
		t.Errorf("a dropped rollout got %+v", v)
	}
}

// Thirteen words in a row that stand in a benchmark, whatever the punctuation
// or the file's form, are one passage too many.
func TestContamination(t *testing.T) {
	corpus := &Corpus{}
	words := strings.Fields("a small grey heron waits beside the mill pond until every last fish has gone to sleep")
	if err := corpus.Add("bench.json", strings.NewReader(`{"instruction": "A small, grey heron waits\nbeside the mill pond until every last fish has gone to sleep."}`)); err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]bool{12: false, 13: true, len(words): true} {
		s := Sieve{Benchmarks: corpus}
		v := s.Pass(talk("r", "Hear this: "+strings.ToUpper(strings.Join(words[:n], "  "))+"!", "yes"), kept)
		if (v.Reason == BenchmarkOverlap) != want {
			t.Errorf("%d words: %+v", n, v)
		}
		written := talk("w", "Write it down, please.", "yes")
		written.Messages[1].ToolCalls = []scaler.ToolCall{{ID: "c1", Name: "note", Arguments: fmt.Sprintf(`{"text": %q}`, strings.Join(words[:n], " "))}}
		if v := s.Pass(written, kept); (v.Reason == BenchmarkOverlap) != want {
			t.Errorf("%d words in a call: %+v", n, v)
		}
		if want && !strings.Contains(v.Detail, "bench.json") {
			t.Errorf("the detail does not name the file: %s", v.Detail)
		}
	}
}

// The report adds up: what came in is what was dropped and what is left.
func TestTally(t *testing.T) {
	var all Tally
	all.Add(scaler.FamilyWrite, scaler.Verdict{Kept: true, State: true, Errors: 2})
	all.Add(scaler.FamilyWrite, scaler.Verdict{Stage: "state", Reason: MissingRow})
	all.Add(scaler.FamilyRead, scaler.Verdict{Stage: "near_duplicate", Reason: NearDuplicate, State: true})
	got := map[string]float64{}
	sum := 0.0
	for _, c := range all.Report().Counts {
		got[c.Name] = c.N
		if strings.HasPrefix(c.Name, "dropped by ") {
			sum += c.N
		}
	}
	if sum+got["kept"] != got["rollouts"] || got["kept with tool errors, write"] != 1 || got["rollouts, read"] != 1 || got["right state"] != 2 {
		t.Errorf("got %v", got)
	}
}

func BenchmarkSieve(b *testing.B) {
	text := strings.Repeat("words that are spoken by somebody about something ", 20)
	var s Sieve
	for i := 0; b.Loop(); i++ {
		s.Pass(talk(fmt.Sprint(i), fmt.Sprint(text, i, text, i*7), "fine"), kept)
	}
}
