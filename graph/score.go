package graph

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// Scores compare predicted dependencies with gold ones: by pairs of tools, by
// parameters, and by the rank of the first right producer among each
// parameter's. They are those of eval_graph.py, which comes with the gold sets.
type Scores struct {
	Set           string  `json:"set"`
	Tools         int     `json:"tools"`
	GoldPairs     int     `json:"gold_pairs"`
	PredPairs     int     `json:"pred_pairs"`
	PairRecall    float64 `json:"pair_recall"`
	PairPrecision float64 `json:"pair_precision"`
	PairF1        float64 `json:"pair_f1"`
	ParamEdges    int     `json:"param_edges"`
	ParamRecall   float64 `json:"param_recall"`
	Hit1          float64 `json:"hit1"`
	Hit5          float64 `json:"hit5"`
	MRR           float64 `json:"mrr"`
	EdgesPerTool  float64 `json:"edges_per_tool"`
}

// Score builds the graph of a gold set's tools and scores its dependencies.
func (b Builder) Score(ctx context.Context, dir string) (Scores, []Prediction, error) {
	gold, err := ReadGold(dir)
	if err != nil {
		return Scores{}, nil, err
	}
	built, _, err := b.Build(ctx, gold.Tools)
	if err != nil {
		return Scores{}, nil, err
	}
	predicted := gold.Predictions(built.Deps)
	return gold.Score(predicted), predicted, nil
}

type toolPair struct{ doc, from, to string }

type paramEdge struct {
	toolPair
	param string
}

type target struct{ doc, to, param string }

// Score compares predictions with the set's edges.
func (g Gold) Score(predicted []Prediction) Scores {
	s := Scores{Set: g.Name, Tools: g.Lines}
	goldPairs, goldParams := distinctEdges(g.Edges)
	predPairs, predParams := distinctEdges(predicted)
	s.GoldPairs, s.PredPairs, s.ParamEdges = len(goldPairs), len(predPairs), len(goldParams)
	hits := overlap(goldPairs, predPairs)
	recall, precision := ratio(hits, len(goldPairs)), ratio(hits, len(predPairs))
	s.PairRecall, s.PairPrecision = round(recall), round(precision)
	s.PairF1 = round(2 * recall * precision / max(1e-9, recall+precision))
	s.ParamRecall = round(ratio(overlap(goldParams, predParams), len(goldParams)))
	s.Hit1, s.Hit5, s.MRR = g.ranks(predicted)
	s.EdgesPerTool = pyjson.Round(ratio(len(predPairs), g.Lines), 2)
	return s
}

// distinctEdges returns the distinct pairs and parameter edges.
func distinctEdges(edges []Prediction) (map[toolPair]bool, map[paramEdge]bool) {
	pairs, params := map[toolPair]bool{}, map[paramEdge]bool{}
	for _, e := range edges {
		if e.From == e.To {
			continue
		}
		p := toolPair{e.Doc, e.From, e.To}
		pairs[p] = true
		if e.Param != "" {
			params[paramEdge{p, plain(e.Param)}] = true
		}
	}
	return pairs, params
}

// ranks returns the share of gold parameters whose first right producer is
// predicted first, among the first five, and the mean of 1/rank.
func (g Gold) ranks(predicted []Prediction) (hit1, hit5, mrr float64) {
	sources := map[target]map[string]bool{}
	for _, e := range g.Edges {
		if e.Param == "" {
			continue
		}
		t := target{e.Doc, e.To, plain(e.Param)}
		if sources[t] == nil {
			sources[t] = map[string]bool{}
		}
		sources[t][e.From] = true
	}
	best := map[target]map[string]float64{}
	for _, e := range predicted {
		t := target{e.Doc, e.To, plain(e.Param)}
		if best[t] == nil {
			best[t] = map[string]float64{}
		}
		best[t][e.From] = max(best[t][e.From], e.Score)
	}
	ranks := map[int]int{} // rank of the first right producer -> how many parameters
	for t, right := range sources {
		ranks[firstRight(best[t], right)]++
	}
	for rank := range maxKey(ranks) {
		n := float64(ranks[rank+1])
		if rank < 1 {
			hit1 += n
		}
		if rank < 5 {
			hit5 += n
		}
		mrr += float64(n / float64(rank+1))
	}
	n := float64(max(1, len(sources)))
	return round(hit1 / n), round(hit5 / n), round(mrr / n)
}

func maxKey(m map[int]int) int {
	top := 0
	for k := range m {
		top = max(top, k)
	}
	return top
}

// firstRight returns the rank of the first right producer, from 1, or 0.
func firstRight(scores map[string]float64, right map[string]bool) int {
	type scored struct {
		from  string
		score float64
	}
	var order []scored
	for from, score := range scores {
		order = append(order, scored{from, score})
	}
	slices.SortFunc(order, func(x, y scored) int { return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.from, y.from)) })
	return 1 + slices.IndexFunc(order, func(s scored) bool { return right[s.from] })
}

var (
	brackets = regexp.MustCompile(`[\[\]{}()*]|\(key\)`)
	tokens   = regexp.MustCompile(`[A-Z]?[a-z]+|[A-Z]+|\d+`)
)

// plain returns the last name of a path, its words in lower case and singular,
// joined: what the gold sets compare parameters by.
func plain(param string) string {
	s := strings.TrimRight(brackets.ReplaceAllString(param, ""), ".")
	s = s[strings.LastIndexByte(s, '.')+1:]
	s = s[strings.LastIndexByte(s, '/')+1:]
	var b strings.Builder
	for _, t := range splitCapitals(s) {
		t = strings.ToLower(t)
		if len(t) > 3 {
			t = strings.TrimSuffix(t, "s")
		}
		b.WriteString(t)
	}
	return b.String()
}

// splitCapitals gives the last of a run of capitals to the small letters after
// it, as Python's [A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+ does.
func splitCapitals(s string) []string {
	var out []string
	for len(s) > 0 {
		at := tokens.FindStringIndex(s)
		if at == nil {
			break
		}
		from, to := at[0], at[1]
		run := to - from
		if run > 1 && s[to-1] >= 'A' && s[to-1] <= 'Z' && to < len(s) && s[to] >= 'a' && s[to] <= 'z' {
			to--
		}
		out = append(out, s[from:to])
		s = s[to:]
	}
	return out
}

func overlap[K comparable](a, b map[K]bool) int {
	n := 0
	for k := range a {
		if b[k] {
			n++
		}
	}
	return n
}

func ratio(a, b int) float64 { return float64(a) / float64(max(1, b)) }

func round(x float64) float64 { return pyjson.Round(x, 3) }
