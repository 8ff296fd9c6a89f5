package graph

// rankWeights say what each aspect of a candidate is worth.
var rankWeights = [aspects]float64{
	coversName: 2, focusName: 2, headName: 1, focusPath: 1, sameField: 1, likeField: 1, isList: 1, isMany: 1, needsIt: -2,
}

// paramWeights say how likely a parameter is to be produced by a tool.
var paramWeights = [traitCount]float64{always: -6}

// Of a candidate's chance: what its rank is worth, and what it costs to be
// behind the best candidate.
const (
	chanceRank   = 1.0
	chanceBehind = -1.0
)
