package pipeline_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/spec"
	"github.com/agentscaler/scaler/world"
)

// worldsOf builds a world of each service.
func worldsOf(t testing.TB, tools []scaler.Tool) []*scaler.World {
	t.Helper()
	slices.SortStableFunc(tools, func(a, b scaler.Tool) int { return cmp.Compare(a.Service, b.Service) })
	var out []*scaler.World
	for len(tools) > 0 {
		n := slices.IndexFunc(tools, func(x scaler.Tool) bool { return x.Service != tools[0].Service })
		if n < 0 {
			n = len(tools)
		}
		name := tools[0].Service
		w, err := world.Builder{Seed: 1}.Build(t.Context(), scaler.Domain{ID: scaler.DomainID(name), Name: name}, tools[:n], nil)
		if err == nil {
			out = append(out, w)
		}
		tools = tools[n:]
	}
	return out
}

// demoTools reads the specifications of the demo.
func demoTools(t testing.TB) []scaler.Tool {
	t.Helper()
	var tools []scaler.Tool
	for item, err := range (spec.Reader{}).Read(t.Context(), []string{unpackDemo(t)}) {
		if err != nil {
			t.Fatal(err)
		}
		if item.Tool != nil {
			tools = append(tools, *item.Tool)
		}
	}
	return tools
}

func TestRulesX(t *testing.T) {
	kinds := map[string]int{}
	for _, w := range worldsOf(t, demoTools(t)) {
		c, err := world.Check(t.Context(), w)
		if err != nil {
			t.Fatal(err)
		}
		kind := map[string]string{}
		for _, r := range w.Rules {
			kind[r.ID] = r.Kind
		}
		for _, r := range c.Rules {
			what, _, _ := strings.Cut(r.Result, ":")
			if what != "pass" && what != "exempt" {
				what = "FINDING"
			}
			kinds[kind[r.ID]+" "+what]++
			if r.Result != "pass" {
				fmt.Println(w.ID, kind[r.ID], r.ID, r.Result)
			}
		}
	}
	fmt.Println(kinds)
}
