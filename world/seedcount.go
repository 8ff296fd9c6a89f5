package world

import (
	"slices"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// counting are words of a name that say that something is counted.
var counting = wordSet("count counts total number num of no qty amount")

// counted says what the words of a column count: orders of orders_count and of
// number_of_orders.
func counted(name []string) string {
	rest := slices.DeleteFunc(slices.Clone(name), func(w string) bool { return counting[w] })
	if len(rest) != 1 || len(rest) == len(name) {
		return ""
	}
	return words.Singular(rest[0])
}

// count makes the columns that count rows of another table agree with it: of a
// customer's orders, or of all there are where nothing belongs to the row.
func (f *seeder) count(t *seedTable) {
	for col, s := range t.shapes {
		what := counted(s.Words)
		if s.Type != "integer" || what == "" || t.Columns[col].Ref != "" || t.Columns[col].Name == t.Key {
			continue
		}
		for _, other := range f.tables {
			if other != t && lastWord(snake(other.Entity)) == what {
				f.countInto(t, col, other)
				break
			}
		}
	}
}

func (f *seeder) countInto(t *seedTable, col int, other *seedTable) {
	counts := make([]int64, len(t.rows))
	if back, ok := other.backTo(t); ok {
		for _, row := range other.rows {
			v, _ := row.Get(back.column)
			for _, key := range pyjson.Items(v) {
				if at, ok := t.at[pyjson.Bare(key)]; ok {
					counts[at]++
				}
			}
		}
	} else if len(t.rows) == 1 {
		counts[0] = int64(len(other.rows))
	} else {
		return
	}
	for i, n := range counts {
		if t.shapes[col].Allows(n) {
			t.rows[i].Set(t.Columns[col].Name, n)
		}
	}
}
