package contract

import (
	"context"
	"slices"
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/draw"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
)

// readersOf lists for each table the tools that may show its rows: the reads
// that get a row of it first, then those that list it, then all whose
// parameters mention it, then those of tables that refer to it; last the writes
// that find a row of it, for whether they succeed and what they answer shows it
// too.
func readersOf(w *scaler.World) map[string][]string {
	out := map[string][]string{}
	for _, table := range w.Schema.Tables {
		type ranked struct {
			name string
			rank int
		}
		var list []ranked
		for _, t := range w.Tools {
			switch r := showing(w, t, table.Name); {
			case t.Effect == scaler.Read && r >= 0:
				list = append(list, ranked{t.Name, r})
			case t.Table == table.Name && answers(t):
				list = append(list, ranked{t.Name, lastResort})
			}
		}
		slices.SortStableFunc(list, func(a, b ranked) int { return a.rank - b.rank })
		for _, r := range list {
			out[table.Name] = append(out[table.Name], r.name)
		}
	}
	return out
}

// lastResort is the rank of writes among what shows a row.
const lastResort = 10

// answers says whether a write's answer depends on the row that it finds.
func answers(t scaler.WorldTool) bool {
	switch t.Kind {
	case scaler.Update, scaler.Delete, scaler.Transition, scaler.Relate:
		return true
	}
	return false
}

// showing ranks how likely a read shows rows of a table; below 0 means not.
func showing(w *scaler.World, t scaler.WorldTool, table string) int {
	if t.Table == table {
		switch t.Kind {
		case scaler.Get:
			return 0
		case scaler.List:
			return 1
		}
		return 2
	}
	for _, b := range t.Binds {
		if b.Table == table {
			return 3
		}
	}
	if t.Table == "" {
		return 5
	}
	if mine, ok := w.Schema.Table(table); ok {
		for _, c := range mine.Columns {
			if c.Ref == t.Table {
				return 4
			}
		}
	}
	return -1
}

// Bounds on looking for one tool's changes.
const (
	rowsToSee   = 2
	readsPerRow = 20
	aims        = 2 // draws per read
	goodToSee   = 2
)

// look runs reads before and after a successful write, until one tells the
// difference.
func (p *probe) look(ctx context.Context) {
	if p.Tool.Effect == scaler.Read || p.Tool.Tier == scaler.TierEvent {
		return
	}
	looked := 0
	for _, i := range p.Good {
		t := p.Trials[i]
		if !t.Result.Changed || looked == goodToSee {
			continue
		}
		looked++
		before, after := t.from, t.from.Fork()
		after.Call(ctx, p.Tool.Name, []byte(t.Args))
		for _, row := range p.changed(before, after) {
			s := p.see(ctx, before, after, row, t.Args)
			p.Seen = append(p.Seen, s)
			if s.By != "" {
				return
			}
		}
	}
}

// changed returns the first rows that differ, those of the tool's own table
// before others.
func (p *probe) changed(before, after *sandbox.Session) []scaler.Change {
	old := map[string]string{}
	for _, c := range before.Diff() {
		old[c.Table+"\x00"+c.Key] = string(pyjson.Marshal(rowOf(before, c)))
	}
	var list []scaler.Change
	for _, c := range after.Diff() {
		if was, ok := old[c.Table+"\x00"+c.Key]; !ok || was != string(pyjson.Marshal(rowOf(after, c))) {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b scaler.Change) int { return p.foreign(a) - p.foreign(b) })
	return list[:min(len(list), rowsToSee)]
}

func (p *probe) foreign(c scaler.Change) int {
	if c.Table == p.Tool.Table {
		return 0
	}
	return 1
}

func rowOf(s *sandbox.Session, c scaler.Change) any {
	if row, ok := s.Row(c.Table, c.Key); ok {
		return row
	}
	return nil
}

// see tries the reads that may show a row on both states; said are the arguments of
// the call that changed it.
func (p *probe) see(ctx context.Context, before, after *sandbox.Session, c scaler.Change, said string) sight {
	s := sight{Table: c.Table, Key: c.Key}
	call, _ := pyjson.ParseObject([]byte(said))
	for _, name := range p.nearest(p.reads[c.Table]) {
		last := ""
		for n := range aims {
			if s.Tried >= readsPerRow || ctx.Err() != nil {
				return s
			}
			args, ok := p.aim(name, before, after, c, n, call)
			if !ok || string(args) == last {
				continue
			}
			last = string(args)
			if s.Tried++; s.Tried == 1 {
				s.First = name + " " + Short(string(args))
			}
			if p.read(ctx, before, name, args) != after.Fork().Call(ctx, name, args).Text {
				s.By = name
				return s
			}
		}
	}
	return s
}

