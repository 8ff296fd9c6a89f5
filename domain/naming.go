package domain

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/template"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/llm"
)

// named counts what a model was asked and what came of it.
type named struct {
	asked, taken, refused, failed int
	tokens                        scaler.Usage
}

func (n *named) add(o named) {
	n.asked += o.asked
	n.taken += o.taken
	n.refused += o.refused
	n.failed += o.failed
	n.tokens.Prompt += o.tokens.Prompt
	n.tokens.Completion += o.tokens.Completion
}

func (n named) report(out *scaler.Report) {
	out.Add("domains a model was asked to name", n.asked)
	out.Add("names of its taken", n.taken)
	out.Add("names of its that make no sense", n.refused)
	out.Failed += n.failed
	out.Tokens.Prompt += n.tokens.Prompt
	out.Tokens.Completion += n.tokens.Completion
}

// rename lets the model name the usable domains. The words that set a domain
// apart stay its name where the model gives none that can be read, or one that
// another domain has; what a domain is called changes nothing else of it.
func (f Finder) rename(ctx context.Context, tools []*scaler.Tool, domains []scaler.Domain) (named, error) {
	byID := make(map[scaler.ToolID]*scaler.Tool, len(tools))
	for _, t := range tools {
		byID[t.ID] = t
	}
	each := make([]named, len(domains))
	labels := make([]modelLabel, len(domains))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(asksAtOnce)
	for i := range domains {
		if len(domains[i].Tools) < f.Min {
			continue
		}
		g.Go(func() error {
			var err error
			labels[i], each[i], err = f.ask(ctx, byID, &domains[i])
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return named{}, err
	}
	taken := map[string]bool{}
	for i := range domains {
		taken[domains[i].Name] = true
	}
	var all named
	for i, l := range labels {
		if l.Name != "" && (l.Name == domains[i].Name || !taken[l.Name]) {
			taken[l.Name] = true
			domains[i].Name = l.Name
			domains[i].About = l.Summary
			each[i].taken = 1
		} else {
			each[i].refused = each[i].asked - each[i].failed
		}
		all.add(each[i])
	}
	return all, nil
}

// asksAtOnce is how many requests are in flight, however few processors there are.
const asksAtOnce = 8

// A modelLabel is what the model answers.
type modelLabel struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`
}

var labelSchema = json.RawMessage(`{"type":"object","additionalProperties":false,"required":["name","summary"],"properties":{
	"name":{"type":"string"},"summary":{"type":"string"}}}`)

// ask puts one domain to the model. No label comes back where it gives none
// that can be read, or does not answer.
func (f Finder) ask(ctx context.Context, tools map[scaler.ToolID]*scaler.Tool, d *scaler.Domain) (modelLabel, named, error) {
	n := named{asked: 1}
	zero := 0.0
	response, err := f.Model.Chat(ctx, llm.Request{
		Messages: []scaler.Message{{Role: "user", Content: namingQuestion(tools, d)}},
		Schema:   labelSchema, Temperature: &zero,
		For: llm.Purpose{Stage: "domain", Item: string(d.ID), Role: "namer"},
	})
	switch {
	case ctx.Err() != nil:
		return modelLabel{}, n, ctx.Err()
	case err != nil:
		n.failed = 1
		return modelLabel{}, n, nil
	}
	n.tokens = response.Usage
	var l modelLabel
	if err := llm.Answer(response, &l); err != nil || l.check() != nil {
		return modelLabel{}, n, nil
	}
	return l, n, nil
}

// check says why a label cannot be shown: names stand in tables and in the names
// of folders, and a model's text is not to be trusted with either.
func (l modelLabel) check() error {
	switch {
	case !readable(l.Name, 60):
		return errors.New("the name is not a short line of plain text")
	case !readable(l.Summary, 240):
		return errors.New("the summary is not a line of plain text")
	case len(strings.Fields(l.Name)) > 8:
		return errors.New("the name is a sentence")
	}
	return nil
}

// readable says whether a text is one line of letters, digits and common marks.
func readable(s string, most int) bool {
	if !utf8.ValidString(s) || s != strings.TrimSpace(s) || len(s) > most || !strings.ContainsFunc(s, unicode.IsLetter) {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune(" -,.;:'()&/+", r)
	})
}

//go:embed naming.md
var namingText string

var namingPage = template.Must(template.New("naming.md").Parse(namingText))

// namingQuestion writes the page for one domain.
func namingQuestion(tools map[scaler.ToolID]*scaler.Tool, d *scaler.Domain) string {
	type line struct{ Name, Description string }
	page := struct {
		Words string
		Tools []line
	}{Words: d.Name}
	for _, id := range d.Tools {
		page.Tools = append(page.Tools, line{tools[id].Name, words.Brief(tools[id].Description, 120)})
	}
	var b strings.Builder
	if err := namingPage.Execute(&b, page); err != nil {
		panic(fmt.Sprintf("domain: %v", err)) // unreachable: the template is fixed, and a builder of strings takes everything
	}
	return b.String()
}
