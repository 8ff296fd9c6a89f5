package contract

import (
	"context"
	"fmt"
	"strconv"

	"github.com/agentscaler/scaler/internal/draw"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// examine makes the trials that the clauses need beside successful calls.
func (p *probe) examine(ctx context.Context) {
	if Breaks(bounded(p.evidence)) {
		return // each more would cost as much again
	}
	for _, i := range p.Good {
		t := p.Trials[i]
		p.call(ctx, t.from, trial{Why: again, Like: i, Args: t.Args})
	}
	p.tryWrongTypes(ctx)
	p.tryUnknownIDs(ctx)
	p.tryVariations(ctx)
	p.look(ctx)
}

// start returns arguments to bend: those of a success, or else drawn ones.
func (p *probe) start() (from *sandbox.Session, args []draw.Arg, like int) {
	if len(p.Good) > 0 {
		t := p.Trials[p.Good[0]]
		return t.from, t.args, p.Good[0]
	}
	for _, t := range p.Trials {
		if t.Why == drawn {
			return p.base, t.args, -1
		}
	}
	return p.base, nil, -1
}

// with returns the arguments as an object, one of them replaced.
func with(args []draw.Arg, param string, v any) *pyjson.Object {
	o := pyjson.NewObject(len(args) + 1)
	for _, a := range args {
		o.Set(a.Name, a.Value)
	}
	o.Set(param, v)
	return o
}

func (p *probe) tryWrongTypes(ctx context.Context) {
	from, args, like := p.start()
	params, _ := p.shapes.compiled(p.Tool.Parameters)
	for _, f := range p.draw.Params().Fields {
		text, fits := p.wrong(params, args, f.Shape)
		p.call(ctx, from, trial{Why: wrongType, Param: f.Shape.Name, Like: like, Fits: fits, Args: text})
	}
}

// wrong returns arguments with a value of a wrong type for one parameter.
// Where its schema allows every type, fits is true.
func (p *probe) wrong(params *jsonschema.Schema, args []draw.Arg, s *fake.Shape) (text string, fits bool) {
	for _, v := range []any{[]any{pyjson.NewObject(0)}, "perhaps", int64(7), pyjson.NewObject(0)} {
		text = string(pyjson.Marshal(with(args, s.Name, v)))
		if s.Type != "" && params == nil && !s.Allows(v) || params != nil && misfit(params, text) != "" {
			return text, false
		}
	}
	return text, true
}

// tryUnknownIDs replaces each id by one that no row has.
func (p *probe) tryUnknownIDs(ctx context.Context) {
	if len(p.Good) == 0 {
		return
	}
	from, args, like := p.start()
	for _, f := range p.draw.Params().Fields {
		b, ok := p.draw.Bind(f.Shape.Name)
		if !ok || !pointsAtRow(p.Tool, b) {
			continue
		}
		v, id, ok := p.unknown(from, f.Shape, b.Table)
		if !ok {
			continue
		}
		p.call(ctx, from, trial{Why: unknownKey, Param: f.Shape.Name, ID: id, Like: like, Args: string(pyjson.Marshal(with(args, f.Shape.Name, v)))})
	}
}

// unknown makes an id in the table's style that the table lacks, if the
// parameter allows one.
func (p *probe) unknown(s *sandbox.Session, shape *fake.Shape, table string) (v any, id string, ok bool) {
	item := shape
	if shape.Type == "array" {
		if item = shape.Items; item == nil {
			item = &fake.Shape{MaxLength: -1}
		}
	}
	for key, row := range s.Rows(table) {
		schema, _ := p.world.Schema.Table(table)
		like, _ := row.Get(schema.Key)
		if like == nil {
			like = key
		}
		for n := range 12 {
			v, id = strange(like, n)
			if !item.Allows(v) {
				if v = any(id); !item.Allows(v) {
					continue
				}
			}
			if _, taken := s.Row(table, id); taken {
				continue
			}
			if shape.Type == "array" {
				v = []any{v}
			}
			return v, id, shape.Allows(v)
		}
		return nil, "", false
	}
	return nil, "", false
}

// strange changes an id so that it looks the same and most likely is nobody's.
func strange(like any, n int) (v any, id string) {
	if i, ok := like.(int64); ok {
		v = i + 900000 + int64(n)*1111
		return v, pyjson.Bare(v)
	}
	text := []byte(pyjson.Bare(like))
	changed := 0
	for i := len(text) - 1; i >= 0 && changed < 3+n; i-- {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			text[i] = '0' + (9-(c-'0')+byte(n))%10
			changed++
		case c >= 'a' && c <= 'f' && len(text) == 36:
			text[i] = 'a' + (c-'a'+1)%6
			changed++
		case changed == 0 && n > 3 && c >= 'a' && c <= 'z':
			text[i] = 'a' + (c-'a'+byte(n))%26
			changed++
		}
	}
	if changed == 0 {
		return fmt.Sprintf("%s-%d", text, 9000+n), fmt.Sprintf("%s-%d", text, 9000+n)
	}
	return string(text), string(text)
}

