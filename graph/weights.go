package graph

// Code fitted to the gold sets; fit again with: go test ./graph -run TestFit -fit

// rankWeights say what each aspect of a candidate is worth.
var rankWeights = [aspects]float64{
	coversName:    1.746,
	focusName:     -0.004,
	focusPath:     0.618,
	headName:      0.798,
	headPath:      -0.058,
	textName:      -0.140,
	coversText:    0.831,
	sameField:     -0.330,
	keyField:      -0.154,
	likeField:     1.200,
	sameKind:      0.726,
	sameType:      0.406,
	isList:        1.673,
	isGet:         -0.074,
	isSearch:      0.720,
	isCreate:      -1.592,
	isUpdate:      -2.134,
	isOther:       -0.777,
	isMany:        1.052,
	isSmall:       1.253,
	needsIt:       -0.305,
	takesIt:       -2.373,
	needsMore:     -0.157,
	needsShared:   0.273,
	needsNothing:  0.486,
	isCollection:  1.447,
	sameResource:  -0.952,
	ownResource:   -0.708,
	otherResource: -0.478,
	sameVersion:   1.420,
	isDescribed:   0.492,
	isDeprecated:  -1.754,
	bestName:      0.896,
	bestField:     0.686,
	onlyList:      0.193,
	exactName:     0.629,
	firstText:     0.860,
	ownName:       1.785,
	lentName:      -2.813,
	isLookup:      1.458,
	blindLookup:   1.867,
	alien:         -0.571,
	looseResource: 4.326,
	looseNeed:     2.599,
	looseCovers:   -1.448,
	looseCreate:   4.630,
	textOnly:      0.920,
}

// paramWeights say how likely a parameter is to be produced by a tool.
var paramWeights = [traitCount]float64{
	always:     -4.222,
	isRequired: 0.918,
	isKey:      -1.285,
	isID:       0.711,
	inPath:     -0.225,
	isString:   1.319,
	isNumber:   0.977,
	isFlag:     -3.126,
	isNested:   0.474,
	hasEnum:    -0.080,
	isProse:    -2.536,
	isDate:     -0.831,
	isHub:      -1.071,
	isType:     0.201,
	isLent:     0.569,
	aboutOwn:   -0.820,
	topCovers:  0.938,
	topLike:    0.191,
	topSame:    0.027,
	topKind:    0.664,
	topExact:   0.449,
	topPlace:   -1.067,
	topLookup:  -0.347,
	topBlind:   0.217,
	topMany:    -0.206,
	topGiven:   -0.227,
	topNested:  -1.000,
	topRank:    1.373,
}

// Of a candidate's chance: what its rank is worth, and what it costs to be
// behind the best candidate.
const (
	chanceBase   = -1.868
	chanceRank   = 0.228
	chanceBehind = -1.002
)

// labelled is the part of the parameters with a producer for which the gold sets
// name one: the mean of what paramWeights give to those that are named (Elkan and
// Noto, Learning classifiers from only positive and unlabeled data, 2008).
const labelled = 0.422
