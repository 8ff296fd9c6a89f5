// Package rebuild measures how near a world comes to a service of which only
// the tool descriptions were shown to the builder: the official database is
// loaded into it under its own names, the recorded calls are made, each on the
// official state before it, and what they change is compared.
package rebuild

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/rows"
	"github.com/agentscaler/scaler/eval/tau1"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/world"
)

// A Call is one call of a table: what the official code changed, or that it
// refused.
type Call struct {
	Case      string          `json:"case"`
	Tool      string          `json:"tool"`
	Arguments json.RawMessage `json:"arguments"`
	OK        bool            `json:"ok"`
	Error     string          `json:"error"`
	Rows      []string        `json:"rows"`
	Changed   [][2]string     `json:"changed"`
}

func (c Call) effect() effect {
	e := effect{rows: c.Rows}
	for _, change := range c.Changed {
		e.fields = append(e.fields, rows.Change{Path: change[0], Op: change[1]})
	}
	return e
}

// ReadCalls parses a table of calls.
func ReadCalls(text []byte) ([]Call, error) {
	var table struct {
		Calls []Call `json:"calls"`
	}
	if err := json.Unmarshal(text, &table); err != nil {
		return nil, fmt.Errorf("table of calls: %w", err)
	}
	return table.Calls, nil
}

// Build builds one world of all the tools.
func Build(ctx context.Context, tools []scaler.Tool, seed uint64) (*scaler.World, error) {
	d := scaler.Domain{ID: "rebuilt", Name: "rebuilt"}
	for _, t := range tools {
		d.Tools = append(d.Tools, t.ID)
	}
	return world.Builder{Seed: seed}.Build(ctx, d, tools, nil)
}

// A bench is a rebuilt world with the official data in it, ready for calls.
type bench struct {
	translation
	official *tau1.World
	world    *sandbox.World
	base     map[string][]found // rows of ours by official row
	tools    map[string]*Tool
	amiss    map[string]map[string]int
}

// Run loads the official data into the world built of the tools, and makes the
// calls of them.
func Run(ctx context.Context, w *scaler.World, tools []scaler.Tool, official *tau1.World, m *Mapping, calls []Call) (Score, error) {
	b := &bench{official: official, base: map[string][]found{}, tools: map[string]*Tool{}, amiss: map[string]map[string]int{}}
	b.translation = translation{Mapping: m, schema: w.Schema, tables: official.Domain.Tables, places: map[string]map[string]place{}}
	loaded := *w
	loaded.Rows = b.load()
	var err error
	if b.world, err = sandbox.Open(&loaded, sandbox.Options{}); err != nil {
		return Score{}, err
	}
	defer b.world.Close()
	var session *tau1.Session
	var touched []string
	for i, c := range calls {
		if i == 0 || c.Case != calls[i-1].Case {
			session, touched = official.Start(), nil
		}
		if slices.ContainsFunc(tools, func(t scaler.Tool) bool { return t.Name == c.Tool }) {
			if err := b.score(ctx, c, session, touched); err != nil {
				return Score{}, fmt.Errorf("%s, %s: %w", c.Case, c.Tool, err)
			}
		}
		touched = append(touched, c.Rows...)
		args, err := pyjson.ParseObject(c.Arguments)
		if err != nil {
			return Score{}, fmt.Errorf("%s, %s: %w", c.Case, c.Tool, err)
		}
		session.Call(c.Tool, args)
	}
	b.say(w)
	return total(b.tools), nil
}

// load returns the official data as rows of ours.
func (b *bench) load() []scaler.Row {
	var out []scaler.Row
	start := b.official.Start()
	for _, t := range b.schema.Tables {
		b.places[t.Name] = map[string]place{}
		table := b.rowsAt(t.Name)[0]
		for _, name := range b.tables {
			if name != table {
				continue
			}
			for key, row := range start.All(table) {
				for _, f := range b.rows(t, table, key, row) {
					b.base[table+"/"+key] = append(b.base[table+"/"+key], f)
					b.place(table, f)
					out = append(out, f.row)
				}
			}
		}
	}
	return out
}

func (b *bench) place(table string, f found) {
	b.places[f.row.Table][f.row.Key] = place{table, f.spot.names[0], f.spot.names[1:]}
}

