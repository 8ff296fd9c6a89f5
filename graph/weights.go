package graph

// Code fitted to the gold sets; fit again with: go test ./graph -run TestFit -fit

// rankWeights say what each aspect of a candidate is worth.
var rankWeights = [aspects]float64{
	coversName:    1.818,
	focusName:     0.054,
	focusPath:     0.595,
	headName:      0.811,
	headPath:      -0.068,
	textName:      -0.296,
	coversText:    0.974,
	sameField:     -0.203,
	keyField:      -0.149,
	likeField:     0.780,
	sameKind:      0.560,
	sameType:      1.386,
	isList:        1.740,
	isGet:         0.149,
	isSearch:      0.943,
	isCreate:      -1.714,
	isUpdate:      -2.554,
	isOther:       -0.882,
	isMany:        0.945,
	isSmall:       1.220,
	needsIt:       -0.140,
	takesIt:       -2.484,
	needsMore:     -0.119,
	needsShared:   0.520,
	needsNothing:  0.616,
	isCollection:  1.512,
	sameResource:  -0.799,
	ownResource:   -0.730,
	otherResource: -0.228,
	sameVersion:   1.416,
	isDescribed:   1.319,
	isDeprecated:  -1.769,
	bestName:      0.969,
	bestField:     0.443,
	onlyList:      0.136,
	exactName:     0.529,
	firstText:     0.996,
	ownName:       1.608,
	lentName:      -3.186,
	isLookup:      1.528,
	blindLookup:   1.575,
	alien:         -1.592,
	looseResource: 4.429,
	looseNeed:     2.608,
	looseCovers:   -1.347,
	looseCreate:   4.557,
	textOnly:      0.716,
}

// paramWeights say how likely a parameter is to be produced by a tool.
var paramWeights = [traitCount]float64{
	always:     -3.108,
	isRequired: 1.170,
	isKey:      -0.156,
	isID:       0.719,
	inPath:     -0.486,
	isString:   1.392,
	isNumber:   0.966,
	isFlag:     -3.361,
	isNested:   -0.134,
	hasEnum:    -3.002,
	isProse:    -2.472,
	isDate:     -1.194,
	isHub:      -1.428,
	isType:     0.613,
	isLent:     0.175,
	aboutOwn:   -0.096,
}

// Of a candidate's chance: what its rank is worth, and what it costs to be
// behind the best candidate.
const (
	chanceBase   = -1.882
	chanceRank   = 0.200
	chanceBehind = -1.012
)
