package pipeline_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/domain"
	"github.com/agentscaler/scaler/graph"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/spec"
	"github.com/agentscaler/scaler/store"
	"github.com/agentscaler/scaler/world"
	"github.com/agentscaler/scaler/world/author"
)

var (
	drawSeed    = flag.Uint64("seed", 1, "with -measure: which worlds are drawn")
	drawInto    = flag.String("into", "", "with -measure: a folder for the drawn worlds")
	drawSources = flag.String("sources", "", "with -measure: the folders of the corpus that worlds are drawn from (default all)")
	drawMany    = flag.Int("worlds", 30, "with -measure: how many worlds are drawn")
	drawOnly    = flag.String("only", "", "with -measure: the numbers of the drawn worlds to build, such as 1,7,12 (default all)")
	drawLLM     = flag.String("llm", "", "with -measure: the server of a model that writes the worlds, as --llm of the command")
	drawModel   = flag.String("model", "", "with -measure: the model at that server; its answers are kept in -into/cache, and what is there is not asked again")
	drawGrade   = flag.Float64("grade", contract.Enough, "with -measure: the least grade of a drawn world; 0 draws all")
)

// A drawnDomain is a domain of one source, with what its world is built from.
type drawnDomain struct {
	Source string
	Domain scaler.Domain
	Tools  []scaler.Tool
	Deps   []scaler.Dependency
}

