package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
)

var (
	paramLine = regexp.MustCompile(`^Parameter ([^:]+)`)
	guessLine = regexp.MustCompile(`^  (\d+)\. (.+), at `)
)

// lines calls do with each line of a question: its number, tool and parameter.
func lines(req llm.Request, do func(n int, from, param string)) {
	param := ""
	for line := range strings.Lines(req.Messages[0].Content) {
		if m := paramLine.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			param = m[1]
		} else if m := guessLine.FindStringSubmatch(line); m != nil {
			n, _ := strconv.Atoi(m[1])
			do(n, m[2], param)
		}
	}
}

// answer is a reply in the form that was asked for.
func answer(right, unsure []int) (llm.Response, error) {
	raw, err := json.Marshal(map[string][]int{"right": append([]int{}, right...), "unsure": append([]int{}, unsure...)})
	return llm.Reply(llm.Say(string(raw))), err
}

// knowing plays a model that knows a gold set, and on what the set is silent is
// unsure; tell says what it makes of the truth.
func knowing(gold Gold, tell func(item string, truth bool) bool) llm.Model {
	right, named := map[paramEdge]bool{}, map[target]bool{}
	for _, e := range gold.Edges {
		right[paramEdge{toolPair{e.Doc, e.From, e.To}, plain(e.Param)}] = true
		named[target{e.Doc, e.To, plain(e.Param)}] = true
	}
	return llm.Func("knowing", func(_ context.Context, req llm.Request) (llm.Response, error) {
		doc, to, _ := strings.Cut(req.For.Item, "\x00")
		var yes, unsure []int
		lines(req, func(n int, from, param string) {
			name := plain(param)
			if !named[target{doc, to, name}] {
				unsure = append(unsure, n)
			} else if tell(fmt.Sprint(req.For.Item, n), right[paramEdge{toolPair{doc, from, to}, name}]) {
				yes = append(yes, n)
			}
		})
		return answer(yes, unsure)
	})
}

func score(t *testing.T, gold Gold, m llm.Model) (Scores, scaler.Report) {
	t.Helper()
	g, report, err := Builder{Model: m}.Build(t.Context(), gold.Tools)
	if err != nil {
		t.Fatal(err)
	}
	return gold.Score(gold.Predictions(g.Deps)), report
}

// Right answers raise the scores; wrong ones are found out by what is certain
// without them, and then weigh nothing; those of a model that is right seven
// times out of ten do no harm.
func TestModelOnGold(t *testing.T) {
	for _, set := range []string{"taubench-retail", "powerplatform-dynamic-values", "aws-smithy-resources", "toollinkos"} {
		t.Run(set, func(t *testing.T) {
			gold, err := ReadGold(filepath.Join(shared(t, "gold-graphs"), set))
			if err != nil {
				t.Fatal(err)
			}
			alone, _ := score(t, gold, nil)
			models := []struct {
				name            string
				tell            func(string, bool) bool
				atLeast, atMost float64 // change of Hit@1
			}{
				{"right", func(_ string, truth bool) bool { return truth }, 0, 1},
				{"right 7 of 10", func(item string, truth bool) bool { return truth == (scaler.Rand(1, item).Float64() < 0.7) }, -0.03, 1},
				{"chance", func(item string, _ bool) bool { return scaler.Rand(2, item).Float64() < 0.5 }, -0.05, 0.05},
				{"wrong", func(_ string, truth bool) bool { return !truth }, -0.05, 0},
			}
			for _, m := range models {
				got, report := score(t, gold, knowing(gold, m.tell))
				t.Logf("%-14s Hit@1 %.3f -> %.3f, Hit@5 %.3f -> %.3f, pair F1 %.3f -> %.3f, edges a tool %.2f -> %.2f; asked %v pairs for %v tools, worth %v %v", m.name,
					alone.Hit1, got.Hit1, alone.Hit5, got.Hit5, alone.PairF1, got.PairF1, alone.EdgesPerTool, got.EdgesPerTool,
					countOf(report, "pairs it was asked about"), countOf(report, "tools a model was asked about"),
					countOf(report, "right pairs that it calls right, estimated"), countOf(report, "wrong pairs that it calls wrong, estimated"))
				if change := got.Hit1 - alone.Hit1; change < m.atLeast || change > m.atMost {
					t.Errorf("%s: Hit@1 changes by %.3f, want %v to %v", m.name, change, m.atLeast, m.atMost)
				}
			}
		})
	}
}

