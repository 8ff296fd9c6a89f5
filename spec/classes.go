package spec

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
)

// A ClassScore says how often the words of a source's tools alone tell whether
// they read or write, where the source itself says which.
type ClassScore struct {
	Source    string `json:"source"`
	Says      string `json:"says"` // what the source says it with: "method", "readOnlyHint", ...
	N         int    `json:"n"`
	Right     int    `json:"right"`
	Wrong     int    `json:"wrong"`
	Abstained int    `json:"abstained"`
	Misses    []Miss `json:"misses,omitempty"` // the tools counted wrong
}

// A Miss is a tool whose words say another effect than its specification.
type Miss struct {
	Tool        scaler.ToolID `json:"tool"`
	Says        scaler.Effect `json:"says"`  // the specification
	Words       scaler.Effect `json:"words"` // its words
	Why         string        `json:"why"`   // the evidence among them
	Description string        `json:"description,omitempty"`
}

// Accuracy is the share of the decided tools that are right.
func (s ClassScore) Accuracy() float64 { return float64(s.Right) / float64(max(s.Right+s.Wrong, 1)) }

// ScoreClasses reads the sources and compares what the words of each tool say
// with what its specification says: by GET against PUT, PATCH and DELETE, by a
// hint or a trait. POST and tools of which nothing is said are not counted.
// Scores are in the order of sources and kinds of evidence.
func (r Reader) ScoreClasses(ctx context.Context, sources []string) ([]ClassScore, error) {
	type column struct{ source, says string }
	scores := map[column]*ClassScore{}
	for item, err := range r.Read(ctx, sources) {
		if err != nil {
			return nil, err
		}
		if item.Tool == nil {
			continue
		}
		says, ok := saidBy(item.Tool)
		if !ok {
			continue
		}
		at := column{item.Tool.Origin.Source, says}
		if scores[at] == nil {
			scores[at] = &ClassScore{Source: at.source, Says: says}
		}
		scores[at].count(item.Tool)
	}
	byName := func(a, b column) int { return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.says, b.says)) }
	var out []ClassScore
	for _, at := range slices.SortedFunc(maps.Keys(scores), byName) {
		out = append(out, *scores[at])
	}
	return out, nil
}

// saidBy returns by what a specification says whether its tool writes, if it does.
func saidBy(t *scaler.Tool) (string, bool) {
	if hint, ok := strings.CutPrefix(t.EffectWhy, "hint "); ok && hint != scopeHint {
		return hint, true
	}
	return "method", t.Method != "" && t.Method != "POST" && t.EffectWhy == "http "+t.Method
}

func (s *ClassScore) count(t *scaler.Tool) {
	s.N++
	effect, why := wordsOnly(t).decide()
	switch effect {
	case t.Effect:
		s.Right++
	case scaler.Unknown:
		s.Abstained++
	default:
		s.Wrong++
		s.Misses = append(s.Misses, Miss{Tool: t.ID, Says: t.Effect, Words: effect, Why: why, Description: t.Description})
	}
}

// wordsOnly returns the evidence that is left of a tool without its method, its
// hints, and what the reader made of them: a name such as put_orders_by_id, and
// the description that repeats such a name.
func wordsOnly(t *scaler.Tool) evidence {
	e := evidence{name: cmp.Or(t.Title, t.Name), description: t.Description, params: propertyNames(t.Parameters)}
	if t.Method == "" {
		return e
	}
	method := strings.ToLower(t.Method)
	if e.name == operationName("", method, t.Path, "") {
		e.description = strings.TrimPrefix(e.description, headline(t))
		e.name = strings.TrimPrefix(e.name, method+"_")
	}
	return e
}
