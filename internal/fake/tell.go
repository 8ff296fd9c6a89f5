package fake

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// How much has to speak for a trade before a table, or a world, is taken to be
// of it, and how much one word says by itself.
const (
	enoughOfTable = 4
	enoughOfWorld = 6
	enoughAlone   = 3
	mostTrades    = 2
)

// A Told is what is said of a table by a tool that is about it; of no table
// where it is about none.
type Told struct {
	Table string
	Name  string // the tool's, with its service's
	Doc   string
}

// TradesOf tells of what trades each table is, from its own words and what is
// said of it, and after them those of the world.
func TradesOf(s scaler.Schema, said []Told) map[string][]string {
	world := evidence{}
	of := map[string]evidence{}
	for _, t := range s.Tables {
		of[t.Name] = evidence{}
		for _, in := range []evidence{of[t.Name], world} {
			in.table(t)
		}
	}
	for _, x := range said {
		for _, in := range []evidence{of[x.Table], world} {
			if in != nil {
				in.read(x.Name, 1)
				in.read(x.Doc, 0.5)
			}
		}
	}
	all := world.verdict(enoughOfWorld)
	out := map[string][]string{}
	for _, t := range s.Tables {
		list := of[t.Name].verdict(enoughOfTable)
		for _, name := range all {
			if !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
		if len(list) > 0 {
			out[t.Name] = list
		}
	}
	return out
}

// evidence is what was found: by phrase, how strongly it was said.
type evidence map[string]float64

func (e evidence) table(t scaler.Table) {
	e.read(t.Name, 1)
	e.read(t.Entity, 1)
	for _, c := range t.Columns {
		e.read(c.Name, 1)
		e.read(c.Doc, 0.5)
		for _, at := range properties.FindAllSubmatch(c.Schema[:min(len(c.Schema), longSchema)], mostProperties) {
			e.read(string(at[1]), 1)
		}
	}
}

// properties finds the names of what an object of a column holds, in a schema
// of at most this length.
var properties = regexp.MustCompile(`"([A-Za-z_]{3,30})" ?: ?\{`)

const longSchema, mostProperties = 8000, 60

// read finds the phrases of one and of two words that speak for a trade.
func (e evidence) read(text string, share float64) {
	if text == "" {
		return
	}
	tells := allTrades().tells
	eachPhrase(text, func(phrase string) {
		if tells[phrase] != nil {
			e[phrase] = max(e[phrase], share)
		}
	})
}

// eachPhrase goes over the words of a text and over every two of them.
func eachPhrase(text string, f func(string)) {
	last := ""
	for _, w := range words.Split(text) {
		w = words.Singular(w)
		f(w)
		f(last + " " + w)
		last = w
	}
}

// verdict returns the trades for which enough speaks, the clearest first.
func (e evidence) verdict(enough float64) []string {
	sums, clear := map[string]float64{}, map[string]float64{}
	for _, phrase := range sorted(e) {
		for _, t := range allTrades().tells[phrase] {
			sums[t.trade.name] += float64(e[phrase] * t.weight)
			if t.weight >= enoughAlone {
				clear[t.trade.name] += e[phrase]
			}
		}
	}
	var list []string
	for _, name := range sorted(sums) {
		// Words that many trades use add up in any long text: one that is of
		// this trade only has to be among them.
		if sums[name] >= enough && clear[name] >= 1 {
			list = append(list, name)
		}
	}
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(sums[b], sums[a]) })
	for i, name := range list {
		if i == mostTrades || 2*sums[name] < sums[list[0]] {
			return list[:i]
		}
	}
	return list
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// revealed lists the trades that one of the words is enough for.
func revealed(list []string) []*trade {
	var out []*trade
	for i, w := range list {
		w = words.Singular(w)
		phrases := []string{w}
		if i > 0 {
			phrases = append(phrases, list[i-1]+" "+w)
		}
		for _, p := range phrases {
			for _, t := range allTrades().tells[p] {
				if t.weight >= enoughAlone && !slices.Contains(out, t.trade) {
					out = append(out, t.trade)
				}
			}
		}
	}
	return out
}

// tradesNamed returns the trades of these names.
func tradesNamed(names []string) []*trade {
	var out []*trade
	for _, name := range names {
		if t := allTrades().byName[strings.ToLower(name)]; t != nil {
			out = append(out, t)
		}
	}
	return out
}
