package task

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A draft is a goal's call before anybody knows where its values come from.
type draft struct {
	tool   *tool
	leaves []argument
	target row // the row the call is about; zero for a new one
}

// An argument is one leaf of a draft.
type argument struct {
	param
	value any
	row   row // the row it names, where it is a key
}

// draft draws arguments for a tool: rows for keys, the target where the tool is
// about a row of that table, and values that rows of the world really have.
func (w *walk) draft(t *tool, target row) (draft, bool) {
	d := draft{tool: t, target: target}
	wanted := w.wanted(t)
	for _, p := range t.params {
		if !p.required && !wanted[p.path] {
			continue
		}
		a, ok := w.argument(t, p, d.target)
		if !ok {
			if p.required {
				return d, false
			}
			continue
		}
		if a.row != (row{}) && p.bind.Role == "key" && d.target == (row{}) {
			d.target = a.row
		}
		d.leaves = append(d.leaves, a)
	}
	return d, true
}

// wanted chooses optional parameters: something to change for an update that
// demands nothing, a filter or two for a list, now and then a detail.
func (w *walk) wanted(t *tool) map[string]bool {
	var can []string
	sets := 0
	for _, p := range t.params {
		switch {
		case p.required && p.bind.Role == "set":
			sets++
		case p.required, control(p.bind.Role), strings.Contains(p.path, "[]"), p.kind == "object":
		case p.bind.Role == "set", p.bind.Role == "filter", p.bind.Role == "ref":
			can = append(can, p.path)
		}
	}
	shuffle(w.rng, can)
	n := 0
	switch {
	case t.Kind == scaler.Update && sets == 0:
		n = 1 + w.rng.IntN(2)
	case t.Kind == scaler.List || t.Kind == scaler.Aggregate:
		n = 1 + w.rng.IntN(2)
	case t.Kind == scaler.Create:
		n = w.rng.IntN(3)
	case w.rng.IntN(3) == 0:
		n = 1
	}
	chosen := map[string]bool{}
	for _, path := range can[:min(n, len(can))] {
		chosen[path] = true
	}
	return chosen
}

func (w *walk) argument(t *tool, p param, target row) (argument, bool) {
	a := argument{param: p}
	if to, ok := w.horizon.view.points(p.bind); ok && !(p.bind.Role == "set" && p.bind.Column == to.Key && p.bind.Table == to.Name) {
		r, ok := w.pick(t, p, to, target)
		if !ok {
			return a, false
		}
		values, _ := w.session.Row(r.table, r.key)
		key, _ := values.Get(to.Key)
		a.row = r
		a.value, ok = fit(key, p)
		return a, ok
	}
	v, ok := w.value(p, target)
	if !ok {
		return a, false
	}
	a.value, ok = fit(v, p)
	return a, ok && a.value != nil && a.value != ""
}

// pick chooses the row that a key names: the target, what the target refers to,
// or any.
func (w *walk) pick(t *tool, p param, to scaler.Table, target row) (row, bool) {
	if target.table == to.Name && (p.bind.Role == "key" || p.bind.Table == to.Name) {
		return target, true
	}
	if target != (row{}) && p.bind.Role != "set" {
		own, _ := w.horizon.view.world.Schema.Table(target.table)
		if values, ok := w.session.Row(target.table, target.key); ok {
			if v, ok := refersTo(own, values, p.bind, to.Name); ok {
				return row{to.Name, plain(v)}, true
			}
		}
	}
	return w.anyRow(to.Name)
}

func (w *walk) anyRow(table string) (row, bool) {
	n := w.session.Len(table)
	if n == 0 {
		return row{}, false
	}
	skip := w.rng.IntN(n)
	for key := range w.session.Rows(table) {
		if skip == 0 {
			return row{table, key}, true
		}
		skip--
	}
	return row{}, false
}

// value draws the value of a parameter that is no key: what the target has for
// a filter, what another row has for a new value, else something of its kind.
func (w *walk) value(p param, target row) (any, bool) {
	if len(p.enum) > 0 && p.bind.Role != "filter" {
		return w.other(p.enum, w.current(p, target)), true
	}
	if table, ok := w.horizon.view.world.Schema.Table(p.bind.Table); ok && p.bind.Column != "" {
		from := target
		if p.bind.Role == "set" || target.table != table.Name {
			from, _ = w.anyRow(table.Name)
		}
		if values, ok := w.session.Row(from.table, from.key); ok {
			if v, ok := at(values, p.bind.Column); ok && v != nil {
				return w.vary(p, table, v, w.current(p, target))
			}
		}
	}
	if len(p.enum) > 0 {
		return p.enum[w.rng.IntN(len(p.enum))], true
	}
	if p.fixed != nil {
		return p.fixed, true
	}
	return w.plainValue(p)
}

