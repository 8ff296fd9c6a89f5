package pipeline_test

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/spec"
)

// Which fields of the results that real services declare tell what they are
// about, and the names that most services use and that do not. A name counts
// once for each service and entity.
//
//	go test ./pipeline -run TestFieldsHaveMeanings -v -args -measure
func TestFieldsHaveMeanings(t *testing.T) {
	measured(t)
	sources, _ := filepath.Glob(filepath.Join(shared(t), "corpus", "*", "*.tar.zst"))
	c := census{bases: map[string]map[string]int{}, unknown: map[string]int{}, seen: map[string]bool{}}
	for _, source := range sources {
		for item, err := range (spec.Reader{}).Read(t.Context(), []string{source}) {
			if err != nil {
				t.Fatal(err)
			}
			if item.Tool != nil {
				c.tool(item.Tool)
			}
		}
	}
	for _, typ := range slices.Sorted(maps.Keys(c.bases)) {
		t.Logf("%s: %s", typ, shareOf(c.bases[typ]))
	}
	names := slices.SortedFunc(maps.Keys(c.unknown), func(a, b string) int {
		return cmp.Or(cmp.Compare(c.unknown[b], c.unknown[a]), cmp.Compare(a, b))
	})
	for _, name := range names[:min(len(names), 400)] {
		t.Logf("%5d %s", c.unknown[name], name)
	}
}

// A census counts fields by type and by what their values are made from.
type census struct {
	bases   map[string]map[string]int
	unknown map[string]int
	seen    map[string]bool
}

func (c *census) tool(tool *scaler.Tool) {
	if len(tool.Result) > 0 {
		c.walk(tool.Service, fake.Schema(tool.Result, "", ""), 0)
	}
}

func (c *census) walk(service string, s *fake.Shape, depth int) {
	if s == nil || depth > 6 {
		return
	}
	for _, f := range s.Fields {
		c.field(service, f.Shape)
		c.walk(service, f.Shape, depth+1)
	}
	c.walk(service, s.Items, depth+1)
}

func (c *census) field(service string, s *fake.Shape) {
	name := strings.Join(s.Words, " ")
	if at := service + "\x00" + s.Entity + "\x00" + name; s.Type == "object" || s.Type == "array" || s.Type == "" || c.seen[at] {
		return
	} else {
		c.seen[at] = true
	}
	if c.bases[s.Type] == nil {
		c.bases[s.Type] = map[string]int{}
	}
	basis := s.Basis()
	c.bases[s.Type][basis]++
	if basis == "" {
		c.unknown[s.Type+" "+name]++
	}
}

// shareOf writes counts as shares of their sum.
func shareOf(counts map[string]int) string {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%s %.1f %%", cmp.Or(name, "made up"), 100*float64(counts[name])/float64(max(sum, 1))))
	}
	return fmt.Sprintf("%d, of them %s", sum, strings.Join(parts, ", "))
}
