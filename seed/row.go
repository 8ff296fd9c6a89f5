package seed

import (
	"math"
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

// fillStates makes what says where the row stands before the dates that have
// to agree with it.
func (r *row) fillStates() {
	for col, s := range r.t.shapes {
		if r.has[col] || !s.IsStatus() {
			continue
		}
		v := r.value(col)
		if state, ok := v.(string); ok && r.maker.Status == "" {
			r.maker.Status = state
		}
		r.set(col, v)
	}
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

// reached says whether the row has been in a state, going by the order in
// which the table's states come; known is false where there is no such state.
func (r *row) reached(state string) (reached, known bool) {
	all := r.t.stateNames()
	at, now := indexOfState(all, state), indexOfState(all, r.t.states[r.i])
	if at < 0 || now < 0 {
		return false, false
	}
	from, known := progress[strings.ToLower(state)]
	to, going := progress[strings.ToLower(all[now])]
	if known && going {
		return from <= to, true
	}
	if known || going || neverYet[state] || neverYet[r.t.states[r.i]] {
		return at == now, true
	}
	return at <= now, true
}

// progress orders the states through which things go one after another.
var progress = map[string]int{"created": 0, "draft": 0, "new": 0, "open": 0, "pending": 0, "submitted": 1, "requested": 1, "scheduled": 1, "reserved": 1, "booked": 1, "confirmed": 2, "approved": 2, "accepted": 2,
	"authorized": 2, "paid": 3, "processing": 3, "in_progress": 3, "started": 3, "checked_in": 3, "packed": 4, "shipped": 5, "dispatched": 5, "in_transit": 5, "out_for_delivery": 6, "delivered": 7,
	"checked_out": 7, "completed": 7, "fulfilled": 7, "resolved": 7, "reimbursed": 7, "closed": 8, "refunded": 9, "returned": 9}

func indexOfState(all []string, state string) int {
	return slices.IndexFunc(all, func(s string) bool { return strings.EqualFold(s, state) })
}

// stateFlag is what a column like is_archived has to say of a row in that state.
func (r *row) stateFlag(col int) (is, known bool) {
	s := r.t.shapes[col]
	if s.Type != "boolean" || r.t.states == nil {
		return false, false
	}
	set := FlagStates(r.t.names[col], r.t.stateNames())
	return slices.Contains(set, r.t.states[r.i]), len(set) > 0
}

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

// distinct are meanings of which two rows should not share a value; the others
// only have to where the column says so.
var distinct = words.Set("email username sku slug iban isbn")

func (r *row) hasToDiffer(col int, soft bool) bool {
	c, s := r.t.Columns[col], r.t.shapes[col]
	if c.Ref != "" || c.Name == r.t.Key || s.Type == "boolean" || len(s.Enum) > 0 {
		return c.Unique && c.Ref == "" && c.Name != r.t.Key && len(s.Enum) == 0
	}
	if len(r.t.copies[col]) > 0 {
		return c.Unique
	}
	if c.Unique || distinct[s.Semantic] && len(s.Examples) == 0 {
		return true
	}
	last := len(s.Words) - 1
	return soft && last >= 0 && (s.Words[last] == "name" || s.Words[last] == "title") && s.Type == "string"
}

func (r *row) clashes(taken map[string]bool, soft bool) bool {
	for col, v := range r.values {
		if v != nil && r.hasToDiffer(col, soft) && taken[r.t.Columns[col].Name+"\x00"+pyjson.Bare(v)] {
			return true
		}
	}
	return false
}

// separate makes values unique that drawing again did not, and remembers them.
func (r *row) separate(taken map[string]bool) {
	for col, v := range r.values {
		if v == nil || !r.hasToDiffer(col, true) {
			continue
		}
		name, s := r.t.Columns[col].Name+"\x00", r.t.shapes[col]
		for n := 2; taken[name+pyjson.Bare(r.values[col])] && r.hasToDiffer(col, false) && n < 400; n++ {
			other := numbered(v, n)
			if !s.Allows(other) {
				other = r.maker.Value(s)
			}
			r.values[col] = other
		}
		taken[name+pyjson.Bare(r.values[col])] = true
	}
}

// numbered changes a value so that it carries a number: mia@... is mia2@...
func numbered(v any, n int) any {
	switch v := v.(type) {
	case int64:
		return v + int64(n)
	case float64:
		return v + float64(n)
	case string:
		suffix := strconv.Itoa(n)
		if at := strings.IndexByte(v, '@'); at > 0 {
			return v[:at] + suffix + v[at:]
		}
		if strings.Contains(v, " ") {
			return v + " " + suffix
		}
		return v + suffix
	}
	return v
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

// stateNames lists the states of the table's status, in the order they come.
func (t *table) stateNames() []string {
	var out []string
	add := func(list ...string) {
		for _, s := range list {
			if s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	add(t.Status.Initial)
	if col := t.column(t.Status.Column); col >= 0 {
		for _, v := range t.shapes[col].Enum {
			if s, ok := v.(string); ok {
				add(s)
			}
		}
		if len(t.shapes[col].Enum) > 0 {
			return out
		}
	}
	for _, m := range t.Status.Moves {
		add(m.From...)
		add(m.To)
	}
	return out
}

// drawStates gives each row a state: every state occurs, those from which a
// tool can move on more often.
func (f *seeder) drawStates(t *table) []string {
	if t.Status == nil {
		return nil
	}
	all := t.stateNames()
	if telling := slices.DeleteFunc(slices.Clone(all), fake.Vague); len(telling) > 0 {
		all = telling
	}
	if len(all) == 0 {
		return nil
	}
	weights := make([]float64, len(all))
	for i, s := range all {
		weights[i] = 1 / math.Sqrt(float64(i+1))
		if seldom[strings.ToLower(s)] {
			weights[i] *= 0.4
		}
		for _, m := range t.Status.Moves {
			if slices.Contains(m.From, s) {
				weights[i] += 0.4
			}
		}
	}
	rng := f.rand(t, "states")
	out := make([]string, len(t.keys))
	for i := range out {
		if i < len(all) {
			out[i] = all[i]
		} else {
			out[i] = all[weighted(rng, weights)]
		}
	}
	rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// seldom are states that few things are in at a time.
var seldom = words.Set(`cancelled canceled failed error rejected declined expired suspended blocked disputed refunded returned no_show lost written_off waived
	deleted terminated deleting updating creating updating_failed delete_failed create_failed unhealthy withdrawn aborted voided on_hold`)

func weighted(rng *rand.Rand, weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	x := float64(rng.Float64() * sum)
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// words of a column without those of an entity before them: name of customer_name.
func withoutEntity(column []string, entity string) (string, bool) {
	prefix := words.Split(entity)
	if len(column) <= len(prefix) || !slices.Equal(column[:len(prefix)], prefix) {
		return "", false
	}
	return strings.Join(column[len(prefix):], "_"), true
}
