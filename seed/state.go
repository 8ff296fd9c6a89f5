package seed

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/words"
)

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
