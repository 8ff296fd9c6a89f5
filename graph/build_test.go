package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"pgregory.net/rapid"
)

// shop is a service small enough to know what its graph must be.
func shop() []scaler.Tool {
	order := `{"type":"object","properties":{"id":{"type":"string"},"user_id":{"type":"string"},"status":{"type":"string"},
		"items":{"type":"array","items":{"type":"object","properties":{"product_id":{"type":"string"},"quantity":{"type":"integer"}}}}}}`
	tool := func(method, path, name, params, result string) scaler.Tool {
		return scaler.Tool{ID: scaler.ToolID("shop/" + name), Name: name, Service: "shop", Method: method, Path: path,
			Parameters: json.RawMessage(params), Result: json.RawMessage(result)}
	}
	id := `{"type":"object","required":["id"],"properties":{"id":{"type":"string"}}}`
	return []scaler.Tool{
		tool("GET", "/orders", "list_orders", `{"type":"object","properties":{"limit":{"type":"integer"},"page":{"type":"integer"}}}`,
			`{"type":"object","properties":{"orders":{"type":"array","items":`+order+`}}}`),
		tool("GET", "/orders/{id}", "get_order", id, order),
		tool("POST", "/orders/{id}/cancel", "cancel_order", id, order),
		tool("POST", "/refunds", "create_refund",
			`{"type":"object","required":["order_id","amount"],"properties":{"order_id":{"type":"string"},"amount":{"type":"number"}}}`,
			`{"type":"object","properties":{"id":{"type":"string"},"order_id":{"type":"string"},"amount":{"type":"number"}}}`),
		tool("GET", "/products/{id}", "get_product", id,
			`{"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"price":{"type":"number"}}}`),
		tool("GET", "/users", "list_users", `{"type":"object","properties":{"limit":{"type":"integer"},"page":{"type":"integer"}}}`,
			`{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"email":{"type":"string"}}}}`),
	}
}

func build(t testing.TB, b Builder, tools []scaler.Tool) *scaler.Graph {
	t.Helper()
	g, _, err := b.Build(context.Background(), tools)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// find returns the dependency of a parameter on a tool.
func find(g *scaler.Graph, from, to, param string) (scaler.Dependency, bool) {
	i := slices.IndexFunc(g.Deps, func(d scaler.Dependency) bool {
		return d.From == scaler.ToolID("shop/"+from) && d.To == scaler.ToolID("shop/"+to) && d.Param == param
	})
	if i < 0 {
		return scaler.Dependency{}, false
	}
	return g.Deps[i], true
}

// A list of orders feeds everything that takes an order's id, whatever the
// parameter is called; and says why.
func TestListFeedsItem(t *testing.T) {
	g := build(t, Builder{}, shop())
	for _, c := range []struct{ from, field, to, param string }{
		{"list_orders", "orders[].id", "get_order", "id"},
		{"list_orders", "orders[].id", "cancel_order", "id"},
		{"list_orders", "orders[].id", "create_refund", "order_id"},
		{"list_orders", "orders[].items[].product_id", "get_product", "id"},
	} {
		d, ok := find(g, c.from, c.to, c.param)
		if !ok || d.Field != c.field || len(d.Evidence) == 0 || d.Score <= 0 || d.Score > 1 {
			t.Errorf("%s -> %s %s: got %+v, want field %s", c.from, c.to, c.param, d, c.field)
		}
	}
	if d, ok := find(g, "list_users", "get_order", "id"); ok {
		t.Errorf("a user's id does not fill an order's: %+v", d)
	}
	for _, d := range g.Deps {
		if d.From == d.To || d.Param == "limit" || d.Param == "page" {
			t.Errorf("unwanted dependency %+v", d)
		}
	}
}

// What the specification declares is certain, and comes before any guess.
func TestDeclaredLink(t *testing.T) {
	tools := shop()
	tools[4].Links = []scaler.Link{{Param: "id", From: "list_orders", Field: "orders[].items[].product_id", Kind: "openapi-link"}}
	d, ok := find(build(t, Builder{}, tools), "list_orders", "get_product", "id")
	if !ok || d.Score != 1 || !slices.Equal(d.Evidence, []string{"declared openapi-link"}) {
		t.Errorf("got %+v", d)
	}
}

// Two tools that share nothing but paging are not alike.
func TestHubsJoinNothing(t *testing.T) {
	for _, e := range build(t, Builder{}, shop()).Edges {
		if e.A == "shop/list_orders" && e.B == "shop/list_users" {
			t.Errorf("edge %+v", e)
		}
	}
}

// The order of the tools and the number of workers change nothing.
func TestOrderAndParallelChangeNothing(t *testing.T) {
	tools := synthetic(600)
	want := fingerprint(build(t, Builder{Parallel: 1}, tools))
	r := scaler.Rand(1, "shuffle")
	for range 3 {
		r.Shuffle(len(tools), func(i, j int) { tools[i], tools[j] = tools[j], tools[i] })
		if got := fingerprint(build(t, Builder{Parallel: 16}, tools)); got != want {
			t.Fatalf("graph %s, want %s", got, want)
		}
	}
}

// Other ids give the same graph under the other ids.
func TestRenamingIdsChangesNothing(t *testing.T) {
	tools := synthetic(300)
	old := build(t, Builder{}, tools)
	renamed := slices.Clone(tools)
	rename := func(id scaler.ToolID) scaler.ToolID { return "x/" + id }
	for i := range renamed {
		renamed[i].ID = rename(renamed[i].ID)
	}
	for i := range old.Edges {
		old.Edges[i].A, old.Edges[i].B = rename(old.Edges[i].A), rename(old.Edges[i].B)
	}
	for i := range old.Deps {
		old.Deps[i].From, old.Deps[i].To = rename(old.Deps[i].From), rename(old.Deps[i].To)
	}
	if fingerprint(build(t, Builder{}, renamed)) != fingerprint(old) {
		t.Error("another graph")
	}
}

func fingerprint(g *scaler.Graph) string {
	raw, err := json.Marshal(g)
	if err != nil {
		panic(err)
	}
	return scaler.ContentID(string(raw))
}

// The pruned join finds what comparing all pairs finds.
func TestJoinIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tau := rapid.Float64Range(0.1, 0.95).Draw(t, "tau")
		var bags [][]feature
		for range rapid.IntRange(2, 40).Draw(t, "n") {
			var b bag
			for range rapid.IntRange(1, 6).Draw(t, "features") {
				b.add("w", fmt.Sprint(rapid.IntRange(0, 12).Draw(t, "word")), rapid.Float64Range(0.1, 2).Draw(t, "weight"))
			}
			bags = append(bags, b.sorted())
		}
		vs := vectors(bags)
		got, examined, err := newIndex(vs, tau).join(context.Background(), 2)
		if err != nil {
			t.Fatal(err)
		}
		var want []pair
		for j := range vs {
			for i := range j {
				if c := cosine(vs[i], vs[j]); c >= tau {
					want = append(want, pair{int32(i), int32(j), min(c, 1)})
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("tau %v: got %v, want %v", tau, got, want)
		}
		if examined < len(got) {
			t.Fatalf("%d pairs from %d cosines", len(got), examined)
		}
	})
}

