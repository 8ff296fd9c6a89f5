// Package draw makes up arguments for a call of a world's tool: keys of rows
// that exist, values that occur, and new values where something is stored.
package draw

import (
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// Rows is a state to draw from; a *sandbox.Session is one.
type Rows interface {
	Row(table, key string) (*pyjson.Object, bool)
	Rows(table string) iter.Seq2[string, *pyjson.Object]
	Len(table string) int
}

// An Arg is one argument, with where its value comes from.
type Arg struct {
	Name  string // of a leaf inside another argument: dotted, "items.0.product_id"
	Value any    // as pyjson holds it
	From  string // one of the From constants

	Table, Key, Column string // of "row": where the value stands

	Leaves []Arg // of an object or array: its parts that are neither
}

// Where a value comes from.
const (
	FromRow     = "row"     // a column of an existing row
	FromFresh   = "fresh"   // made up
	FromEnum    = "enum"    // one of the values that the schema lists
	FromDefault = "default" // the schema's default
	FromFixed   = "fixed"   // asked for by Options.Fixed
)

// Options narrow what is drawn. The zero value draws required arguments only.
type Options struct {
	Schema   scaler.Schema
	Now      time.Time // the world's clock; zero means the first day of 2026
	Optional float64   // chance of each optional argument

	// Want says which rows keys and references may point at; nil means any.
	Want func(table, key string, row *pyjson.Object) bool

	// Fixed holds arguments by name, of the top level, that are not drawn.
	Fixed map[string]any

	// Skip lists optional arguments, of the top level, that are left out.
	Skip []string
}

// Arguments draws arguments for the tool, valid against its parameters, in
// their order. It reports false where the state offers none: no row to point at.
func Arguments(rng *rand.Rand, t scaler.WorldTool, rows Rows, o Options) ([]Arg, bool) {
	return Prepare(t, o.Schema).Arguments(rng, rows, o)
}

// JSON returns the arguments as the text of a call.
func JSON(args []Arg) []byte {
	o := pyjson.NewObject(len(args))
	for _, a := range args {
		o.Set(a.Name, a.Value)
	}
	return pyjson.Marshal(o)
}

// Leaves lists the arguments that are no objects or arrays, nested ones included.
func Leaves(args []Arg) []Arg {
	var out []Arg
	for _, a := range args {
		if a.Leaves == nil {
			out = append(out, a)
		} else {
			out = append(out, Leaves(a.Leaves)...)
		}
	}
	return out
}

// A Tool is a world's tool made ready for drawing many times.
type Tool struct {
	tool   scaler.WorldTool
	schema scaler.Schema
	params *fake.Shape
	binds  map[string]scaler.Bind // by parameter
	order  []string               // tables to pick from, children before their parents
	names  Names
}

// Prepare reads the tool's parameters and finds out what they mean to the
// tables: by its binds, and by names where it has none.
func Prepare(t scaler.WorldTool, s scaler.Schema) *Tool { return NamesOf(s).Prepare(t) }

// Prepare is like the function, for many tools of one schema.
func (n Names) Prepare(t scaler.WorldTool) *Tool {
	d := &Tool{tool: t, schema: n.schema, names: n, params: fake.Schema(t.Parameters, "", entityOf(t, n.schema)), binds: map[string]scaler.Bind{}}
	for _, b := range t.Binds {
		d.binds[plainPath(b.Param)] = b
	}
	if len(t.Binds) == 0 {
		d.bindByName(d.params, "")
	}
	d.order = d.pickOrder()
	return d
}

// Arguments draws arguments from a state.
func (d *Tool) Arguments(rng *rand.Rand, rows Rows, o Options) ([]Arg, bool) {
	if o.Now.IsZero() {
		o.Now = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	}
	c := &call{Tool: d, rng: rng, rows: rows, o: o, maker: d.asking(rng, o.Now), picked: map[string]*pick{}, used: map[string]bool{}}
	c.pickFixed()
	for _, table := range d.order {
		c.row(table)
	}
	args := []Arg{}
	for _, f := range d.params.Fields {
		name := f.Shape.Name
		if v, ok := o.Fixed[name]; ok {
			args = append(args, Arg{Name: name, Value: v, From: FromFixed})
			continue
		}
		if !f.Required && !fake.Wanted(f.Shape.Doc) && (rng.Float64() >= o.Optional || d.unknowable(name) || slices.Contains(o.Skip, name)) {
			continue
		}
		a, ok := c.argument(f.Shape, name, name)
		if ok {
			args = append(args, a)
		} else if f.Required {
			return nil, false
		}
	}
	return masked(args), true
}

// masked gives an argument that names what is to be changed the names of what is
// given: updateMask for the fields of the body.
func masked(args []Arg) []Arg {
	for i, a := range args {
		if n := words.Snake(a.Name); n != "update_mask" && n != "field_mask" || a.From != FromFresh {
			continue
		}
		for _, other := range args {
			if o, ok := other.Value.(*pyjson.Object); ok && o.Len() > 0 {
				var names []string
				for name := range o.All() {
					names = append(names, name)
				}
				args[i].Value = strings.Join(names, ",")
			}
		}
	}
	return args
}

// asking returns a maker of values that somebody asks for.
func (d *Tool) asking(rng *rand.Rand, now time.Time) *fake.Maker {
	m := fake.New(rng, now)
	m.In, m.Ahead = d.names.in.Of(d.tool.Table), true
	return m
}

// unknowable says whether only an earlier answer could tell the argument.
func (d *Tool) unknowable(param string) bool {
	b := d.binds[param]
	return b.Role == "offset" && b.Op == "cursor"
}

// Params returns the shape of the tool's parameters.
func (d *Tool) Params() *fake.Shape { return d.params }

// Bind returns what a parameter means to the tables; param is dotted.
func (d *Tool) Bind(param string) (scaler.Bind, bool) {
	b, ok := d.binds[plainPath(param)]
	return b, ok
}
