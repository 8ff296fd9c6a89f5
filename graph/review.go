package graph

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"golang.org/x/sync/errgroup"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/llm"
)

// An opinion is what a model says of a guess.
type opinion int8

const (
	notAsked opinion = iota
	right
	wrong
	unsure
)

// reviewed counts what a model was asked and what came of it.
type reviewed struct {
	tools, pairs, malformed, failed int
	right, wrong, unsure            int
	worth                           worth
	tokens                          scaler.Usage
}

// review asks the model about each consumer's guesses and weighs its answers.
// An answer that makes no sense, or none, leaves a consumer as it was.
func (b Builder) review(ctx context.Context, tools []*scaler.Tool, cs []consumer) (reviewed, error) {
	byID := make(map[scaler.ToolID]*scaler.Tool, len(tools))
	for _, t := range tools {
		byID[t.ID] = t
	}
	each := make([]reviewed, len(cs))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(asksAtOnce, b.Parallel))
	for i := range cs {
		asked := shown(cs[i].guesses, b.Pairs)
		if len(asked) == 0 {
			continue
		}
		g.Go(func() error {
			var err error
			each[i], err = b.ask(ctx, byID, asked)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return reviewed{}, err
	}
	var all reviewed
	for _, r := range each {
		all.add(r)
	}
	all.worth = measure(cs)
	for i := range cs {
		cs[i].weigh(b.Model.Name(), all.worth)
	}
	return all, nil
}

// asksAtOnce is how many requests are in flight, however few processors there are.
const asksAtOnce = 8

// shown returns the guesses to ask about: the likeliest of each parameter
// first, at most n, in the order in which they stand.
func shown(guesses []guess, n int) []*guess {
	rank := map[string]int{}
	place := make([]int, len(guesses))
	order := make([]int, len(guesses))
	for i, g := range guesses {
		order[i], place[i] = i, rank[g.Param]
		rank[g.Param]++
	}
	slices.SortStableFunc(order, func(x, y int) int {
		return cmp.Or(cmp.Compare(place[x], place[y]), cmp.Compare(guesses[y].Score, guesses[x].Score))
	})
	order = order[:min(n, len(order))]
	slices.Sort(order)
	out := make([]*guess, len(order))
	for i, k := range order {
		out[i] = &guesses[k]
	}
	return out
}

// answerSchema is what the model has to answer.
var answerSchema = json.RawMessage(`{"type":"object","additionalProperties":false,"required":["right","unsure"],"properties":{
	"right":{"type":"array","items":{"type":"integer"}},"unsure":{"type":"array","items":{"type":"integer"}}}}`)

// ask puts one tool's guesses to the model and notes its opinions.
func (b Builder) ask(ctx context.Context, tools map[scaler.ToolID]*scaler.Tool, asked []*guess) (reviewed, error) {
	r := reviewed{tools: 1, pairs: len(asked)}
	to := tools[asked[0].To]
	zero := 0.0
	response, err := b.Model.Chat(ctx, llm.Request{
		Messages: []scaler.Message{{Role: "user", Content: question(tools, to, asked)}},
		Schema:   answerSchema, Temperature: &zero,
		For: llm.Purpose{Stage: "graph", Item: string(to.ID), Role: "reviewer"},
	})
	switch {
	case ctx.Err() != nil:
		return r, ctx.Err()
	case err != nil:
		r.failed = 1
		return r, nil
	}
	r.tokens = response.Usage
	opinions, err := opinionsOf(response, len(asked))
	if err != nil {
		r.malformed = 1
		return r, nil
	}
	for i, o := range opinions {
		asked[i].said = o
		switch o {
		case right:
			r.right++
		case wrong:
			r.wrong++
		default:
			r.unsure++
		}
	}
	return r, nil
}

var errNumber = errors.New("a number that no line has, or one twice")

// opinionsOf reads an answer about n lines. One wrong number spoils it: then
// the model may have counted otherwise throughout.
func opinionsOf(r llm.Response, n int) ([]opinion, error) {
	var answer struct {
		Right  *[]int `json:"right"`
		Unsure []int  `json:"unsure"`
	}
	if err := llm.Answer(r, &answer); err != nil {
		return nil, err
	}
	if answer.Right == nil {
		return nil, errors.New("the answer does not say what is right")
	}
	out := make([]opinion, n)
	for o, numbers := range map[opinion][]int{right: *answer.Right, unsure: answer.Unsure} {
		for _, k := range numbers {
			if k < 1 || k > n || out[k-1] != notAsked {
				return nil, errNumber
			}
			out[k-1] = o
		}
	}
	for i := range out {
		if out[i] == notAsked {
			out[i] = wrong
		}
	}
	return out, nil
}

func (r *reviewed) add(o reviewed) {
	r.tools += o.tools
	r.pairs += o.pairs
	r.malformed += o.malformed
	r.failed += o.failed
	r.right += o.right
	r.wrong += o.wrong
	r.unsure += o.unsure
	r.tokens.Prompt += o.tokens.Prompt
	r.tokens.Completion += o.tokens.Completion
}

func (r reviewed) report(out *scaler.Report) {
	out.Add("tools a model was asked about", r.tools)
	out.Add("pairs it was asked about", r.pairs)
	out.Add("pairs it calls right", r.right)
	out.Add("pairs it calls wrong", r.wrong)
	out.Add("pairs it cannot tell", r.unsure)
	out.Add("answers that make no sense", r.malformed)
	out.Counts = append(out.Counts,
		scaler.Count{Name: "right pairs that it calls right, estimated", N: pyjson.Round(r.worth.yes, 3)},
		scaler.Count{Name: "wrong pairs that it calls wrong, estimated", N: pyjson.Round(r.worth.no, 3)})
	out.Failed += r.failed
	out.Tokens.Prompt += r.tokens.Prompt
	out.Tokens.Completion += r.tokens.Completion
}

//go:embed review.md
var reviewText string

var reviewPage = template.Must(template.New("review.md").Parse(reviewText))

type pageParam struct {
	Name, Description string
	Lines             []pageLine
}

type pageLine struct {
	N                        int
	Tool, Field, Description string
}

// enough is how many characters of a description a model is shown.
const enough = 160

// question writes the page for one tool.
func question(tools map[scaler.ToolID]*scaler.Tool, to *scaler.Tool, asked []*guess) string {
	page := struct {
		Name, Place, Description string
		Params                   []pageParam
	}{Name: to.Name, Place: strings.TrimSpace(to.Method + " " + to.Path), Description: words.Brief(to.Description, enough)}
	for i, g := range asked {
		if k := len(page.Params); k == 0 || page.Params[k-1].Name != g.Param {
			page.Params = append(page.Params, pageParam{Name: g.Param, Description: words.Brief(g.about, enough)})
		}
		p := &page.Params[len(page.Params)-1]
		from := tools[g.From]
		p.Lines = append(p.Lines, pageLine{N: i + 1, Tool: from.Name, Field: cmp.Or(g.Field, "its result"), Description: words.Brief(from.Description, enough)})
	}
	var b strings.Builder
	if err := reviewPage.Execute(&b, page); err != nil {
		panic(fmt.Sprintf("graph: %v", err)) // unreachable: the template is fixed, and a Builder takes everything
	}
	return b.String()
}
