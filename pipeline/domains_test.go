package pipeline_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/domain"
	"github.com/agentscaler/scaler/graph"
	"github.com/agentscaler/scaler/spec"
)

// domains runs tools through graph and domain, as the pipeline does.
func domains(t testing.TB, tools []scaler.Tool, parallel int) []scaler.Domain {
	t.Helper()
	g, _, err := graph.Builder{Parallel: parallel}.Build(t.Context(), tools)
	if err != nil {
		t.Fatal(err)
	}
	found, _, err := domain.Finder{}.Find(t.Context(), tools, g)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// corpus reads tools of the real specifications beside the repository.
func corpus(t testing.TB, name string, limit int) []scaler.Tool {
	t.Helper()
	var tools []scaler.Tool
	for item, err := range (spec.Reader{Limit: limit}).Read(t.Context(), []string{filepath.Join(shared(t), "corpus", name)}) {
		if err != nil {
			t.Fatal(err)
		}
		if item.Tool != nil {
			tools = append(tools, *item.Tool)
		}
	}
	return tools
}

// partition gives each tool the number of its domain.
func partition(ds []scaler.Domain) map[scaler.ToolID]string {
	of := map[scaler.ToolID]string{}
	for i, d := range ds {
		for _, id := range d.Tools {
			of[id] = fmt.Sprint(i)
		}
	}
	return of
}

// What tools are called inside, in which order they come and how many workers
// there are make no difference to which of them share a domain, nor to its name.
func TestDomainsStay(t *testing.T) {
	tools := corpus(t, "openapi-vendors", 1500)
	canon := func(ds []scaler.Domain, back map[scaler.ToolID]scaler.ToolID) []string {
		var out []string
		for _, d := range ds {
			var ids []string
			for _, id := range d.Tools {
				if old, renamed := back[id]; renamed {
					id = old
				}
				ids = append(ids, string(id))
			}
			slices.Sort(ids)
			out = append(out, d.Name+": "+d.Summary+" "+strings.Join(ids, " "))
		}
		slices.Sort(out)
		return out
	}
	want := canon(domains(t, tools, 1), nil)
	r := scaler.Rand(3, "domains stay")

	shuffled := slices.Clone(tools)
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	if !slices.Equal(canon(domains(t, shuffled, 16), nil), want) {
		t.Error("another order and more workers give other domains")
	}

	renamed := slices.Clone(shuffled)
	back := map[scaler.ToolID]scaler.ToolID{}
	for i := range renamed {
		id := scaler.ToolID(scaler.ContentID(string(renamed[i].ID)))
		back[id] = renamed[i].ID
		renamed[i].ID = id
	}
	if !slices.Equal(canon(domains(t, renamed, 2), back), want) {
		t.Error("other ids give other domains")
	}
}

// Tools of services drawn from two corpora: how well domains agree with the
// services, and with what the services themselves group by.
func TestDomainsAgreeWithProviders(t *testing.T) {
	measured(t)
	all := append(corpus(t, "openapi-vendors", 0), corpus(t, "powerplatform-connectors", 0)...)
	var tools []scaler.Tool
	for _, of := range someServices(all, 60, 5, 60) {
		tools = append(tools, of...)
	}
	service, resource := map[scaler.ToolID]string{}, map[scaler.ToolID]string{}
	for _, tool := range tools {
		service[tool.ID] = tool.Service
		if len(tool.Tags) > 0 {
			resource[tool.ID] = tool.Service + "\x00" + tool.Tags[0]
		}
	}
	of := partition(domains(t, tools, 2))
	byService, byTag := agree(of, service), agree(of, resource)
	t.Logf("%d tools of 60 services; services: %v; tags (%d tools): %v", len(tools), byService, len(resource), byTag)
	if byService.rand < 0.85 || byService.purity < 0.9 {
		t.Error("domains do not agree with services")
	}
}

// someServices returns the tools of n services with least to most tools each.
func someServices(tools []scaler.Tool, n, least, most int) [][]scaler.Tool {
	by := map[string][]scaler.Tool{}
	for _, t := range tools {
		by[t.Service] = append(by[t.Service], t)
	}
	names := slices.Sorted(maps.Keys(by))
	r := scaler.Rand(4, "services")
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	var out [][]scaler.Tool
	for _, name := range names {
		if k := len(by[name]); k >= least && k <= most && len(out) < n {
			out = append(out, by[name])
		}
	}
	return out
}

// agreement says how well found groups match known ones.
type agreement struct {
	rand   float64 // adjusted Rand index: 1 for the same partition, 0 for chance
	purity float64 // share of tools whose group is mostly their kind
	whole  float64 // share of tools that are in the group most of their kind is in
}

func (a agreement) String() string {
	return fmt.Sprintf("adjusted Rand index %.3f, purity %.3f, kept whole %.3f", a.rand, a.purity, a.whole)
}

func agree(of, kind map[scaler.ToolID]string) agreement {
	both := map[[2]string]float64{}
	groups, kinds := map[string]float64{}, map[string]float64{}
	for id, k := range kind {
		both[[2]string{of[id], k}]++
		groups[of[id]]++
		kinds[k]++
	}
	pairs := func(n float64) float64 { return n * (n - 1) / 2 }
	inBoth, inGroup, inKind := 0.0, 0.0, 0.0
	topOfGroup, topOfKind := map[string]float64{}, map[string]float64{}
	for k, n := range both {
		inBoth += pairs(n)
		topOfGroup[k[0]] = max(topOfGroup[k[0]], n)
		topOfKind[k[1]] = max(topOfKind[k[1]], n)
	}
	for _, n := range groups {
		inGroup += pairs(n)
	}
	for _, n := range kinds {
		inKind += pairs(n)
	}
	chance := inGroup * inKind / pairs(float64(len(kind)))
	sum := func(m map[string]float64) (s float64) {
		for _, n := range m {
			s += n
		}
		return s
	}
	n := float64(len(kind))
	return agreement{(inBoth - chance) / ((inGroup+inKind)/2 - chance), sum(topOfGroup) / n, sum(topOfKind) / n}
}

// The tools of three benchmarks among 5,000 of the corpus: where they end, with
// their list known to be one service and with each tool on its own.
func TestBenchmarkToolsAmongOthers(t *testing.T) {
	measured(t)
	others := corpus(t, "powerplatform-connectors", 5000)
	lists := benchmarks(t)
	for _, known := range []bool{true, false} {
		tools := slices.Clone(others)
		for name, list := range lists {
			for i, tool := range list {
				tool.Service = name
				if !known {
					tool.Service = fmt.Sprintf("%s-%d", name, i)
				}
				tools = append(tools, tool)
			}
		}
		found := domains(t, tools, 2)
		for _, name := range slices.Sorted(maps.Keys(lists)) {
			n, text := ends(found, name, len(lists[name]))
			t.Logf("list known: %v, %s: %s", known, name, text)
			if known && n > 2 {
				t.Errorf("%s is torn into %d domains", name, n)
			}
		}
	}
}

// ends says into how many domains the tools of a benchmark went, and which.
func ends(found []scaler.Domain, name string, n int) (int, string) {
	type place struct {
		domain       scaler.Domain
		own, foreign []string
	}
	var places []place
	for _, d := range found {
		p := place{domain: d}
		for _, id := range d.Tools {
			if tool, ok := strings.CutPrefix(string(id), name+"/"); ok {
				p.own = append(p.own, tool)
			} else {
				p.foreign = append(p.foreign, string(id))
			}
		}
		if len(p.own) > 0 {
			places = append(places, p)
		}
	}
	slices.SortFunc(places, func(x, y place) int { return cmp.Compare(len(y.own), len(x.own)) })
	var b strings.Builder
	fmt.Fprintf(&b, "%d tools in %d domains", n, len(places))
	for _, p := range places {
		fmt.Fprintf(&b, "\n    %d in %q of %d, with %d others", len(p.own), p.domain.Name, len(p.domain.Tools), len(p.foreign))
		if len(p.foreign) > 0 {
			fmt.Fprintf(&b, " such as %s", p.foreign[0])
		}
		if len(p.own) < 4 {
			fmt.Fprintf(&b, ": %s", strings.Join(p.own, ", "))
		}
	}
	return len(places), b.String()
}

// benchmarks returns the agents' tools of tau-bench retail and airline and of
// tau2-bench telecom.
func benchmarks(t *testing.T) map[string][]scaler.Tool {
	type function struct {
		Function struct {
			Name, Description string
			Parameters        json.RawMessage
		}
	}
	var one map[string]struct {
		Tools []function `json:"tools_info"`
	}
	var two struct {
		Domains map[string]struct {
			Tools []function `json:"agent_tools"`
		}
	}
	read := func(file string, into any) {
		raw, err := os.ReadFile(filepath.Join(shared(t), "reference", file))
		if err != nil {
			t.Skipf("shared data absent: %v", err)
		}
		if err := json.Unmarshal(raw, into); err != nil {
			t.Fatal(err)
		}
	}
	read("tau1-prompts-tools.json", &one)
	read("tau2-prompts-tools.json", &two)
	out := map[string][]scaler.Tool{}
	for name, list := range map[string][]function{"tau-retail": one["retail"].Tools, "tau-airline": one["airline"].Tools, "tau2-telecom": two.Domains["telecom"].Tools} {
		for _, f := range list {
			out[name] = append(out[name], scaler.Tool{ID: scaler.ToolID(name + "/" + f.Function.Name), Name: f.Function.Name,
				Description: f.Function.Description, Parameters: f.Function.Parameters})
		}
	}
	return out
}

var measure = flag.Bool("measure", false, "run the tests that print figures of whole corpora")

// measured skips a test that prints figures rather than guards behaviour.
func measured(t *testing.T) {
	t.Helper()
	if !*measure {
		t.Skip("prints figures: go test ./pipeline -run NAME -v -args -measure")
	}
}
