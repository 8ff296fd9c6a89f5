package seed

import (
	"slices"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// counting are the words of names for how many there are.
var counting = words.Set("count counts total number num of no qty amount")

// Counts says whether a word of a name says that something is counted.
func Counts(word string) bool { return counting[word] }

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
func (f *seeder) count(t *table) {
	for col, s := range t.shapes {
		what := counted(s.Words)
		if s.Type != "integer" || what == "" || t.Columns[col].Ref != "" || t.Columns[col].Name == t.Key {
			continue
		}
		for _, other := range f.tables {
			if other != t && words.Last(words.Snake(other.Entity)) == what {
				f.countInto(t, col, other)
				break
			}
		}
	}
}

func (f *seeder) countInto(t *table, col int, other *table) {
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
