package task

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
)

// A starter patches the world's own state, so that tasks begin in different ones.
type starter struct {
	view *view
	base *sandbox.Session
	rng  *rand.Rand
}

// patch changes a few rows. The first is one of the goal's table and is returned
// as focus: in a state from which the goal's tool may run, or, where it is to be
// refused, in one from which it may not.
func (s *starter) patch(t *tool, refused bool) (patch []scaler.Change, focus row) {
	table, ok := s.view.world.Schema.Table(t.Table)
	if ok {
		focus, ok = s.random(table.Name)
	}
	if !ok {
		return s.elsewhere(nil), row{}
	}
	if c, ok := s.move(t, table, focus, refused); ok {
		patch = append(patch, c)
	} else if c, ok := s.tweak(table, focus); ok && s.rng.IntN(2) == 0 {
		patch = append(patch, c)
	}
	if s.rng.IntN(3) == 0 {
		if c, ok := s.newcomer(table); ok {
			patch = append(patch, c)
			if !refused && s.rng.IntN(2) == 0 {
				focus = row{c.Table, c.Key}
			}
		}
	}
	return append(patch, s.elsewhere(patch)...), focus
}

// elsewhere changes a few rows that the goal need not be about, one at least
// where any row can be changed.
func (s *starter) elsewhere(patch []scaler.Change) (more []scaler.Change) {
	want := 1 + s.rng.IntN(2)
	for tries := 0; tries < 8 && len(more) < want && len(s.view.world.Schema.Tables) > 0; tries++ {
		table := s.view.world.Schema.Tables[s.rng.IntN(len(s.view.world.Schema.Tables))]
		r, ok := s.random(table.Name)
		same := func(c scaler.Change) bool { return c.Table == r.table && c.Key == r.key }
		if !ok || slices.ContainsFunc(patch, same) || slices.ContainsFunc(more, same) {
			continue
		}
		if c, ok := s.tweak(table, r); ok {
			more = append(more, c)
		}
	}
	return more
}

func (s *starter) random(table string) (row, bool) {
	w := walk{session: s.base, rng: s.rng}
	return w.anyRow(table)
}

// move puts a row into a state that lets the tool run, or keeps it from it.
func (s *starter) move(t *tool, table scaler.Table, r row, refused bool) (scaler.Change, bool) {
	for _, rule := range s.view.world.Rules {
		if rule.Tool != t.Name || rule.Kind != "state" || rule.Table != table.Name || len(rule.Allowed) == 0 {
			continue
		}
		values, _ := s.base.Row(r.table, r.key)
		now, _ := values.Get(rule.Column)
		to := rule.Allowed
		if refused {
			to = without(s.states(table, rule.Column), rule.Allowed)
		}
		if text, ok := now.(string); len(to) == 0 || !ok || slices.Contains(to, text) {
			return scaler.Change{}, false
		}
		return s.update(r, rule.Column, now, to[s.rng.IntN(len(to))]), true
	}
	return scaler.Change{}, false
}

// states returns the states that rows of the table are in, or may be in.
func (s *starter) states(table scaler.Table, column string) []string {
	var out []string
	add := func(state string) {
		if state != "" && !slices.Contains(out, state) {
			out = append(out, state)
		}
	}
	c, _ := table.Column(column)
	for _, e := range c.Enum {
		add(strings.Trim(string(e), `"`))
	}
	if len(out) == 0 && table.Status != nil && table.Status.Column == column {
		add(table.Status.Initial)
		for _, m := range table.Status.Moves {
			add(m.To)
		}
	}
	return out
}

func without(list, drop []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(drop, s) })
}

func (s *starter) update(r row, column string, old, now any) scaler.Change {
	return scaler.Change{Table: r.table, Key: r.key, Op: "update",
		Fields: []scaler.FieldChange{{Field: column, Old: raw(old), New: raw(now)}}}
}

// tweak changes one field that nothing else is computed from: another choice,
// another day, another count.
func (s *starter) tweak(table scaler.Table, r row) (scaler.Change, bool) {
	values, ok := s.base.Row(r.table, r.key)
	if !ok {
		return scaler.Change{}, false
	}
	columns := slices.Clone(table.Columns)
	shuffle(s.rng, columns)
	for _, c := range columns {
		old, ok := values.Get(c.Name)
		if !ok || old == nil || c.Ref != "" || c.Name == table.Key {
			continue
		}
		if now, ok := s.another(c, old); ok && plain(now) != plain(old) {
			return s.update(r, c.Name, old, now), true
		}
	}
	return scaler.Change{}, false
}

func (s *starter) another(c scaler.Column, old any) (any, bool) {
	if len(c.Enum) > 1 {
		v, err := pyjson.Parse(c.Enum[s.rng.IntN(len(c.Enum))])
		return v, err == nil
	}
	switch v := old.(type) {
	case string:
		t, err := time.Parse(time.DateOnly, v)
		return t.AddDate(0, 0, 1+s.rng.IntN(9)).Format(time.DateOnly), err == nil && c.Format == "date"
	case int64:
		if c.Semantic == "count" || strings.Contains(c.Name, "quantity") || strings.Contains(c.Name, "stock") {
			return bounded(c, v+1+int64(s.rng.IntN(5))), true
		}
	}
	return nil, false
}

// newcomer inserts a row: one that is there, under the next key.
func (s *starter) newcomer(table scaler.Table) (scaler.Change, bool) {
	like, ok := s.random(table.Name)
	if !ok {
		return scaler.Change{}, false
	}
	values, _ := s.base.Row(like.table, like.key)
	old, _ := values.Get(table.Key)
	key, ok := s.nextKey(table.Name, old)
	if !ok {
		return scaler.Change{}, false
	}
	fresh := values.Clone()
	fresh.Set(table.Key, key)
	for _, c := range table.Columns {
		if c.Unique && c.Name != table.Key {
			v, _ := fresh.Get(c.Name)
			text, ok := misspell(s.rng, plain(v))
			if !ok {
				return scaler.Change{}, false
			}
			fresh.Set(c.Name, text)
			continue
		}
		from, _ := s.random(table.Name)
		others, _ := s.base.Row(from.table, from.key)
		if v, ok := others.Get(c.Name); ok && c.Ref == "" && c.Name != table.Key && len(c.Enum) == 0 && c.Type == "string" && c.Format == "" {
			fresh.Set(c.Name, v)
		}
	}
	return scaler.Change{Table: table.Name, Key: plain(key), Op: "insert", Row: raw(fresh)}, true
}

// nextKey counts on from the largest key of the same style.
func (s *starter) nextKey(table string, like any) (any, bool) {
	prefix, digits := splitDigits(plain(like))
	if digits == "" {
		return nil, false
	}
	top := int64(0)
	for key := range s.base.Rows(table) {
		p, d := splitDigits(key)
		if n, err := strconv.ParseInt(d, 10, 64); err == nil && p == prefix && n > top {
			top = n
		}
	}
	if top == 0 {
		return nil, false
	}
	if _, ok := like.(int64); ok {
		return top + 1, true
	}
	next := strconv.FormatInt(top+1, 10)
	return prefix + strings.Repeat("0", max(0, len(digits)-len(next))) + next, true
}

// splitDigits cuts a key before the digits at its end.
func splitDigits(key string) (prefix, digits string) {
	i := len(key)
	for i > 0 && isDigit(key[i-1]) {
		i--
	}
	return key[:i], key[i:]
}

func bounded(c scaler.Column, v int64) int64 {
	if c.Max != nil && float64(v) > *c.Max {
		return int64(math.Floor(*c.Max))
	}
	return v
}
