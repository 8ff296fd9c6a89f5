package pipeline_test

import (
	"cmp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/sandbox"
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
		if w := worldOf(t, tools[:n]); w != nil {
			out = append(out, w)
		}
		tools = tools[n:]
	}
	return out
}

// worldOf builds the world of one service, or none.
func worldOf(t testing.TB, tools []scaler.Tool) (w *scaler.World) {
	name := tools[0].Service
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("%s: the builder stumbled: %v\n%s", name, p, debug.Stack())
		}
	}()
	w, _ = world.Builder{Seed: 1}.Build(t.Context(), scaler.Domain{ID: scaler.DomainID(name), Name: name}, tools, nil)
	return w
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

// Of every world of the demo, and of real services where they are there: the
// files fit together, each rule of the handbook is enforced by the code and no
// more than stated, and the handbook states no other.
func TestHandbookAndCodeAgree(t *testing.T) {
	kinds := agreeing(t, worldsOf(t, demoTools(t)))
	if kinds["exists"] < 100 || kinds["state"] < 100 || kinds["stock"] == 0 || kinds["unique"] == 0 {
		t.Errorf("rules tried: %v", kinds)
	}
}

func TestHandbookAndCodeAgreeOnRealServices(t *testing.T) {
	sources, limit, services := []string{"openapi-vendors"}, 600, 6
	if *measure {
		sources, limit, services = append(sources, "powerplatform-connectors", "mcp-toucan-smithery", "google-discovery"), 0, 50
	}
	total := map[string]int{}
	for _, source := range sources {
		for _, tools := range someServices(corpus(t, source, limit), services, 5, 60) {
			for kind, n := range agreeing(t, worldsOf(t, tools)) {
				total[kind] += n
			}
		}
	}
	t.Logf("rules broken and kept, by kind: %v", total)
}

// agreeing checks the rules of worlds and counts by kind those that were broken
// and kept.
func agreeing(t *testing.T, worlds []*scaler.World) map[string]int {
	t.Helper()
	kinds := map[string]int{}
	for _, w := range worlds {
		c, err := contract.Check(t.Context(), w, sandbox.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if trouble := contract.Trouble(c); trouble != "" || len(c.Flaws) > 0 {
			t.Errorf("%s: %s %v", w.ID, trouble, c.Flaws)
		}
		var texts []string
		for i, r := range w.Rules {
			if texts = append(texts, r.Text); c.Rules[i].Result == "pass" {
				kinds[r.Kind]++
			}
		}
		for _, sentence := range rulesIn(w.Policy) {
			if !slices.Contains(texts, sentence) {
				t.Errorf("%s: the handbook says %q, which is no rule", w.ID, sentence)
			}
		}
	}
	return kinds
}

// rulesIn returns the sentences that a handbook lists as rules, without the one
// that says what to do about them.
func rulesIn(policy string) []string {
	_, section, _ := strings.Cut(policy, "\n## Rules\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var out []string
	for line := range strings.Lines(section) {
		if text, ok := strings.CutPrefix(strings.TrimSpace(line), "- "); ok && !strings.HasPrefix(text, "A request that a rule forbids is refused.") {
			out = append(out, text)
		}
	}
	return out
}
