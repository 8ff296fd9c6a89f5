package domain

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"pgregory.net/rapid"
)

// a builder of tools and edges that reads as what it makes.
type fixture struct {
	tools []scaler.Tool
	graph scaler.Graph
}

func (f *fixture) tool(service, name string) scaler.ToolID {
	id := scaler.ToolID(service + "/" + name)
	f.tools = append(f.tools, scaler.Tool{ID: id, Name: name, Service: service, Effect: scaler.Read})
	return id
}

func (f *fixture) edge(a, b scaler.ToolID, weight float64) {
	f.graph.Edges = append(f.graph.Edges, scaler.Edge{A: min(a, b), B: max(a, b), Weight: weight})
}

// clique adds n tools of a service about a resource, all alike.
func (f *fixture) clique(service, resource string, n int) []scaler.ToolID {
	verbs := strings.Fields("list get create update delete search cancel")
	var ids []scaler.ToolID
	for i := range n {
		name := verbs[i%len(verbs)] + "_" + resource
		if i >= len(verbs) {
			name += fmt.Sprintf("_v%d", i/len(verbs)+1)
		}
		id := f.tool(service, name)
		for _, other := range ids {
			f.edge(id, other, 0.8)
		}
		ids = append(ids, id)
	}
	return ids
}

func find(t testing.TB, by Finder, f fixture) []scaler.Domain {
	t.Helper()
	domains, _, err := by.Find(context.Background(), f.tools, &f.graph)
	if err != nil {
		t.Fatal(err)
	}
	return domains
}

// Two resources of two services come back as two domains, named after them.
func TestResourcesBecomeDomains(t *testing.T) {
	var f fixture
	orders := f.clique("shop", "order", 7)
	books := f.clique("library", "book", 7)
	f.edge(orders[0], books[0], 0.5)
	got := find(t, Finder{}, f)
	if len(got) != 2 {
		t.Fatalf("%d domains, want 2", len(got))
	}
	for i, want := range []struct {
		name  string
		tools []scaler.ToolID
	}{{"books", books}, {"orders", orders}} {
		slices.Sort(want.tools)
		if got[i].Name != want.name || !slices.Equal(got[i].Tools, want.tools) {
			t.Errorf("domain %q of %v, want %q of %v", got[i].Name, got[i].Tools, want.name, want.tools)
		}
	}
	if want := "7 tools about orders, from shop; 7 read and 0 write."; got[1].Summary != want {
		t.Errorf("summary %q, want %q", got[1].Summary, want)
	}
}

// A community that is too large is split, a small one joins the nearest of its
// own service, and what is near nothing stays alone.
func TestSizes(t *testing.T) {
	var f fixture
	f.clique("bank", "account", 90)
	cards := f.clique("bank", "card", 2)
	loans := f.clique("lender", "loan", 8)
	f.edge(cards[0], loans[0], 0.7)
	f.tool("weather", "get_forecast")
	got := find(t, Finder{}, f)
	for _, d := range got {
		switch has := func(id scaler.ToolID) bool { return slices.Contains(d.Tools, id) }; {
		case len(d.Tools) > 60:
			t.Errorf("%q has %d tools", d.Name, len(d.Tools))
		case has(cards[0]) && !has("bank/get_account") && !strings.Contains(d.Summary, "bank"):
			t.Errorf("cards are in %q: %s", d.Name, d.Summary)
		case has("weather/get_forecast") && len(d.Tools) != 1:
			t.Errorf("the forecast is in %q", d.Name)
		}
	}
}

// One API stays one domain; where it is wide, its communities are its scopes.
func TestServices(t *testing.T) {
	var f fixture
	f.clique("bank", "account", 20)
	f.clique("bank", "card", 20)
	f.clique("bank", "loan", 20)
	f.clique("lender", "loan", 3)
	got := find(t, Finder{By: "service"}, f)
	if len(got) != 2 || len(got[0].Tools) != 60 || len(got[1].Tools) != 3 {
		t.Fatalf("got %d domains", len(got))
	}
	if got[1].Name != "lender: loans" {
		t.Errorf("name %q", got[1].Name)
	}
	if len(got[0].Scopes) != 3 || got[1].Scopes != nil {
		t.Errorf("scopes %v and %v", got[0].Scopes, got[1].Scopes)
	}
	var all []scaler.ToolID
	for _, s := range got[0].Scopes {
		all = append(all, s...)
	}
	slices.Sort(all)
	if !slices.Equal(all, got[0].Tools) {
		t.Error("scopes are not the domain's tools")
	}
}

func TestUnknownKind(t *testing.T) {
	if _, _, err := (Finder{By: "colour"}).Find(context.Background(), nil, &scaler.Graph{}); err == nil {
		t.Error("no error")
	}
}