func countOf(r scaler.Report, name string) float64 {
	for _, c := range r.Counts {
		if c.Name == name {
			return c.N
		}
	}
	return -1
}

// Answers that make no sense, or never come, change nothing.
func TestMalformedAnswersChangeNothing(t *testing.T) {
	tools := shop()
	want := fingerprint(build(t, Builder{}, tools))
	for _, text := range []string{"", "yes", "{}", `{"right":[0]}`, `{"right":[99]}`, `{"right":[1,1]}`, `{"right":[1],"unsure":[1]}`, `{"right":"all"}`, `[1,2]`} {
		g, report, err := Builder{Model: llm.Script("babble", llm.Say(text))}.Build(t.Context(), tools)
		if err != nil || fingerprint(g) != want {
			t.Errorf("answer %q: %v, or another graph", text, err)
		}
		if countOf(report, "answers that make no sense") != countOf(report, "tools a model was asked about") {
			t.Errorf("answer %q: %+v", text, report)
		}
	}
	broken := llm.Func("broken", func(context.Context, llm.Request) (llm.Response, error) {
		return llm.Response{}, errors.New("no answer")
	})
	g, report, err := Builder{Model: broken}.Build(t.Context(), tools)
	if err != nil || fingerprint(g) != want || report.Failed == 0 {
		t.Errorf("%v, %d failed, or another graph", err, report.Failed)
	}
}

// A model adds edges that names do not show and removes some that they feign;
// its word is kept as evidence.
func TestModelAddsAndRemoves(t *testing.T) {
	gold, err := ReadGold(filepath.Join(shared(t, "gold-graphs"), "toollinkos"))
	if err != nil {
		t.Fatal(err)
	}
	type key struct {
		from, to scaler.ToolID
		param    string
	}
	before := map[key]bool{}
	for _, d := range build(t, Builder{}, gold.Tools).Deps {
		before[key{d.From, d.To, d.Param}] = true
	}
	said := map[string]int{}
	added, kept := 0, 0
	for _, d := range build(t, Builder{Model: knowing(gold, func(_ string, truth bool) bool { return truth })}, gold.Tools).Deps {
		last := d.Evidence[len(d.Evidence)-1]
		said[last]++
		if before[key{d.From, d.To, d.Param}] {
			kept++
		} else if added++; last != "model: knowing says so" && !strings.HasPrefix(last, "model") && d.Score < minChance {
			t.Errorf("added without a word: %+v", d)
		}
	}
	t.Logf("%d added, %d removed of %d; %v", added, len(before)-kept, len(before), said["model: knowing says so"])
	if added == 0 || kept == len(before) || said["model: knowing says so"] == 0 {
		t.Errorf("%d added, %d of %d kept, said %v", added, kept, len(before), said)
	}
}

// One request for each tool, of at most so many pairs.
func TestPairsAskedAreBounded(t *testing.T) {
	tools := synthetic(200)
	var asked, most atomic.Int64
	counting := llm.Func("counting", func(_ context.Context, req llm.Request) (llm.Response, error) {
		n := 0
		lines(req, func(int, string, string) { n++ })
		asked.Add(1)
		most.Store(max(most.Load(), int64(n)))
		return answer(nil, nil)
	})
	build(t, Builder{Model: counting, Pairs: 4, Parallel: 1}, tools)
	if asked.Load() > int64(len(tools)) || most.Load() > 4 || most.Load() == 0 {
		t.Errorf("%d requests for %d tools, of up to %d pairs", asked.Load(), len(tools), most.Load())
	}
}

// The likeliest candidate of each parameter is shown before the second of any.
func TestShownFirst(t *testing.T) {
	g := func(param string, score float64) guess {
		return guess{Dependency: scaler.Dependency{Param: param, Score: score}}
	}
	guesses := []guess{g("a", 0.9), g("a", 0.8), g("b", 0.1), g("c", 0.3)}
	var got []string
	for _, p := range shown(guesses, 3) {
		got = append(got, fmt.Sprint(p.Param, p.Score))
	}
	if want := []string{"a0.9", "b0.1", "c0.3"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