// Worlds of domains drawn over all sources, the same number from each, written
// for somebody to read: world folders, and a page for each world. Domains whose
// world no task would be made of are passed over.
//
//	go test ./pipeline -run TestDrawnWorlds -v -args -measure -seed 1 -into worlds30
//	go test ./pipeline -run TestDrawnWorlds -v -timeout 0 -args -measure -seed 1 -into worlds30 -llm http://localhost:8000/v1 -model mine
func TestDrawnWorlds(t *testing.T) {
	measured(t)
	if *drawInto == "" {
		t.Skip("wants a folder to write to: -into DIR")
	}
	run, err := store.Create(*drawInto)
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	pages := filepath.Join(*drawInto, "pages")
	if err := os.MkdirAll(pages, 0o755); err != nil {
		t.Fatal(err)
	}
	bases := map[string]int{}
	var held content
	var named resourceNames
	builder := author.Builder{Model: drawnModel(t)}
	for i, d := range drawnBefore(t, filepath.Join(*drawInto, "drawn.json")) {
		if *drawOnly != "" && !slices.Contains(strings.Split(*drawOnly, ","), fmt.Sprint(i+1)) {
			continue
		}
		w, report, err := builder.Build(t.Context(), d.Domain, d.Tools, d.Deps)
		if err != nil {
			t.Errorf("%s, domain %s: %v", d.Source, d.Domain.Name, err)
			continue
		}
		if err := run.WriteWorld(w, ""); err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%02d-%s-%s.md", i+1, d.Source, w.ID)
		if err := os.WriteFile(filepath.Join(pages, name), page(t, d.Source, w), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d tools, %d tables, %d rows, grade %+v", name, len(w.Tools), len(w.Schema.Tables), len(w.Rows), w.Check.Grade)
		if builder.Model != nil {
			t.Log(report.Counts, report.Tokens)
		}
		countBases(w, bases)
		held.count(w)
		named.count(w)
	}
	t.Log(held)
	t.Log(named)
	t.Logf("columns of text that are neither keys nor references: %s", shareOf(bases))
}

// drawnModel is the model that writes the drawn worlds; nil where none is named.
func drawnModel(t *testing.T) llm.Model {
	t.Helper()
	switch {
	case *drawModel == "" && *drawLLM != "":
		t.Fatal("-llm names a server and -model no model of it")
	case *drawModel == "":
		return nil
	}
	server, err := llm.NewOpenAI(llm.Endpoint{URL: *drawLLM, Model: *drawModel, Timeout: 6 * time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	cache, err := llm.OpenCache(filepath.Join(*drawInto, "cache"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cache.Close() })
	return cache.Model(server)
}

// countBases counts the text columns of a world by what their values are made
// from.
func countBases(w *scaler.World, bases map[string]int) {
	for _, table := range w.Schema.Tables {
		for _, c := range table.Columns {
			if c.Type == "string" && c.Name != table.Key && c.Ref == "" {
				bases[fake.Column(c, table.Entity).Basis()]++
			}
		}
	}
}

// drawnBefore reads the domains that an earlier call drew into a file, so that
// a changed builder is judged by the same ones; else it draws and keeps them.
func drawnBefore(t *testing.T, file string) []drawnDomain {
	t.Helper()
	var drawn []drawnDomain
	if text, err := os.ReadFile(file); err == nil {
		if err := json.Unmarshal(text, &drawn); err != nil {
			t.Fatal(err)
		}
		return drawn
	}
	drawn = drawDomains(t, *drawSeed, *drawMany)
	text, err := json.Marshal(drawn)
	if err == nil {
		err = os.WriteFile(file, text, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return drawn
}

// drawDomains draws n domains, in turn from every source of the corpus.
func drawDomains(t *testing.T, seed uint64, n int) []drawnDomain {
	t.Helper()
	sources, err := filepath.Glob(filepath.Join(shared(t), "corpus", "*", "*.tar.zst"))
	if err != nil || len(sources) == 0 {
		t.Skip("shared data absent: no corpus")
	}
	slices.Sort(sources)
	if *drawSources != "" {
		sources = slices.DeleteFunc(sources, func(s string) bool {
			return !slices.Contains(strings.Split(*drawSources, ","), filepath.Base(filepath.Dir(s)))
		})
	}
	rng := scaler.Rand(seed, "drawn worlds")
	rng.Shuffle(len(sources), func(i, j int) { sources[i], sources[j] = sources[j], sources[i] })
	var out []drawnDomain
	for i, source := range sources {
		share := (n + len(sources) - 1 - i) / len(sources)
		out = append(out, drawOf(t, source, rng, share)...)
	}
	return out
}

// usable is the least number of tools that a drawn domain has, and enough how
// many tools of services drawn from a source domains are found in.
const (
	usable = 3
	enough = 1500
)

// drawOf draws n domains of one source. They are found among the tools of
// services drawn from it, as far as a desk machine finds them in seconds.
func drawOf(t *testing.T, source string, rng *rand.Rand, n int) []drawnDomain {
	t.Helper()
	var tools []scaler.Tool
	for _, of := range someOf(rng, readTools(t, source)) {
		if tools = append(tools, of...); len(tools) >= enough {
			break
		}
	}
	g, _, err := graph.Builder{}.Build(t.Context(), tools)
	if err != nil {
		t.Fatal(err)
	}
	found, _, err := domain.Finder{}.Find(t.Context(), tools, g)
	if err != nil {
		t.Fatal(err)
	}
	byID := map[scaler.ToolID]scaler.Tool{}
	for _, tool := range tools {
		byID[tool.ID] = tool
	}
	rng.Shuffle(len(found), func(i, j int) { found[i], found[j] = found[j], found[i] })
	name := filepath.Base(filepath.Dir(source))
	var out []drawnDomain
	without, low := 0, 0
	for _, f := range found {
		if len(out) == n {
			break
		}
		if len(f.Tools) < usable {
			continue
		}
		d := pickUp(name, f, byID, g)
		w, err := world.Builder{}.Build(t.Context(), d.Domain, d.Tools, d.Deps)
		switch {
		case err != nil && *drawGrade > 0:
			without++
		case err == nil && w.Check.Grade.Share < *drawGrade:
			low++
		default:
			out = append(out, d)
		}
	}
	t.Logf("%s: %d domains drawn, passed over %d graded below %v and %d without a world", name, len(out), low, *drawGrade, without)
	return out
}

func pickUp(source string, f scaler.Domain, byID map[scaler.ToolID]scaler.Tool, g *scaler.Graph) drawnDomain {
	d := drawnDomain{Source: source, Domain: f}
	home := map[scaler.ToolID]bool{}
	for _, id := range f.Tools {
		d.Tools = append(d.Tools, byID[id])
		home[id] = true
	}
	for _, dep := range g.Deps {
		if home[dep.From] && home[dep.To] {
			d.Deps = append(d.Deps, dep)
		}
	}
	return d
}

func readTools(t *testing.T, source string) []scaler.Tool {
	t.Helper()
	var tools []scaler.Tool
	for item, err := range (spec.Reader{}).Read(t.Context(), []string{source}) {
		if err != nil {
			t.Fatal(err)
		}
		if item.Tool != nil {
			tools = append(tools, *item.Tool)
		}
	}
	return tools
}

// someOf returns the services of the tools in an order drawn from rng.
func someOf(rng *rand.Rand, tools []scaler.Tool) [][]scaler.Tool {
	by := map[string][]scaler.Tool{}
	var names []string
	for _, tool := range tools {
		if by[tool.Service] == nil {
			names = append(names, tool.Service)
		}
		by[tool.Service] = append(by[tool.Service], tool)
	}
	slices.Sort(names)
	var out [][]scaler.Tool
	for _, name := range sample(rng, names, len(names)) {
		out = append(out, by[name])
	}
	return out
}
