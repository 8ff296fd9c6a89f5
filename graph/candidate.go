package graph

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// A candidate is an operation that may produce a parameter.
type candidate struct {
	from   int32
	field  int // of its outputs; -1 when none fits
	x      [aspects]float64
	rank   float64 // how well it fits, against the parameter's other candidates
	chance float64 // how likely the edge is
}

// candidates returns the likely producers of p, likeliest first.
func (s *service) candidates(b int32, p *field) []candidate {
	near := s.near(b, p)
	out := make([]candidate, 0, len(near))
	for _, a := range near {
		if c := s.examine(a, b, p); s.plausible(&c) {
			out = append(out, c)
		}
	}
	compare(out)
	if len(out) == 0 {
		return nil
	}
	best := 0
	for i := range out {
		out[i].rank = dot(rankWeights[:], out[i].x[:])
		if out[i].rank > out[best].rank {
			best = i
		}
	}
	top := out[best].rank
	traits := with(s.traits(b, p), &out[best])
	wanted := min(1, chance(dot(paramWeights[:], traits[:]))/labelled)
	for i := range out {
		c := &out[i]
		alone := chanceBase + float64(chanceRank*c.rank)
		c.chance = wanted * chance(alone+float64(chanceBehind*(top-c.rank)))
		if s.shows(c, p) {
			c.chance = max(c.chance, wanted*chance(alone)*showsPart)
		}
	}
	slices.SortStableFunc(out, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.chance, x.chance), cmp.Compare(y.rank, x.rank))
	})
	return out
}

// plausible leaves out candidates without a field that could be meant, those
// that only give back what they were given, as far as can be told, and those
// with nothing of the parameter's in name, place, description or result, unless
// they exist to offer values.
func (s *service) plausible(c *candidate) bool {
	x := &c.x
	if c.field < 0 || x[needsIt] > 0 && !s.ops[c.from].described {
		return false
	}
	return x[coversName] > 0 || x[likeField] > 0 || x[sameField] > 0 || x[isLookup] > 0 || x[isSmall] > 0 ||
		x[isCollection] > 0 || x[textName] > 0 || x[coversText] > 0
}

// showsPart is the part of its chance that a producer keeps behind better ones
// where its result is known to hold what the parameter takes.
const showsPart = 0.5

// shows says whether the candidate reads rows that hold p, without being given
// p: whoever is the likeliest producer, this one does as well.
func (s *service) shows(c *candidate, p *field) bool {
	from := s.ops[c.from]
	if c.field < 0 || !from.described || !from.act.Reads() || c.x[takesIt] > 0 || p.hub || p.typ == "boolean" {
		return false
	}
	o := &from.outputs[c.field]
	if o.joined == p.joined && !p.lent && !vague(p) {
		return true
	}
	return p.key && c.x[likeField] > 0.99 && (c.x[sameKind] > 0 || strings.HasSuffix(o.path, "[]"))
}

// vague says whether a field's own words are such as many entities have.
func vague(p *field) bool {
	return len(p.about) == 1 && (p.about[0] == "type" || p.about[0] == "status")
}

// chance turns log odds into a probability.
func chance(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func dot(w, x []float64) float64 {
	sum := 0.0
	for i := range w {
		sum += float64(w[i] * x[i])
	}
	return sum
}

// compare fills in the aspects that are relative to the other candidates.
func compare(cs []candidate) {
	name, field := 0.0, 0.0
	for i := range cs {
		name = max(name, cs[i].x[coversName]+cs[i].x[focusName])
		field = max(field, cs[i].x[likeField]+cs[i].x[sameField])
	}
	for i := range cs {
		x := &cs[i].x
		x[bestName] = (x[coversName] + x[focusName] - name) / 2
		x[bestField] = (x[likeField] + x[sameField] - field) / 2
	}
}
