package graph

// Code fitted to the gold sets; fit again with: go test ./graph -run TestFit -fit

// rankWeights say what each aspect of a candidate is worth.
var rankWeights = [aspects]float64{
	coversName:    1.747,
	focusName:     -0.016,
	focusPath:     0.629,
	headName:      0.819,
	headPath:      -0.063,
	textName:      -0.129,
	coversText:    0.862,
	sameField:     -0.434,
	keyField:      -0.251,
	likeField:     1.229,
	sameKind:      0.692,
	sameType:      0.298,
	isList:        1.676,
	isGet:         -0.036,
	isSearch:      0.630,
	isCreate:      -1.558,
	isUpdate:      -2.157,
	isOther:       -0.720,
	isMany:        1.110,
	isSmall:       1.210,
	needsIt:       -0.286,
	takesIt:       -2.405,
	needsMore:     -0.189,
	needsShared:   0.269,
	needsNothing:  0.472,
	isCollection:  1.436,
	sameResource:  -0.952,
	ownResource:   -0.703,
	otherResource: -0.474,
	sameVersion:   1.417,
	isDescribed:   0.490,
	isDeprecated:  -1.758,
	bestName:      0.892,
	bestField:     0.669,
	onlyList:      0.173,
	exactName:     0.663,
	firstText:     0.869,
	ownName:       1.785,
	lentName:      -2.808,
	isLookup:      1.421,
	blindLookup:   1.879,
	alien:         -1.193,
	looseResource: 4.336,
	looseNeed:     2.611,
	looseCovers:   -1.480,
	looseCreate:   4.618,
	textOnly:      0.898,
}

// paramWeights say how likely a parameter is to be produced by a tool.
var paramWeights = [traitCount]float64{
	always:     -4.185,
	isRequired: 0.912,
	isKey:      -1.237,
	isID:       0.751,
	inPath:     -0.245,
	isString:   1.284,
	isNumber:   0.959,
	isFlag:     -3.141,
	isNested:   0.525,
	hasEnum:    -0.078,
	isProse:    -2.561,
	isDate:     -0.822,
	isHub:      -1.081,
	isType:     0.194,
	isLent:     0.590,
	aboutOwn:   -0.824,
	topCovers:  1.004,
	topLike:    0.189,
	topSame:    0.036,
	topKind:    0.565,
	topExact:   0.421,
	topPlace:   -1.051,
	topLookup:  -0.344,
	topBlind:   0.240,
	topMany:    -0.252,
	topGiven:   -0.163,
	topNested:  -1.072,
	topRank:    1.399,
}

// Of a candidate's chance: what its rank is worth, and what it costs to be
// behind the best candidate.
const (
	chanceBase   = -1.865
	chanceRank   = 0.231
	chanceBehind = -1.000
)

// labelled is the part of the parameters with a producer for which the gold sets
// name one: the mean of what paramWeights give to those that are named (Elkan and
// Noto, Learning classifiers from only positive and unlabeled data, 2008).
const labelled = 0.425
