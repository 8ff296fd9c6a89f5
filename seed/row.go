package seed

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// makeRows fills a table, after the tables that it refers to.
func (f *seeder) makeRows(t *table) {
	if t.begun {
		return
	}
	t.begun = true
	for _, p := range t.parents {
		f.makeRows(p)
	}
	t.states = f.drawStates(t)
	t.match()
	taken := map[string]bool{} // column and value, where values have to differ
	t.rows = make([]*pyjson.Object, 0, len(t.keys))
	for i := range t.keys {
		var r *row
		for try := range 6 {
			r = f.newRow(t, i, try)
			r.fillColumns()
			if !r.clashes(taken, try < 3) {
				break
			}
		}
		r.separate(taken)
		r.tie()
		r.agree()
		r.layDown()
		r.readdress()
		r.settle()
		r.orderDates()
		r.fitSpans()
		r.tieLedger()
		r.fitShares()
		t.born = append(t.born, r.maker.Born())
		t.rows = append(t.rows, r.object())
	}
}

// A row is one row on its way.
type row struct {
	*seeder
	t      *table
	i      int
	rng    *rand.Rand
	maker  *fake.Maker
	values []any
	has    []bool
	refs   map[string]int  // table -> the row of it that this row refers to
	listed map[string]bool // table and key of what lists in this row name
}

func (f *seeder) newRow(t *table, i, try int) *row {
	rng := f.rand(t, strconv.Itoa(i), strconv.Itoa(try))
	r := &row{seeder: f, t: t, i: i, rng: rng, maker: f.newMaker(t, rng, 1+i+try*len(t.keys)), values: make([]any, len(t.Columns)), has: make([]bool, len(t.Columns)), refs: map[string]int{}, listed: map[string]bool{}}
	if len(t.draws) > i && t.draws[i] >= 0 { // draw the key again: the row is about what its key is about
		r.maker = f.newMaker(t, f.rand(t, "key", strconv.Itoa(t.draws[i])), 1+t.draws[i])
		r.maker.Value(t.form(t.draws[i]))
	}
	r.maker.Beside = r.beside
	r.maker.Refer, r.maker.Settled, r.maker.Key = r.refer, t.parent, t.texts[i]
	if t.states != nil {
		r.maker.Status = t.states[i]
	}
	return r
}

func (r *row) set(col int, v any) { r.values[col], r.has[col] = v, true }

func (r *row) fillColumns() {
	if col := r.t.column(r.t.Key); col >= 0 {
		r.set(col, r.t.keys[r.i])
	}
	if s := r.t.Status; s != nil && r.t.states != nil {
		if col := r.t.column(s.Column); col >= 0 {
			r.set(col, r.t.states[r.i])
		}
	}
	r.fillRefs()
	r.fillStates()
	for _, late := range []bool{false, true} {
		for col := range r.t.Columns {
			if !r.has[col] && (late || !aboutTheRow[r.t.shapes[col].Semantic]) {
				r.set(col, r.value(col))
			}
		}
	}
}

// aboutTheRow are meanings of what is written about all the rest of a row.
var aboutTheRow = words.Set("sentence paragraph summary")

// beside lists what the row holds so far.
func (r *row) beside() []fake.Beside {
	var out []fake.Beside
	for col, s := range r.t.shapes {
		if r.has[col] && r.values[col] != nil {
			out = append(out, fake.Beside{Shape: s, Value: r.values[col]})
		}
	}
	return out
}

// value makes the value of a column that is neither key nor reference.
func (r *row) value(col int) any {
	c, s := r.t.Columns[col], r.t.shapes[col]
	if c.Nullable && r.mayBeNull(col) {
		return nil
	}
	if v, ok := r.surroundings(col); ok {
		return v
	}
	if v, ok := r.copied(col); ok {
		return v
	}
	if v, ok := r.stateFlag(col); ok {
		return v
	}
	if v, ok := r.edge(col); ok {
		return v
	}
	return r.maker.Value(s)
}

// mayBeNull draws whether a nullable column is empty. A date that belongs to a
// state is there once the row has been in that state.
func (r *row) mayBeNull(col int) bool {
	if first := r.t.shapes[col].Words; len(first) > 0 && r.t.states != nil && isTime(r.t.shapes[col]) {
		if reached, known := r.reached(first[0]); known {
			return !reached
		}
	}
	if said := r.t.shapes[col].Words; len(said) > 0 && neverYet[said[0]] && isTime(r.t.shapes[col]) {
		return r.rng.Float64() < 0.9
	}
	if r.t.shapes[col].Semantic == "reason" && r.t.states != nil {
		return r.t.states[r.i] == r.t.Status.Initial
	}
	if !r.maker.Known(r.t.shapes[col]) {
		return r.rng.Float64() < 0.8
	}
	return r.rng.Float64() < 0.08
}

var neverYet = words.Set("deleted archived cancelled canceled refunded returned closed suspended terminated ended failed revoked")

func isTime(s *fake.Shape) bool { return strings.HasPrefix(s.Semantic, "date") }

// edge puts on purpose what tools have to cope with: the second to last row
// has nothing in its lists and none in stock.
func (r *row) edge(col int) (any, bool) {
	s := r.t.shapes[col]
	if len(r.t.keys) < 5 || r.i != len(r.t.keys)-2 {
		return nil, false
	}
	if s.Type == "array" && s.MinLength == 0 {
		return []any{}, true
	}
	if (s.Semantic == "stock" || s.Semantic == "quantity" && r.t.Status == nil) && s.Allows(int64(0)) {
		return int64(0), true
	}
	return nil, false
}

// object returns the row in column order.
func (r *row) object() *pyjson.Object {
	o := pyjson.NewObject(len(r.values) + 1)
	if r.t.column(r.t.Key) < 0 {
		o.Set(r.t.Key, r.t.keys[r.i])
	}
	for col, c := range r.t.Columns {
		o.Set(c.Name, r.values[col])
	}
	return o
}

// withoutEntity is a column less the words of an entity before them: name of customer_name.
func withoutEntity(column []string, entity string) (string, bool) {
	prefix := words.Split(entity)
	if len(column) <= len(prefix) || !slices.Equal(column[:len(prefix)], prefix) {
		return "", false
	}
	return strings.Join(column[len(prefix):], "_"), true
}
