package domain

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
)

// shops are two domains to name, and a third that is too small to ask about.
func shops() fixture {
	var f fixture
	f.clique("shop", "order", 6)
	f.clique("bank", "account", 6)
	f.clique("post", "parcel", 2)
	return f
}

// namer answers every question with the same text.
func namer(answer string) llm.Model {
	return llm.Func("namer", func(context.Context, llm.Request) (llm.Response, error) {
		return llm.Reply(llm.Say(answer)), nil
	})
}

func TestModelNamesDomains(t *testing.T) {
	f := shops()
	model := llm.Func("namer", func(_ context.Context, req llm.Request) (llm.Response, error) {
		if strings.Contains(req.Messages[0].Content, "list_order") {
			return llm.Reply(llm.Say("```json\n{\"name\": \"Online orders\", \"summary\": \"Buy things and send them back.\"}\n```")), nil
		}
		return llm.Reply(llm.Say(`{"name": "bank accounts", "summary": "Open accounts and look into them."}`)), nil
	})
	without := find(t, Finder{}, f)
	with, report, err := Finder{Model: model}.Find(t.Context(), f.tools, &f.graph)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, d := range with {
		if d.ID != without[i].ID || !slices.Equal(d.Tools, without[i].Tools) {
			t.Errorf("the name changed what is in domain %s", d.ID)
		}
		if d.Summary != without[i].Summary || (d.Name == without[i].Name) != (d.About == "") {
			t.Errorf("it is %q, and said to be %q; what is known: %q", d.Summary, d.About, without[i].Summary)
		}
		got = append(got, d.Name)
	}
	if !slices.Contains(got, "Online orders") || !slices.Contains(got, "bank accounts") {
		t.Errorf("names %q", got)
	}
	if asked := countNamed(report, "domains a model was asked to name"); asked != 2 {
		t.Errorf("asked about %v domains, want the 2 that are large enough", asked)
	}
}

// What cannot be a name leaves the words in place.
func TestNamesThatMakeNoSense(t *testing.T) {
	f := shops()
	without := find(t, Finder{}, f)
	for _, answer := range []string{
		``, `orders`, `{"name": "orders"}`, `{"name": "", "summary": "Orders."}`, `[1]`,
		`{"name": "<b>orders</b>", "summary": "Orders."}`,
		`{"name": "../../etc/passwd\u0000", "summary": "Orders."}`,
		`{"name": "two\nlines", "summary": "Orders."}`,
		`{"name": "one two three four five six seven eight nine", "summary": "Orders."}`,
		`{"name": "` + strings.Repeat("long ", 30) + `", "summary": "Orders."}`,
	} {
		with, _, err := Finder{Model: namer(answer)}.Find(t.Context(), f.tools, &f.graph)
		if err != nil {
			t.Fatal(err)
		}
		for i := range with {
			if with[i].Name != without[i].Name || with[i].Summary != without[i].Summary {
				t.Errorf("%q made a name: %q", answer, with[i].Name)
			}
		}
	}
}

// Two domains never share a name, however often the model says the same.
func TestModelsNamesStayApart(t *testing.T) {
	f := shops()
	got, report, err := Finder{Model: namer(`{"name": "things", "summary": "Do things."}`)}.Find(t.Context(), f.tools, &f.graph)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, d := range got {
		if seen[d.Name] {
			t.Errorf("two domains are called %q", d.Name)
		}
		seen[d.Name] = true
	}
	if taken, refused := countNamed(report, "names of its taken"), countNamed(report, "names of its that make no sense"); taken != 1 || refused != 1 {
		t.Errorf("taken %v, refused %v, want 1 and 1", taken, refused)
	}
}

// A server that does not answer is a failure of infrastructure, not of domains.
func TestNamerDown(t *testing.T) {
	f := shops()
	down := llm.Func("down", func(context.Context, llm.Request) (llm.Response, error) {
		return llm.Response{}, errors.New("connection refused")
	})
	got, report, err := Finder{Model: down}.Find(t.Context(), f.tools, &f.graph)
	if err != nil || report.Failed != 2 || len(got) != 3 {
		t.Errorf("%d domains, %d failed, %v; want 3 domains, 2 failed", len(got), report.Failed, err)
	}
}

func countNamed(r scaler.Report, name string) float64 {
	for _, c := range r.Counts {
		if c.Name == name {
			return c.N
		}
	}
	return -1
}