// tryVariations gives each required argument other values, one at a time, until
// one makes a difference.
func (p *probe) tryVariations(ctx context.Context) {
	for _, param := range p.Required {
		p.vary(ctx, param)
	}
}

const variations = 6

func (p *probe) vary(ctx context.Context, param string) {
	tries := 0
	for n := 0; n < 4*variations && tries < 2*variations; n++ {
		if len(p.Good) == 0 {
			return
		}
		i := p.Good[n%len(p.Good)]
		first := p.Trials[i]
		v, ok := p.another(first, param, n)
		if !ok {
			continue
		}
		tries++
		t := p.call(ctx, first.from, trial{Why: varied, Param: param, Like: i, Args: string(pyjson.Marshal(with(first.args, param, v)))})
		if t.Result.Text != first.Result.Text || t.After != first.After {
			return
		}
	}
}

// another draws another value for one argument.
func (p *probe) another(first trial, param string, n int) (any, bool) {
	args, ok := p.draw.Arguments(p.rand("vary", param, strconv.Itoa(n)), first.from, draw.Options{Schema: p.world.Schema, Now: p.now})
	if !ok {
		return nil, false
	}
	for _, a := range args {
		if a.Name != param {
			continue
		}
		for _, old := range first.args {
			if old.Name == param && string(pyjson.Canonical(old.Value)) == string(pyjson.Canonical(a.Value)) {
				return nil, false
			}
		}
		return a.Value, true
	}
	return nil, false
}

// looseAfter returns the foreign keys that point nowhere since the state was s.
// Only rows that changed, and rows that refer to deleted ones, are looked at.
func (p *probe) looseAfter(s, f *sandbox.Session) []string {
	before := map[string]bool{}
	for _, c := range s.Diff() {
		before[c.Table+"\x00"+c.Key] = true
	}
	var out []string
	for _, c := range f.Diff() {
		if c.Op == "delete" {
			if !before[c.Table+"\x00"+c.Key] {
				out = append(out, p.orphans(f, c.Table, c.Key)...)
			}
			continue
		}
		if row, ok := f.Row(c.Table, c.Key); ok {
			out = append(out, p.looseIn(f, c.Table, c.Key, row)...)
		}
	}
	return out
}

func (p *probe) looseIn(f *sandbox.Session, table, key string, row *pyjson.Object) []string {
	var out []string
	t, _ := p.world.Schema.Table(table)
	for _, c := range t.Columns {
		if _, ok := p.world.Schema.Table(c.Ref); !ok {
			continue
		}
		v, _ := row.Get(c.Name)
		for _, ref := range pyjson.Items(v) {
			if _, ok := f.Row(c.Ref, pyjson.Bare(ref)); !ok && ref != nil {
				out = append(out, fmt.Sprintf("%s of %s %s points at %s %s, which is not there", c.Name, table, key, c.Ref, pyjson.Bare(ref)))
			}
		}
	}
	return out
}

// orphans lists what still refers to a deleted row.
func (p *probe) orphans(f *sandbox.Session, table, key string) []string {
	for _, t := range p.world.Schema.Tables {
		for _, c := range t.Columns {
			if c.Ref != table {
				continue
			}
			for at, row := range f.Rows(t.Name) {
				v, _ := row.Get(c.Name)
				for _, ref := range pyjson.Items(v) {
					if ref != nil && pyjson.Bare(ref) == key {
						return []string{fmt.Sprintf("%s of %s %s points at %s %s, which was deleted", c.Name, t.Name, at, table, key)}
					}
				}
			}
		}
	}
	return nil
}
