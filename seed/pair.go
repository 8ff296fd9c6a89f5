package seed

import (
	"math"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// shares and wholes are words of columns of which one is a part of the other:
// copies_available of copies_total, seats_taken of seats, used of the limit.
var (
	shares = words.Set("available remaining free used taken booked occupied sold reserved filled enrolled consumed left paid redeemed completed succeeded failed skipped min minimum low lowest")
	wholes = words.Set("total capacity limit quota max maximum allowance high highest count")
)

// fitShares makes no part larger than its whole.
func (r *row) fitShares() {
	for part, s := range r.t.shapes {
		at := slices.IndexFunc(s.Words, func(w string) bool { return shares[w] })
		x, ok := pyjson.Number(r.values[part])
		if c := r.t.Columns[part]; at < 0 || !ok || c.Unique || c.Ref != "" || c.Name == r.t.Key {
			continue
		}
		rest := plainThings(slices.Delete(slices.Clone(s.Words), at, at+1))
		whole := r.wholeOf(rest)
		if whole < 0 {
			continue
		}
		if y, ok := pyjson.Number(r.values[whole]); ok && x > y && y >= 0 {
			r.put(part, math.Floor(float64(y*r.rng.Float64())))
		}
	}
}

// plainThings are the words for what is counted, one of them.
func plainThings(list []string) []string {
	list = slices.DeleteFunc(slices.Clone(list), func(w string) bool { return w == "total" || w == "count" || w == "number" || w == "of" })
	if n := len(list); n > 0 {
		list[n-1] = words.Singular(list[n-1])
	}
	return list
}

// wholeOf returns the column of the same things that says how many there are
// in all; -1 where there is none.
func (r *row) wholeOf(things []string) int {
	for col, s := range r.t.shapes {
		if _, number := pyjson.Number(r.values[col]); !number {
			continue
		}
		at := slices.IndexFunc(s.Words, func(w string) bool { return wholes[w] })
		if at >= 0 && slices.Equal(plainThings(slices.Delete(slices.Clone(s.Words), at, at+1)), things) || len(things) > 0 && r.t.names[col] == words.Plural(strings.Join(things, "_")) {
			return col
		}
	}
	return -1
}