// score makes one call on the official state before it.
func (b *bench) score(ctx context.Context, c Call, before *tau1.Session, touched []string) error {
	s, err := b.start(before, touched)
	if err != nil {
		return err
	}
	r := s.Call(ctx, c.Tool, c.Arguments)
	if r.Err != nil {
		return r.Err
	}
	t := b.tools[c.Tool]
	if t == nil {
		t = &Tool{Name: c.Tool, Official: scaler.Read}
		if w, ok := b.world.Spec().Tool(c.Tool); ok {
			t.Class = w.Effect
		}
		b.tools[c.Tool], b.amiss[c.Tool] = t, map[string]int{}
	}
	t.Calls++
	if len(c.Rows) > 0 {
		t.Official = scaler.Write
	}
	b.refusal(t, c, r)
	if !c.OK {
		return nil
	}
	b.before = tablesOf{before, b.tables}
	wantRows, wantFields := align(b.before, c.effect())
	rows, fields := align(b.before, b.back(s.Diff()))
	t.Rows.add(wantRows, rows)
	t.Fields.add(wantFields, fields)
	b.differences(c.Tool, wantFields, fields, r.Refused != nil)
	return nil
}

func (b *bench) refusal(t *Tool, c Call, r sandbox.Result) {
	refused := r.Refused != nil
	switch {
	case c.OK && !refused:
		t.Refusals.Let++
	case !c.OK && refused:
		t.Refusals.Caught++
	case c.OK:
		b.amiss[t.Name]["refused: "+general(r.Refused.Message)]++
	default:
		b.amiss[t.Name]["granted against "+general(c.Error)]++
	}
	if c.OK {
		t.Refusals.Granted++
	} else {
		t.Refusals.Refused++
	}
}

// start opens a session on the official state now: the rows that the calls so
// far touched are put in the place of those they were made of.
func (b *bench) start(now official, touched []string) (*sandbox.Session, error) {
	var patch []scaler.Change
	done := map[string]bool{}
	for _, path := range touched {
		if done[path] {
			continue
		}
		done[path] = true
		table, key, _ := strings.Cut(path, "/")
		var rows []found
		if row, ok := now.Row(table, key); ok {
			for _, t := range b.schema.Tables {
				rows = append(rows, b.rows(t, table, key, row)...)
			}
		}
		for _, f := range rows {
			b.place(table, f)
		}
		patch = append(patch, patchOf(b.base[path], rows)...)
	}
	sort.SliceStable(patch, func(i, j int) bool { return patch[i].Op < patch[j].Op })
	return b.world.Start(scaler.Init{Patch: patch}, 1)
}

// patchOf returns what makes the rows of before those of now.
func patchOf(before, now []found) []scaler.Change {
	at := func(list []found, r scaler.Row) *found {
		for i := range list {
			if list[i].row.Table == r.Table && list[i].row.Key == r.Key {
				return &list[i]
			}
		}
		return nil
	}
	var out []scaler.Change
	for _, f := range before {
		if at(now, f.row) == nil {
			out = append(out, scaler.Change{Table: f.row.Table, Key: f.row.Key, Op: "delete"})
		}
	}
	for _, f := range now {
		was := at(before, f.row)
		if was == nil {
			out = append(out, scaler.Change{Table: f.row.Table, Key: f.row.Key, Op: "insert", Row: f.row.Value})
			continue
		}
		c := scaler.Change{Table: f.row.Table, Key: f.row.Key, Op: "update"}
		for name, v := range f.value.All() {
			old, _ := was.value.Get(name)
			if a, z := pyjson.Marshal(old), pyjson.Marshal(v); !bytes.Equal(a, z) {
				c.Fields = append(c.Fields, scaler.FieldChange{Field: name, Old: a, New: z})
			}
		}
		if len(c.Fields) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// Open reads the data of the domain whose tools the calls use.
func Open(dir string, calls []Call) (*tau1.World, error) {
	best, most := "", 0
	for _, d := range tau1.Domains {
		n := 0
		for _, c := range calls {
			if d.Has(c.Tool) {
				n++
			}
		}
		if n > most {
			best, most = d.Name, n
		}
	}
	if best == "" {
		return nil, fmt.Errorf("no domain has the tools that the table calls")
	}
	return tau1.Open(dir, best)
}
