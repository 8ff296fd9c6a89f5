package graph

// Code fitted to the gold sets; fit again with: go test ./graph -run TestFit -fit

// rankWeights say what each aspect of a candidate is worth.
var rankWeights = [aspects]float64{
	coversName:    1.961,
	focusName:     0.274,
	focusPath:     0.737,
	headName:      0.797,
	headPath:      -0.121,
	textName:      -0.141,
	coversText:    0.823,
	sameField:     -0.244,
	keyField:      -0.501,
	likeField:     1.055,
	sameKind:      1.001,
	sameType:      0.531,
	isList:        1.712,
	isGet:         0.082,
	isSearch:      0.699,
	isCreate:      -1.653,
	isUpdate:      -2.563,
	isOther:       -0.740,
	isMany:        0.997,
	isSmall:       1.258,
	needsIt:       -0.554,
	takesIt:       -2.511,
	needsMore:     -0.267,
	needsShared:   0.307,
	needsNothing:  0.485,
	isCollection:  1.490,
	sameResource:  -0.672,
	ownResource:   -0.774,
	otherResource: 0.070,
	sameVersion:   1.441,
	isDescribed:   1.449,
	isDeprecated:  -1.834,
	bestName:      1.150,
	bestField:     0.644,
	onlyList:      0.027,
	exactName:     0.312,
	firstText:     0.936,
	ownName:       1.326,
	lentName:      -3.218,
	isLookup:      1.247,
	blindLookup:   2.051,
	alien:         -0.642,
	looseResource: 5.413,
	looseNeed:     2.576,
	looseCovers:   -0.729,
	looseCreate:   4.441,
	textOnly:      0.549,
}

// paramWeights say how likely a parameter is to be produced by a tool.
var paramWeights = [traitCount]float64{
	always:     -3.079,
	isRequired: 1.109,
	isKey:      -0.127,
	isID:       0.654,
	inPath:     -0.371,
	isString:   1.366,
	isNumber:   0.960,
	isFlag:     -3.370,
	isNested:   -0.138,
	hasEnum:    -2.938,
	isProse:    -2.522,
	isDate:     -1.267,
	isHub:      -1.418,
	isType:     0.635,
	isLent:     0.242,
	aboutOwn:   -0.168,
}

// Of a candidate's chance: what its rank is worth, and what it costs to be
// behind the best candidate.
const (
	chanceBase   = -2.382
	chanceRank   = 0.246
	chanceBehind = -1.095
)
