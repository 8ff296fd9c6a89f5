package rows

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Style is a text of the whole data whose SHA-256 names a state.
type Style int

// The styles: the canonical JSON of our reference tables, and the texts that
// tau-bench (str of nested sorted tuples) and tau2-bench (json.dumps with sorted
// keys) hash.
const (
	Canonical Style = iota
	Tau1
	Tau2
)

type style struct {
	open, colon, end, comma string // around the pairs of an object
	openList, endList       string // around the rows of a list
	single                  string // before end where there is one pair only
	pairOpen, pairEnd       string
	key                     func(string) []byte
	value                   func(any) []byte
}

var styles = [...]style{
	Canonical: {open: "{", colon: ":", end: "}", openList: "[", endList: "]", comma: ",", key: quoteCanonical, value: pyjson.Canonical},
	Tau1: {open: "(", colon: ", ", end: ")", openList: "(", endList: ")", comma: ", ", single: ",", pairOpen: "(", pairEnd: ")",
		key:   func(k string) []byte { return []byte(pyjson.Repr(k)) },
		value: func(v any) []byte { return []byte(pyjson.Hashable(v)) }},
	Tau2: {open: "{", colon: ": ", end: "}", openList: "[", endList: "]", comma: ", ", key: quoteSorted, value: pyjson.MarshalSorted},
}

func quoteCanonical(k string) []byte { return pyjson.Canonical(k) }
func quoteSorted(k string) []byte    { return pyjson.MarshalSorted(k) }

// around is what stands before and after the rows of a table.
func (s *style) around(list bool) (open, end string) {
	if list {
		return s.openList, s.endList
	}
	return s.open, s.end
}

// pair writes a row with its key; in a list it stands alone.
func (s *style) pair(key string, row any, list bool) []byte {
	if list {
		return s.value(row)
	}
	b := append([]byte(s.pairOpen), s.key(key)...)
	b = append(append(b, s.colon...), s.value(row)...)
	return append(b, s.pairEnd...)
}

// A text is the base data in one style: what follows it rewrites only the rows
// that changed.
type text struct {
	style  style
	order  []int // tables by name
	tables []tableText
	sum    string // of the unchanged data
}

type tableText struct {
	list  bool
	keys  []string // sorted
	start []int    // where each pair begins in body; one more than keys, for the end
	body  []byte   // pairs with commas between them
}

func newText(s style, tables []*table) *text {
	t := &text{style: s}
	for i, table := range tables {
		t.order = append(t.order, i)
		t.tables = append(t.tables, newTableText(s, table))
	}
	sort.Slice(t.order, func(i, j int) bool { return tables[t.order[i]].name < tables[t.order[j]].name })
	t.sum = t.hash(tables, make([]map[string]*pyjson.Object, len(tables)))
	return t
}

func newTableText(s style, t *table) tableText {
	tt := tableText{list: t.list, keys: t.rows.Keys()}
	sort.Strings(tt.keys)
	for i, key := range tt.keys {
		if i > 0 {
			tt.body = append(tt.body, s.comma...)
		}
		row, _ := t.rows.Get(key)
		tt.start = append(tt.start, len(tt.body))
		tt.body = append(tt.body, s.pair(key, row, t.list)...)
	}
	tt.start = append(tt.start, len(tt.body)+len(s.comma))
	return tt
}

// Hash is the SHA-256 of the state's text in lower-case hexadecimal digits.
func (s *State) Hash(style Style) string {
	t := s.base.texts[style]()
	for _, rows := range s.changed {
		if len(rows) > 0 {
			return t.hash(s.base.tables, s.changed)
		}
	}
	return t.sum
}

func (t *text) hash(tables []*table, changed []map[string]*pyjson.Object) string {
	h := sha256.New()
	write := func(s string) { h.Write([]byte(s)) }
	write(t.style.open)
	for n, i := range t.order {
		if n > 0 {
			write(t.style.comma)
		}
		write(t.style.pairOpen)
		h.Write(t.style.key(tables[i].name))
		open, end := t.style.around(tables[i].list)
		write(t.style.colon + open)
		pairs := t.tables[i].write(h.Write, &t.style, changed[i])
		if pairs == 1 {
			write(t.style.single)
		}
		write(end + t.style.pairEnd)
	}
	if len(t.order) == 1 {
		write(t.style.single)
	}
	write(t.style.end)
	return hex.EncodeToString(h.Sum(nil))
}

// write writes the pairs of a table with some rows replaced and added, and
// returns how many there are. Runs of unchanged pairs are one write.
func (t *tableText) write(w func([]byte) (int, error), s *style, changed map[string]*pyjson.Object) int {
	keys := make([]string, 0, len(changed))
	for key := range changed {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	written, next := 0, 0 // next: the first base pair not yet written
	separate := func() {
		if written > 0 {
			w([]byte(s.comma))
		}
	}
	run := func(end int) { // base pairs up to end
		if next < end {
			separate()
			w(t.body[t.start[next] : t.start[end]-len(s.comma)])
			written += end - next
			next = end
		}
	}
	for _, key := range keys {
		i := sort.SearchStrings(t.keys, key)
		run(i)
		separate()
		w(s.pair(key, changed[key], t.list))
		written++
		if i < len(t.keys) && t.keys[i] == key {
			next = i + 1
		}
	}
	run(len(t.keys))
	return written
}
