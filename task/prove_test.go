package task

import (
	"context"
	"slices"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// A task that is spoilt in one way fails the clause that is there for it, and
// no other.
func TestSpoiltTasksFailTheirClause(t *testing.T) {
	_, env := library(t)
	start, err := env.Start(scaler.Init{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	good := written(t, env.Spec(), start.Digest())
	for _, c := range []struct {
		name  string
		spoil func(k *scaler.Task)
		want  scaler.Proof
	}{
		{"as it is", func(k *scaler.Task) {}, all()},
		{"a gold write is dropped", func(k *scaler.Task) { k.Calls = k.Calls[:1] }, except(func(p *scaler.Proof) { p.Replays = false })},
		{"another digest is claimed", func(k *scaler.Task) { k.Digest[0]++ }, except(func(p *scaler.Proof) { p.Replays = false })},
		{"the gold does nothing", func(k *scaler.Task) {
			k.Calls, k.Gold, k.Digest, k.Reply = k.Calls[:1], nil, k.Init.Digest, nil
		}, except(func(p *scaler.Proof) { p.NotEmpty = false })},
		{"the answer is in the question", func(k *scaler.Task) {
			k.Calls, k.Gold, k.Digest = k.Calls[:1], nil, k.Init.Digest
			k.Reply = []scaler.Fact{{Label: "book title", Value: raw("Gardens of the North"), Text: "Gardens of the North"}}
		}, except(func(p *scaler.Proof) { p.NotEmpty = false })},
		{"nobody knows the member", func(k *scaler.Task) { k.Knows = k.Knows[1:] }, except(func(p *scaler.Proof) { p.Flow = false })},
		{"the book's id is told", func(k *scaler.Task) { k.Intent += " That is B-104." }, except(func(p *scaler.Proof) { p.NoLeak = false })},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := reread(t, good)
			c.spoil(&k)
			p, err := Prove(context.Background(), env, k)
			if err != nil {
				t.Fatal(err)
			}
			if p != c.want {
				t.Errorf("proof %+v, want %+v", p, c.want)
			}
		})
	}
}

func all() scaler.Proof {
	return scaler.Proof{Replays: true, NotEmpty: true, Flow: true, Minimal: true, NoLeak: true}
}

func except(spoil func(p *scaler.Proof)) scaler.Proof {
	p := all()
	spoil(&p)
	return p
}

// written is a task as a person would write it: find a book, borrow it.
func written(t *testing.T, w *scaler.World, start scaler.Digest) scaler.Task {
	return execute(t, scaler.Task{
		World: w.ID, Family: scaler.FamilyMulti, Tools: names(w), Init: scaler.Init{Digest: start},
		Intent:  "I'd like to borrow the book Gardens of the North. My member ID is 1001.",
		Opening: "I'd like to borrow the book Gardens of the North.",
		Knows: []scaler.Fact{
			{Label: "member ID", Value: raw(int64(1001)), Text: "1001"},
			{Label: "book title", Value: raw("Gardens of the North"), Text: "Gardens of the North", Upfront: true},
		},
		Calls: []scaler.GoldCall{
			{Tool: "list_books", Arguments: []byte(`{"title": "Gardens of the North"}`)},
			{Tool: "borrow_book", Arguments: []byte(`{"member_id": 1001, "book_id": "B-104"}`)},
		},
	})
}

// execute fills in what comes of a task's calls.
func execute(t *testing.T, k scaler.Task) scaler.Task {
	t.Helper()
	_, env := library(t)
	s, err := env.Start(k.Init, k.Seed)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range k.Calls {
		res := s.Call(context.Background(), c.Tool, c.Arguments)
		k.Calls[i].Output, k.Calls[i].Error, k.Calls[i].Writes = res.Text, code(res), res.Changed
	}
	k.Gold, k.Digest = s.Diff(), s.Digest()
	return k
}

func names(w *scaler.World) []string {
	var out []string
	for _, t := range w.Tools {
		out = append(out, t.Name)
	}
	return out
}

// A write that a later one makes undone is not needed.
func TestOverwrittenWriteIsNotMinimal(t *testing.T) {
	w, env := library(t)
	k := execute(t, scaler.Task{
		World: w.ID, Tools: names(w), Init: scaler.Init{Digest: env.Base()},
		Intent: "Set the email of member 1001 to a@example.org, then to b@example.org.", Opening: "Hi.",
		Knows: []scaler.Fact{
			{Label: "member ID", Value: raw(int64(1001)), Text: "1001"},
			{Label: "email", Value: raw("a@example.org"), Text: "a@example.org"},
			{Label: "second email", Value: raw("b@example.org"), Text: "b@example.org"},
		},
		Calls: []scaler.GoldCall{
			{Tool: "update_member", Arguments: []byte(`{"member_id": 1001, "email": "a@example.org"}`)},
			{Tool: "update_member", Arguments: []byte(`{"member_id": 1001, "email": "b@example.org"}`)},
		},
	})
	p, err := Prove(context.Background(), env, k)
	if err != nil {
		t.Fatal(err)
	}
	if p != except(func(p *scaler.Proof) { p.Minimal = false }) {
		t.Errorf("proof %+v, want all but minimal", p)
	}
}

// Every task that writes stops being proven when any one of its writes goes.
func TestNoGoldWriteIsSpare(t *testing.T) {
	_, env := library(t)
	for _, k := range made(t, Maker{Seed: 2, PerWorld: 40}) {
		for i, c := range k.Calls {
			if !c.Writes {
				continue
			}
			less := reread(t, k)
			less.Calls = slices.Delete(less.Calls, i, i+1)
			p, err := Prove(context.Background(), env, less)
			if err != nil {
				t.Fatal(err)
			}
			if proven(p) {
				t.Errorf("task %s is proven without its call %d, %s", k.ID, i, c.Tool)
			}
		}
	}
}
