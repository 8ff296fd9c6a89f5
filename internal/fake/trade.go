package fake

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// The folder trades says what things are called and what columns hold, one file
// a trade: what reveals it, names, values, ranges, sentences, and records whose
// fields belong together. To add a trade, add a file; trade_test.go reads them.
//
//go:embed trades/*.txt
var tradeFiles embed.FS

// A trade is a line of business with words of its own.
type trade struct {
	name    string
	tells   map[string]float64  // words that reveal it, and how much
	lists   map[string][]string // words for its sentences
	names   map[string][]string // what things of a kind are called
	columns map[string][]string // what columns hold, by how their names end
	numbers map[string]span
	texts   map[string][]string // sentences, by the column or by what kind of text it is
	records []*record
}

// A span is a range that a number is drawn from.
type span struct {
	low, high float64
	places    int // after the point
}

// A record lists real things of a kind with what is known of each: a row is
// about one of them, and its columns say so.
type record struct {
	of     *trade
	kinds  []string
	fields []recordField
	rows   [][]string
}

// A recordField is one property that all things of a record have.
type recordField struct {
	phrases []string // how columns that hold it end
	numeric bool
}

// allTrades reads the folder once.
var allTrades = sync.OnceValue(func() *almanac {
	files, err := fs.Glob(tradeFiles, "trades/*.txt")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	out := &almanac{byName: map[string]*trade{}, tells: map[string][]tell{}}
	for _, file := range files {
		text, err := tradeFiles.ReadFile(file)
		if err != nil {
			panic(err) // it is part of this binary
		}
		t, err := readTrade(strings.TrimSuffix(path.Base(file), ".txt"), string(text))
		if err != nil {
			panic(err) // a test reads every file
		}
		out.add(t)
	}
	return out
})

// An almanac is all trades together.
type almanac struct {
	list   []*trade
	byName map[string]*trade
	tells  map[string][]tell // by phrase
}

// A tell is how much a phrase speaks for a trade.
type tell struct {
	trade  *trade
	weight float64
}

func (a *almanac) add(t *trade) {
	a.list = append(a.list, t)
	a.byName[t.name] = t
	for phrase, weight := range t.tells {
		a.tells[phrase] = append(a.tells[phrase], tell{t, weight})
		slices.SortFunc(a.tells[phrase], func(x, y tell) int { return strings.Compare(x.trade.name, y.trade.name) })
	}
}