// An edge to a tool that is not there is an error, not a panic.
func TestForeignEdge(t *testing.T) {
	var f fixture
	f.edge(f.tool("a", "x"), "b/y", 1)
	if _, _, err := (Finder{}).Find(context.Background(), f.tools, &f.graph); err == nil {
		t.Error("no error")
	}
}

// random draws tools of a few services with random edges.
func random(t *rapid.T) fixture {
	var f fixture
	n := rapid.IntRange(1, 150).Draw(t, "tools")
	for i := range n {
		service := fmt.Sprintf("s%d", rapid.IntRange(0, 3).Draw(t, "service"))
		f.tool(service, fmt.Sprintf("get_%s_%d", []string{"order", "user", "book"}[i%3], i))
	}
	for range rapid.IntRange(0, 3*n).Draw(t, "edges") {
		a := rapid.IntRange(0, n-1).Draw(t, "a")
		b := rapid.IntRange(0, n-1).Draw(t, "b")
		if a != b {
			f.edge(f.tools[a].ID, f.tools[b].ID, float64(rapid.IntRange(1, 9).Draw(t, "weight"))/10)
		}
	}
	return f
}

// Every tool is in one domain, no domain is too large, names and ids are
// distinct, domains hang together, and the order of tools and edges is nothing.
func TestDomainsArePartition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := random(t)
		by := Finder{Max: rapid.IntRange(8, 60).Draw(t, "max"), Seed: rapid.Uint64Range(0, 2).Draw(t, "seed")}
		got, report, err := by.Find(context.Background(), f.tools, &f.graph)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[scaler.ToolID]bool{}
		names := map[string]bool{}
		for _, d := range got {
			if len(d.Tools) > by.Max || names[d.Name] || d.Name == "" || !slices.IsSorted(d.Tools) {
				t.Fatalf("bad domain %+v", d)
			}
			names[d.Name] = true
			for _, id := range d.Tools {
				if seen[id] {
					t.Fatalf("%s is in two domains", id)
				}
				seen[id] = true
			}
			if !connected(f, d) {
				t.Fatalf("%q does not hang together: %v", d.Name, d.Tools)
			}
		}
		if len(seen) != len(f.tools) || report.Counts[1].N != float64(len(got)) {
			t.Fatalf("%d of %d tools", len(seen), len(f.tools))
		}
		slices.Reverse(f.tools)
		slices.Reverse(f.graph.Edges)
		again, _, err := by.Find(context.Background(), f.tools, &f.graph)
		if err != nil || asJSON(again) != asJSON(got) {
			t.Fatalf("another order gives other domains (%v)", err)
		}
	})
}

// connected says whether a domain's tools are one piece, by edges or by service.
func connected(f fixture, d scaler.Domain) bool {
	in := map[scaler.ToolID]int{}
	root := make([]int, len(d.Tools))
	for i, id := range d.Tools {
		in[id], root[i] = i, i
	}
	var top func(int) int
	top = func(i int) int {
		if root[i] == i {
			return i
		}
		return top(root[i])
	}
	for _, e := range f.graph.Edges {
		a, ok := in[e.A]
		b, ok2 := in[e.B]
		if ok && ok2 {
			root[top(a)] = top(b)
		}
	}
	first := map[string]int{}
	for _, t := range f.tools {
		if i, ok := in[t.ID]; ok {
			if j, known := first[t.Service]; known {
				root[top(i)] = top(j)
			} else {
				first[t.Service] = i
			}
		}
	}
	for i := range root {
		if top(i) != top(0) {
			return false
		}
	}
	return true
}

func asJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// Names are made of what can be read: no digits, no glued words, no word twice.
func TestNamesCanBeRead(t *testing.T) {
	var f fixture
	var ids []scaler.ToolID
	for _, name := range strings.Fields("list_rooms get_roomdetail update_room2 delete_room get_exhibitor_exhibitors get_exhibitor list_exhibitors") {
		id := f.tool("venue", name)
		for _, other := range ids {
			f.edge(id, other, 0.8)
		}
		ids = append(ids, id)
	}
	if got := find(t, Finder{}, f); len(got) != 1 || got[0].Name != "exhibitors and rooms" {
		t.Errorf("got %q", got[0].Name)
	}
}

// In a wide service whose names begin with verbs, what creates and what reads
// one resource share a domain.
func TestKinStayTogether(t *testing.T) {
	var f fixture
	resources := strings.Fields("order invoice parcel voucher supplier contract machine shift wallet ticket")
	for _, verb := range strings.Fields("create delete get list update") {
		for _, r := range resources {
			f.tool("erp", verb+"_"+r)
		}
	}
	together := 0
	for _, d := range find(t, Finder{}, f) {
		for _, r := range resources {
			n := 0
			for _, id := range d.Tools {
				if strings.HasSuffix(string(id), "_"+r) {
					n++
				}
			}
			if n == 5 {
				together++
			}
		}
	}
	if together != len(resources) {
		t.Errorf("%d of %d resources have all their tools in one domain", together, len(resources))
	}
}