// current is what the target has now where p writes.
func (w *walk) current(p param, target row) any {
	if target.table != p.bind.Table || p.bind.Column == "" {
		return nil
	}
	values, ok := w.session.Row(target.table, target.key)
	if !ok {
		return nil
	}
	v, _ := at(values, p.bind.Column)
	return v
}

// other picks one of the values, not the one that is there already.
func (w *walk) other(values []any, now any) any {
	var can []any
	for _, v := range values {
		if v != nil && plain(v) != plain(now) {
			can = append(can, v)
		}
	}
	if len(can) == 0 {
		return values[0]
	}
	return can[w.rng.IntN(len(can))]
}

// vary turns another row's value into one that may be written here: it differs
// from what is there, and is no second of its kind where the column is unique.
func (w *walk) vary(p param, table scaler.Table, v, now any) (any, bool) {
	if p.bind.Role != "set" {
		return v, true
	}
	c, _ := table.Column(p.bind.Column)
	switch v := v.(type) {
	case int64:
		if plain(v) == plain(now) || w.rng.IntN(2) == 0 {
			return bounded(c, v+1+int64(w.rng.IntN(4))), true
		}
	case float64:
		return pyjson.Round(v*(0.8+float64(w.rng.IntN(9))/20), 2), true
	case bool:
		return now != true, true
	case string:
		if c.Unique || p.bind.Column == table.Key {
			return w.fresh(v, c), true
		}
		if t, err := time.Parse(time.DateOnly, v); err == nil && plain(v) == plain(now) {
			return t.AddDate(0, 0, 1+w.rng.IntN(20)).Format(time.DateOnly), true
		}
		return v, plain(v) != plain(now)
	case *pyjson.Object, []any:
		return nil, false
	}
	return v, true
}

func bounded(c scaler.Column, v int64) int64 {
	if c.Max != nil && float64(v) > *c.Max {
		return int64(math.Floor(*c.Max))
	}
	return v
}

// fresh makes a text that no row has out of one that a row has: other digits,
// or another beginning of an address.
func (w *walk) fresh(v string, c scaler.Column) string {
	if at := strings.IndexByte(v, '@'); at > 0 {
		return v[:at] + strconv.Itoa(10+w.rng.IntN(90)) + v[at:]
	}
	b := []byte(v)
	changed := false
	for i, ch := range b {
		if isDigit(ch) {
			b[i], changed = byte('0'+w.rng.IntN(10)), true
		}
	}
	if changed {
		return string(b)
	}
	return v + " " + strconv.Itoa(2+w.rng.IntN(8))
}

// plainValue makes a value from nothing but a parameter's type and name.
func (w *walk) plainValue(p param) (any, bool) {
	switch p.kind {
	case "integer":
		return int64(1 + w.rng.IntN(5)), true
	case "number":
		return float64(5 * (1 + w.rng.IntN(40))), true
	case "boolean":
		return true, true
	case "string":
		return w.plainText(p)
	}
	return nil, false
}

func (w *walk) plainText(p param) (any, bool) {
	now, err := time.Parse(time.RFC3339, w.horizon.view.world.Now)
	if err == nil && (p.format == "date" || strings.HasSuffix(p.path, "date")) {
		return now.AddDate(0, 0, 1+w.rng.IntN(60)).Format(time.DateOnly), true
	}
	if err == nil && p.format == "date-time" {
		return now.AddDate(0, 0, 1+w.rng.IntN(60)).Truncate(time.Hour).Format("2006-01-02T15:04:05Z"), true
	}
	if p.format != "" {
		return nil, false
	}
	if i := slices.IndexFunc(remarks, func(r remark) bool { return strings.Contains(strings.ToLower(lastName(p.path)), r.name) }); i >= 0 {
		texts := remarks[i].texts
		return texts[w.rng.IntN(len(texts))], true
	}
	return nil, false
}

// A remark is what people write into a field of that name.
type remark struct {
	name  string
	texts []string
}

var remarks = []remark{
	{"reason", []string{"no longer needed", "ordered by mistake", "change of plans", "found a better offer", "it took too long"}},
	{"comment", []string{"Thanks for the quick help.", "Please call before you come.", "This was agreed on the phone."}},
	{"note", []string{"Handle with care.", "Call ahead, please.", "Confirmed on the phone."}},
	{"message", []string{"The meeting moved to Thursday at ten.", "Everything is ready for pick-up.", "Please send me the signed papers."}},
	{"body", []string{"The figures for March are in.", "Please have a look before Friday.", "Everything went as planned."}},
	{"text", []string{"Lunch is at noon today.", "The release is on Tuesday.", "Please read the new guide."}},
	{"description", []string{"Collects everything for the spring campaign.", "Needed for the yearly review.", "A first draft for the team."}},
	{"subject", []string{"Question about the last bill", "Plan for next week", "Access to the building"}},
	{"title", []string{"Plan for next week", "Spring campaign", "Yearly review"}},
	{"name", []string{"Spring campaign", "Northern team", "Reading corner"}},
}
