package atlas

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// world makes n domains of 1 to 60 tools, in rings of ten that have much in
// common.
func world(n int) ([]scaler.Domain, *scaler.Graph) {
	r := scaler.Rand(1, "atlas")
	g := new(scaler.Graph)
	domains := make([]scaler.Domain, n)
	for i := range domains {
		d := &domains[i]
		d.Name = fmt.Sprintf("orders & parcels %d", i)
		d.Summary = "<tools> about \"orders\""
		for k := range 1 + r.IntN(60) {
			d.Tools = append(d.Tools, scaler.ToolID(fmt.Sprintf("%d/%d", i, k)))
		}
		if i%10 != 0 {
			g.Edges = append(g.Edges, scaler.Edge{A: domains[i-1].Tools[0], B: d.Tools[0], Weight: 0.7})
			g.Deps = append(g.Deps, scaler.Dependency{From: d.Tools[0], To: domains[i-1].Tools[0], Score: 0.5})
		}
	}
	return domains, g
}

func draw(t testing.TB, n int) string {
	t.Helper()
	domains, g := world(n)
	var b bytes.Buffer
	if err := Draw(&b, domains, g); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Every domain is a circle with its name to read on hover, in one well-formed
// picture that needs nothing from elsewhere.
func TestPictureIsWhole(t *testing.T) {
	for _, n := range []int{0, 1, 15, 200} {
		svg := draw(t, n)
		for dec := xml.NewDecoder(strings.NewReader(svg)); ; {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%d domains: %v", n, err)
			}
		}
		if got := strings.Count(svg, "<circle"); got != n || strings.Count(svg, "</title>") != n {
			t.Errorf("%d circles for %d domains", got, n)
		}
		if strings.Contains(svg, "NaN") || strings.Contains(svg, "href") || strings.Contains(svg, "<script") {
			t.Errorf("%d domains: not a plain picture", n)
		}
	}
}

// At 1,000 domains no two circles lie on each other, most names can be read,
// and what hangs together stands together.
func TestReadableAtThousand(t *testing.T) {
	domains, g := world(1000)
	m := newMap(domains, between(domains, g))
	m.settle()
	m.fit()
	near, far := 0.0, 0.0
	labels := 0
	for i := range m.discs {
		d := &m.discs[i]
		if d.x-d.r < 0 || d.x+d.r > m.size || d.y-d.r < 0 || d.y+d.r > m.size {
			t.Fatalf("%q is outside", d.name)
		}
		if _, size := d.wrap(); size >= fontMin {
			labels++
		}
		for j := range i {
			e := &m.discs[j]
			gone := math.Hypot(d.x-e.x, d.y-e.y)
			if gone < d.r+e.r-1 {
				t.Fatalf("%q lies on %q", d.name, e.name)
			}
			if i == j+1 && d.region == e.region {
				near += gone
			} else if i == j+11 {
				far += gone
			}
		}
	}
	if labels < 700 {
		t.Errorf("%d names can be read", labels)
	}
	if near*3 > far {
		t.Errorf("neighbours are %.0f apart, others %.0f", near/900, far/990)
	}
}

func TestSamePicture(t *testing.T) {
	first := draw(t, 120)
	if again := draw(t, 120); again != first {
		t.Error("two pictures of the same domains differ")
	}
}

func BenchmarkDraw(b *testing.B) {
	domains, g := world(1000)
	for b.Loop() {
		if err := Draw(io.Discard, domains, g); err != nil {
			b.Fatal(err)
		}
	}
}