// Every vector has length 1, less what no other tool has.
func TestVectorsAreNormal(t *testing.T) {
	l := newLexicon()
	var bags [][]feature
	for _, tool := range synthetic(200) {
		bags = append(bags, l.readParams(&tool).features())
	}
	for i, v := range vectors(bags) {
		if c := cosine(v, v); c > 1+1e-6 || !v.alone && math.Abs(c-1) > 1e-6 {
			t.Errorf("vector %d: square length %v, alone %v", i, c, v.alone)
		}
	}
}

// A group of equal tools is tied in a band, not in a clique.
func TestEqualToolsAreBanded(t *testing.T) {
	var tools []scaler.Tool
	for i := range 500 {
		tools = append(tools, scaler.Tool{ID: scaler.ToolID(fmt.Sprintf("s%03d/get_thing", i)), Name: "get_thing", Service: fmt.Sprint(i),
			Parameters: json.RawMessage(`{"type":"object","properties":{"thing_id":{"type":"string"}}}`)})
	}
	g := build(t, Builder{}, tools)
	if n := len(g.Edges); n < 499 || n > 3*500 {
		t.Errorf("%d edges", n)
	}
}

// synthetic makes n tools whose words are as skewed as those of real APIs.
func synthetic(n int) []scaler.Tool {
	r := scaler.Rand(7, "synthetic")
	word := func(most int) string { // rank r has weight about 1/r
		return fmt.Sprintf("noun%d", int(math.Pow(float64(most), r.Float64())))
	}
	verbs := strings.Fields("list get create update delete search")
	tools := make([]scaler.Tool, n)
	perService := 40
	for i := range tools {
		service := fmt.Sprintf("service%d", i/perService)
		noun := word(2 + n/4)
		verb := verbs[r.IntN(len(verbs))]
		var props []string
		for range 1 + r.IntN(6) {
			p := word(2+n/2) + []string{"_id", "_name", "", "_date", "_count"}[r.IntN(5)]
			props = append(props, fmt.Sprintf(`%q:{"type":"string"}`, p))
		}
		schema := `{"type":"object","properties":{` + strings.Join(props, ",") + `}}`
		tools[i] = scaler.Tool{ID: scaler.ToolID(fmt.Sprintf("%s/%s_%s_%d", service, verb, noun, i)), Name: verb + "_" + noun, Service: service,
			Description: "Works on " + noun + ".", Parameters: json.RawMessage(schema), Result: json.RawMessage(schema)}
	}
	return tools
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 30_000} {
		tools := synthetic(n)
		b.Run(fmt.Sprintf("tools=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g := build(b, Builder{}, tools)
				b.ReportMetric(float64(len(g.Edges)), "edges")
				b.ReportMetric(float64(len(g.Deps)), "deps")
			}
		})
	}
}