// nearest orders tools so that those at the paths nearest to the write's come
// first: where rows lie under several things, only they can name this one.
func (p *probe) nearest(names []string) []string {
	shared := map[string]int{}
	for _, name := range names {
		t, _ := p.world.Tool(name)
		for i := 0; i < min(len(t.Path), len(p.Tool.Path)) && t.Path[i] == p.Tool.Path[i]; i++ {
			shared[name]++
		}
	}
	out := slices.Clone(names)
	slices.SortStableFunc(out, func(a, b string) int { return shared[b] - shared[a] })
	return out
}

// read returns a read's answer. Those on the world's own state are remembered:
// every write is compared with them.
func (p *probe) read(ctx context.Context, s *sandbox.Session, name string, args []byte) string {
	if s != p.base {
		return s.Fork().Call(ctx, name, args).Text
	}
	key := name + string(args)
	if text, ok := p.answers.Load(key); ok {
		return text.(string)
	}
	text := s.Fork().Call(ctx, name, args).Text
	p.answers.Store(key, text)
	return text
}

// refersTo returns the rows that a changed row refers to, by table: what is kept
// with a customer is seen with that customer.
func (p *probe) refersTo(s *sandbox.Session, c scaler.Change) map[string]string {
	out := map[string]string{}
	row, ok := s.Row(c.Table, c.Key)
	if !ok {
		return out
	}
	table, _ := p.world.Schema.Table(c.Table)
	for _, col := range table.Columns {
		if v, _ := row.Get(col.Name); col.Ref != "" && col.Type != "array" && v != nil && col.Ref != c.Table {
			out[col.Ref] = pyjson.Bare(v)
		}
	}
	return out
}

// aim draws arguments with which a read should show the row: by its key, by
// its values, and as many rows as the read gives. What a parameter means that is bound
// to nothing is told by its name: the argument of the call, or the field of the row,
// that is called so too.
func (p *probe) aim(name string, before, after *sandbox.Session, c scaler.Change, n int, call *pyjson.Object) ([]byte, bool) {
	from := after
	if c.Op == "delete" {
		from = before
	}
	tool := p.ready[name]
	optional := float64(n)
	t, _ := p.world.Tool(name)
	if t.Kind == scaler.List { // first the rows like this one, which are few
		optional = 1 - optional
	}
	whose := p.refersTo(from, c)
	fixed := map[string]any{}
	o := draw.Options{Schema: p.world.Schema, Now: p.now, Optional: optional, Fixed: fixed,
		Want: func(table, key string, row *pyjson.Object) bool {
			if table == c.Table {
				return key == c.Key
			}
			owner, ok := whose[table]
			return !ok || key == owner
		}}
	row, _ := from.Row(c.Table, c.Key)
	for _, f := range tool.Params().Fields {
		switch b, _ := tool.Bind(f.Shape.Name); {
		case !binds(t, f.Shape.Name):
			for _, o := range []*pyjson.Object{call, row} {
				if v := field(o, f.Shape.Name); v != nil && f.Shape.Allows(v) {
					fixed[f.Shape.Name] = v
					break
				}
			}
		case b.Role == "limit":
			for _, most := range []int64{10000, 1000, 100, 50} {
				if f.Shape.Allows(most) {
					fixed[f.Shape.Name] = most
					break
				}
			}
		case b.Role == "offset" && !f.Required:
			o.Skip = append(o.Skip, f.Shape.Name)
		}
	}
	args, ok := tool.Arguments(p.rand("aim", name, c.Key, strconv.Itoa(n)), from, o)
	if !ok {
		return nil, false
	}
	return draw.JSON(args), true
}

// field is a field of an object, if there are both.
func field(o *pyjson.Object, name string) any {
	if o == nil {
		return nil
	}
	v, _ := o.Get(name)
	return v
}

// binds says whether a tool's binds speak of a parameter, or of something in it.
func binds(t scaler.WorldTool, param string) bool {
	return slices.ContainsFunc(t.Binds, func(b scaler.Bind) bool {
		head, _, _ := strings.Cut(strings.ReplaceAll(b.Param, "[]", ""), ".")
		return head == param
	})
}
