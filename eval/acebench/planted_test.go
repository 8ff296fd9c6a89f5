package acebench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/internal/pylit"
	"github.com/agentscaler/scaler/llm"
)

// A cast answers a trial of a task with its gold answer, by a draw of a planted
// probability, and otherwise with nothing.
type cast struct {
	accuracy float64
	gold     map[string]*pylit.Dict // official result rows
}

// right draws once for all turns of a dialogue, which counts as a whole.
func (c cast) right(id string, trial int) bool {
	if strings.HasPrefix(id, "normal_multi_turn") && strings.Count(id, "_") > 5 {
		id = id[:strings.LastIndexByte(id, '_')]
	}
	return scaler.Rand(3, id, fmt.Sprint(trial)).Float64() < c.accuracy
}

func (c cast) agent() llm.Model {
	return llm.Func("cast", func(_ context.Context, r llm.Request) (llm.Response, error) {
		row := c.gold[r.For.Item]
		steps := texts(field(row, "process"))
		if len(steps) == 0 && c.right(r.For.Item, r.For.Rollout) {
			return llm.Reply(llm.Say(text(row, "result"))), nil
		}
		seen := r.Messages[len(r.Messages)-1].Content
		made := strings.Count(seen, "\nexecution:") + strings.Count(seen, "\nexecution result:")
		if made < len(steps) && c.right(r.For.Item, r.For.Rollout) {
			return llm.Reply(llm.Say(steps[made])), nil
		}
		return llm.Reply(llm.Say("Well, " + goodbye)), nil
	})
}

func says(words string) llm.Model {
	return llm.Func("user", func(context.Context, llm.Request) (llm.Response, error) { return llm.Reply(llm.Say(words)), nil })
}

// All tasks of a language, 64 at once: an agent of known accuracy gets the
// planted pass^k and pass@k, and a run that was cut and resumed writes the same
// bytes.
func TestPlanted(t *testing.T) {
	dir := os.Getenv("AGENTSCALER_ACEBENCH")
	if dir == "" {
		t.Skip("AGENTSCALER_ACEBENCH names no checkout of ACEBench")
	}
	d, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range Languages {
		c := cast{gold: map[string]*pylit.Dict{}}
		for _, category := range Categories {
			rows, err := readLines(shared(t, "reference", "acebench-results", lang, "gold", "data_"+category.Name+"_result.json"))
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				c.gold[text(row, "id")] = row
			}
		}
		solved := map[bool]map[string]bool{} // by whether the gold answer was given: what the scorer makes of it
		for _, right := range []bool{false, true} {
			c.accuracy = float64(map[bool]int{true: 1}[right])
			run := Run{Player: Player{Data: d, Agent: c.agent(), User: says("Go on.")}, Language: lang, Out: t.TempDir(), Parallel: 64}
			solved[right] = solvedIn(t, &run, 1)[0]
		}
		c.accuracy = 0.6
		run := Run{Player: Player{Data: d, Agent: c.agent(), User: says("Go on.")}, Language: lang, Out: t.TempDir(), Parallel: 64, Trials: 3}
		got := solvedIn(t, &run, 3)
		var want, have []trial.Result
		for n := range 3 {
			for _, id := range slices.Sorted(maps.Keys(solved[true])) {
				want = append(want, trial.Result{Task: id, Solved: solved[c.right(id, n)][id]})
				have = append(have, trial.Result{Task: id, Solved: got[n][id]})
			}
		}
		if !slices.Equal(have, want) {
			t.Errorf("%s: other trials are solved than were to be", lang)
		}
		passes := trial.Passes(have)
		for i, p := range trial.Passes(want) {
			if math.Abs(p.All-passes[i].All) > 1e-12 || p.Tasks != len(solved[true]) {
				t.Errorf("%s: %+v, want %+v", lang, passes[i], p)
			}
		}
		t.Logf("%s: %d tasks, %+v", lang, len(solved[true]), passes)
		resumed(t, run)
	}
}

// solvedIn runs and says which tasks each trial solved.
func solvedIn(t *testing.T, run *Run, trials int) (solved []map[string]bool) {
	t.Helper()
	if gaps, err := run.Do(t.Context()); err != nil || gaps != nil {
		t.Fatal(gaps, err)
	}
	for n := range trials {
		report, err := run.Data.Rescore(run.Dir(n), run.Language, "")
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]bool{}
		for _, score := range report.Categories {
			maps.Copy(all, score.solved)
		}
		solved = append(solved, all)
	}
	return solved
}

// resumed cuts a run after some answers, tears its journal, and goes on.
func resumed(t *testing.T, run Run) {
	t.Helper()
	whole := run
	run.Out = t.TempDir()
	var asked atomic.Int32
	ctx, cancel := context.WithCancel(t.Context())
	run.Agent = llm.Func(whole.Agent.Name(), func(ctx context.Context, r llm.Request) (llm.Response, error) {
		if asked.Add(1) == 1500 {
			cancel()
		}
		return whole.Agent.Chat(ctx, r)
	})
	if _, err := run.Do(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	journals, _ := filepath.Glob(filepath.Join(run.Out, "trials-*.jsonl"))
	text, err := os.ReadFile(journals[0])
	if err != nil || os.WriteFile(journals[0], text[:len(text)-20], 0o644) != nil {
		t.Fatal(err)
	}
	if _, err := run.Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	for n := range run.Trials {
		for _, c := range Categories {
			name := "data_" + c.Name + "_result.json"
			a, err := os.ReadFile(filepath.Join(whole.Dir(n), name))
			b, worse := os.ReadFile(filepath.Join(run.Dir(n), name))
			if err != nil || worse != nil || !bytes.Equal(a, b) {
				t.Errorf("%s of trial %d is other than in one go (%v %v)", name, n, err, worse)
			}
		}
	}
}
