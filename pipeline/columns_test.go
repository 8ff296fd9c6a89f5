package pipeline_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world"
)

// What the columns of worlds are made of, over domains drawn from sources that
// declare results: columns that no declared result has a field for, tables that
// hold what a page or a response says of itself, and states that were made up
// although the rows have some.
//
//	go test ./pipeline -run TestColumnsAreDeclared -v -timeout 30m -args -measure -seed 120 -into columns -worlds 200
func TestColumnsAreDeclared(t *testing.T) {
	measured(t)
	if *drawInto == "" {
		t.Skip("wants a folder for what is drawn: -into DIR")
	}
	c := columnCensus{names: map[string]int{}}
	for _, d := range drawnBefore(t, filepath.Join(*drawInto, "drawn.json")) {
		w, err := world.Builder{}.Build(t.Context(), d.Domain, d.Tools, d.Deps)
		if err != nil {
			t.Logf("%s, domain %s: %v", d.Source, d.Domain.Name, err)
			c.failed++
			continue
		}
		c.count(d, w)
	}
	t.Log(c.report())
	for _, name := range slices.SortedFunc(maps.Keys(c.names), func(a, b string) int { return c.names[b] - c.names[a] }) {
		t.Logf("%5d %s", c.names[name], name)
	}
}

// A columnCensus counts over worlds.
type columnCensus struct {
	worlds, failed, tools, dropped                 int
	tables, columns, asked, invented, meta, states int
	names                                          map[string]int
}

func (c *columnCensus) report() string {
	share := func(n, of int) string { return fmt.Sprintf("%d (%.1f %%)", n, 100*float64(n)/float64(max(of, 1))) }
	return fmt.Sprintf("%d worlds, %d domains without one; %d tools, left out %s; %d tables with declared rows, %d columns: in requests only %s, in neither %s; tables with what a response says of itself %s, with a state of our own beside a declared one %s",
		c.worlds, c.failed, c.tools+c.dropped, share(c.dropped, c.tools+c.dropped), c.tables, c.columns, share(c.asked, c.columns), share(c.invented, c.columns), share(c.meta, c.tables), share(c.states, c.tables))
}

// ofResponse are names of columns that tell of a page or of the response.
var ofResponse = regexp.MustCompile(`^(next_?page_?token|next_?token|continuation_?token|next_?cursor|next_?link|odata_next_link|page_?info|paging|pagination|http_status_code|http_status_message|operation_status|response_metadata|has_more|total_pages|errors)$`)

func (c *columnCensus) count(d drawnDomain, w *scaler.World) {
	c.worlds++
	c.tools += len(w.Tools)
	c.dropped += len(w.Dropped)
	for _, drop := range w.Dropped {
		c.names["left out: "+drop.Clause]++
	}
	shown, taken := map[string]bool{}, map[string]bool{}
	for _, tool := range d.Tools {
		fieldsOf(tool.Result, shown)
		fieldsOf(tool.Parameters, taken)
	}
	for _, table := range w.Schema.Tables {
		if !slices.ContainsFunc(table.Columns, func(col scaler.Column) bool { return col.Name != table.Key && shown[snakeCase(col.Name)] }) || table.Name == "activity_log" {
			continue
		}
		c.tables++
		meta := false
		for _, col := range table.Columns {
			name := snakeCase(col.Name)
			c.columns++
			meta = meta || ofResponse.MatchString(name)
			switch {
			case shown[name] || col.Name == table.Key || col.Ref != "" || inPath(w, table.Name, col.Name):
			case taken[name] || anyEnd(taken, name):
				c.asked++
				c.names["asked "+name]++
			default:
				c.invented++
				c.names["made "+name]++
			}
		}
		if meta {
			c.meta++
			c.names[fmt.Sprint("response ", w.ID, " ", table.Name)]++
		}
		if table.Status != nil && !shown[snakeCase(table.Status.Column)] && slices.ContainsFunc(slices.Collect(maps.Keys(shown)), func(s string) bool {
			return strings.HasSuffix(s, "status") || strings.HasSuffix(s, "state")
		}) {
			c.states++
			c.names[fmt.Sprint("state ", w.ID, " ", table.Name)]++
		}
	}
}

// inPath says whether the column holds what paths lead through.
func inPath(w *scaler.World, table, column string) bool {
	for _, tool := range w.Tools {
		for _, b := range tool.Binds {
			if b.Table == table && b.Column == column && tool.In[b.Param] == "path" {
				return true
			}
		}
	}
	return false
}

// anyEnd says whether a name ends like one of the set: start_name and name.
func anyEnd(set map[string]bool, name string) bool {
	for {
		_, rest, ok := strings.Cut(name, "_")
		if !ok {
			return false
		}
		if set[rest] {
			return true
		}
		name = rest
	}
}

func snakeCase(name string) string { return strings.Join(words.Split(name), "_") }

// fieldsOf collects the names of a schema's properties at any depth.
func fieldsOf(raw []byte, into map[string]bool) {
	v, err := pyjson.Parse(raw)
	if err != nil {
		return
	}
	var walk func(v any, depth int)
	walk = func(v any, depth int) {
		switch v := v.(type) {
		case *pyjson.Object:
			if props, ok := v.Get("properties"); ok {
				if o, ok := props.(*pyjson.Object); ok {
					for name := range o.All() {
						into[snakeCase(name)] = true
					}
				}
			}
			for _, inner := range v.All() {
				if depth < 24 {
					walk(inner, depth+1)
				}
			}
		case []any:
			for _, inner := range v {
				walk(inner, depth)
			}
		}
	}
	walk(v, 0)
}
