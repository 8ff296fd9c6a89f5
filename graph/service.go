package graph

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/vocab"
)

// A service is the tools of one API, indexed for finding producers.
type service struct {
	ops    []*operation // by id
	worth  map[string]float64
	rare   float64            // worth of a word that no name has
	byWord map[string][]int32 // a word of name, path or output -> who has it
	byPath map[string][]int32 // fixed segments joined -> who lives there
	nouns  [][]string         // name and path words of each operation, each once
	names  [][]string         // the same, and each two neighbours of its name as one: lifecycle, life cycle
	lookup []int32            // operations made to offer values
	said   map[string]string  // evidence, each text once: edges repeat one another
}

func newService(ops []*operation) *service {
	s := &service{ops: ops, worth: map[string]float64{}, rare: rarity(len(ops), 1), byWord: map[string][]int32{}, byPath: map[string][]int32{}, said: map[string]string{}}
	for i, op := range ops {
		nouns := op.entity()
		s.nouns = append(s.nouns, nouns)
		for _, w := range nouns {
			s.worth[w]++
		}
		s.names = append(s.names, withPairs(nouns, op.nouns))
		if op.lookup {
			s.lookup = append(s.lookup, int32(i))
		}
		for _, w := range op.vocabulary(s.names[i]) {
			s.byWord[w] = append(s.byWord[w], int32(i))
		}
		if len(op.segments) > 0 {
			at := strings.Join(op.segments, "/")
			s.byPath[at] = append(s.byPath[at], int32(i))
		}
	}
	for w, df := range s.worth {
		s.worth[w] = rarity(len(ops), int(df))
	}
	return s
}

// once returns the text as it was said first.
func (s *service) once(text string) string {
	if known, ok := s.said[text]; ok {
		return known
	}
	s.said[text] = text
	return text
}

// withPairs returns sorted words with those that neighbours in order make together.
func withPairs(words, order []string) []string {
	out := slices.Clone(words)
	for i := 1; i < len(order); i++ {
		out = append(out, order[i-1]+order[i])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// vocabulary returns the words by which an operation is found as a producer.
func (op *operation) vocabulary(nouns []string) []string {
	out := slices.Concat(nouns, op.about)
	for i := range op.outputs {
		if !op.outputs[i].hub {
			out = append(out, op.outputs[i].about...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// weight is how much a word tells inside this service.
func (s *service) weight(w string) float64 {
	if x, ok := s.worth[w]; ok {
		return x
	}
	return s.rare
}

// Limits that keep the search for producers near linear.
const (
	maxCandidates = 48 // operations looked at closely per parameter
	maxLookups    = 16
	maxPosting    = 400 // a word that more operations have finds nobody on its own
)

// near returns the operations that may produce what p of b takes, best guesses
// first: those whose name, path, outputs or description share its words, and
// those that live where its path leads.
func (s *service) near(b int32, p *field) []int32 {
	score := map[int32]float64{}
	find := func(words []string, share float64) {
		for _, w := range words {
			owners := s.byWord[w]
			if len(owners) > maxPosting {
				continue
			}
			for _, a := range owners {
				gain := share
				if _, named := slices.BinarySearch(s.names[a], w); !named {
					gain /= 2
				}
				score[a] += float64(gain * s.weight(w))
			}
		}
	}
	find(p.about, 1)
	find(pairs(p.words), 1)
	find(p.words, 0.5)
	find(p.parent, 0.4)
	find(p.text, 0.25)
	if p.typ != "boolean" {
		for _, a := range s.lookup[:min(len(s.lookup), maxLookups)] {
			score[a] += 1
		}
	}
	for _, a := range s.byPath[collection(s.ops[b], p)] {
		score[a] += 5
	}
	delete(score, b)
	out := make([]int32, 0, len(score))
	for a := range score {
		if s.ops[a].act != vocab.Remove && len(s.ops[a].outputs) > 0 {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(x, y int32) int { return cmp.Or(cmp.Compare(score[y], score[x]), cmp.Compare(x, y)) })
	return out[:min(len(out), maxCandidates)]
}

// pairs returns each two neighbours as one word.
func pairs(words []string) []string {
	var out []string
	for i := 1; i < len(words); i++ {
		out = append(out, words[i-1]+words[i])
	}
	return out
}

// collection returns the path before the path parameter p: that of its siblings.
func collection(b *operation, p *field) string {
	i := slices.Index(b.slots, p.path)
	if i < 0 {
		return "-"
	}
	n := 0
	for k, seg := range b.segments {
		if seg == "{}" {
			if n == i {
				return strings.Join(b.segments[:k], "/")
			}
			n++
		}
	}
	return "-"
}

// share returns the weight of the words of q that are among words, as a part of q's.
func (s *service) share(q, words []string) float64 {
	has, all := 0.0, 0.0
	for _, w := range q {
		x := s.weight(w)
		all += x
		if slices.Contains(words, w) {
			has += x
		}
	}
	if all == 0 {
		return 0
	}
	return has / all
}

// shareOfPairs is share, where words that stand together may be written as one.
func (s *service) shareOfPairs(q, words []string) float64 {
	if slices.ContainsFunc(pairs(q), func(w string) bool { return slices.Contains(words, w) }) {
		return 1
	}
	return s.share(q, words)
}
