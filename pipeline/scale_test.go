package pipeline_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/domain"
	"github.com/agentscaler/scaler/graph"
	louvain "github.com/agentscaler/scaler/internal/community"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/simple"
)

var (
	scale = flag.String("scale", "10000", "numbers of tools for BenchmarkScale, smallest first")
	peer  = flag.Int("peer", 30_000, "most tools at which gonum's Louvain is run beside ours")
)

// BenchmarkScale takes synthetic tools through graph and domain, and prints time
// and memory for each size and the exponent fitted to them. Run it as
//
//	go test ./pipeline -run '^$' -bench Scale -benchtime 1x -scale 30000,100000,300000,1000000
func BenchmarkScale(b *testing.B) {
	var sizes, seconds, heaps []float64
	for field := range strings.SplitSeq(*scale, ",") {
		n := 0
		if _, err := fmt.Sscan(field, &n); err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("tools=%d", n), func(b *testing.B) {
			for b.Loop() {
				took, heap := scaled(b, n)
				sizes, seconds, heaps = append(sizes, float64(n)), append(seconds, took), append(heaps, heap)
			}
		})
	}
	if len(sizes) > 1 {
		b.Logf("processor time grows as tools^%.2f, memory as tools^%.2f", exponent(sizes, seconds), exponent(sizes, heaps))
	}
}

// scaled measures one size: seconds of processor time, which a busy machine
// does not stretch, and bytes at the peak beyond the tools.
func scaled(b *testing.B, n int) (seconds, heap float64) {
	tools := synthetic(n)
	runtime.GC()
	before := resident("VmRSS")
	forgetPeak()
	start, spent := time.Now(), cpu()
	g, made, err := graph.Builder{}.Build(b.Context(), tools)
	if err != nil {
		b.Fatal(err)
	}
	graphed := time.Since(start)
	found, report, err := domain.Finder{}.Find(b.Context(), tools, g)
	if err != nil {
		b.Fatal(err)
	}
	took := time.Since(start)
	seconds, heap = cpu()-spent, resident("VmHWM")-before
	b.ReportMetric(graphed.Seconds(), "s-graph")
	b.ReportMetric((took - graphed).Seconds(), "s-domain")
	b.ReportMetric(seconds, "s-cpu")
	b.ReportMetric(before/1e9, "GB-tools")
	b.ReportMetric((before+heap)/1e9, "GB-peak")
	b.ReportMetric(heap/float64(n), "B-peak/tool")
	b.ReportMetric(float64(len(found)), "domains")
	b.Logf("%d tools: %v; %v", n, made.Counts, report.Counts)
	if n <= *peer {
		beside(b, n, tools, g)
	}
	debug.FreeOSMemory()
	return seconds, heap
}

// beside runs gonum's Louvain and ours on the same edges.
func beside(b *testing.B, n int, tools []scaler.Tool, g *scaler.Graph) {
	at := map[scaler.ToolID]int32{}
	for i := range tools {
		at[tools[i].ID] = int32(i)
	}
	theirs := simple.NewWeightedUndirectedGraph(0, 0)
	for i := range n {
		theirs.AddNode(simple.Node(i))
	}
	links := make([]louvain.Link, len(g.Edges))
	for i, e := range g.Edges {
		links[i] = louvain.Link{A: at[e.A], B: at[e.B], Weight: e.Weight}
		theirs.SetWeightedEdge(theirs.NewWeightedEdge(simple.Node(at[e.A]), simple.Node(at[e.B]), e.Weight))
	}
	net := louvain.New(n, links)
	start := time.Now()
	of := louvain.Louvain(net, 1)
	ours := time.Since(start)
	start = time.Now()
	reduced := community.Modularize(theirs, 1, rand.NewPCG(1, 1))
	gonum := time.Since(start)
	q := community.Q(theirs, reduced.Communities(), 1)
	b.Logf("Louvain on %d nodes and %d edges: ours %.2f s, modularity %.4f; gonum %.2f s, modularity %.4f",
		n, len(links), ours.Seconds(), net.Modularity(of, 1), gonum.Seconds(), q)
}

// exponent fits y = c * x^e.
func exponent(x, y []float64) float64 {
	n, sx, sy, sxx, sxy := float64(len(x)), 0.0, 0.0, 0.0, 0.0
	for i := range x {
		a, b := math.Log(x[i]), math.Log(y[i])
		sx, sy, sxx, sxy = sx+a, sy+b, sxx+a*a, sxy+a*b
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

// resident reads the process's memory, in bytes; 0 where the system does not say.
func resident(field string) float64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var kb float64
		if rest, ok := strings.CutPrefix(lines.Text(), field+":"); ok {
			fmt.Sscan(rest, &kb)
			return kb * 1024
		}
	}
	return 0
}

// cpu returns the processor time that the process has used, in seconds.
func cpu() float64 {
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	var user, system float64 // fields 14 and 15, in hundredths
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	fmt.Sscan(fields[11], &user)
	fmt.Sscan(fields[12], &system)
	return (user + system) / 100
}

// forgetPeak resets the peak that the system keeps, where it lets us.
func forgetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// synthetic makes n tools as real ones are spread: services with a median of 7
// tools and one in ten above 37, about 4.2 parameters a tool, a vocabulary of
// names that grows as the 0.6th power of the tools, the r-th name in about 1/r of
// them. Services have resources, and the tools of a resource share its fields.
func synthetic(n int) []scaler.Tool {
	r := scaler.Rand(11, "scale")
	vocabulary := 36 * math.Pow(float64(n), 0.6)
	word := func(part float64) string {
		return fmt.Sprintf("noun%d", int(math.Pow(max(2, vocabulary*part), r.Float64())))
	}
	kinds := strings.Fields("id name date count status type")
	tools := make([]scaler.Tool, 0, n)
	for s := 0; len(tools) < n; s++ {
		size := min(800, 1+int(7*math.Exp(1.3*r.NormFloat64())), n-len(tools))
		service, parent := fmt.Sprintf("service%d", s), word(0.2)+"_id"
		for i := 0; i < size; i += 6 {
			noun := word(0.2)
			fields := []string{noun + "_id"}
			for range 4 + r.IntN(9) {
				fields = append(fields, word(1)+"_"+kinds[r.IntN(len(kinds))])
			}
			for k, verb := range strings.Fields("list get create update delete search")[:min(6, size-i)] {
				some := map[int][]string{0: fields[1:2], 1: fields[:1], 2: fields[1:], 3: fields, 4: fields[:1], 5: fields[1:3]}[k]
				if r.IntN(2) == 0 {
					some = append([]string{parent}, some...)
				}
				tools = append(tools, scaler.Tool{
					ID: scaler.ToolID(fmt.Sprintf("%s/%d", service, i+k)), Name: fmt.Sprintf("%s_%s", verb, noun), Service: service,
					Description: "The " + verb + " of " + noun + ".", Parameters: object(some), Result: object(fields),
				})
			}
		}
	}
	return tools
}

func object(fields []string) json.RawMessage {
	var b strings.Builder
	b.WriteString(`{"type":"object","properties":{`)
	for i, f := range fields {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `%q:{"type":"string"}`, f)
	}
	return json.RawMessage(b.String() + "}}")
}
