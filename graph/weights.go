package graph

// Code fitted to the gold sets; fit again with: go test ./graph -run TestFit -fit

// rankWeights say what each aspect of a candidate is worth.
var rankWeights = [aspects]float64{
	coversName:    1.776,
	focusName:     0.150,
	focusPath:     0.639,
	headName:      0.790,
	headPath:      -0.028,
	textName:      -0.073,
	coversText:    0.825,
	sameField:     -0.419,
	keyField:      -0.310,
	likeField:     1.286,
	sameKind:      0.939,
	sameType:      0.358,
	isList:        1.846,
	isGet:         0.366,
	isSearch:      1.002,
	isCreate:      -1.619,
	isUpdate:      -3.084,
	isOther:       -0.742,
	isMany:        0.922,
	isSmall:       1.204,
	needsIt:       -0.477,
	takesIt:       -2.474,
	needsMore:     -0.285,
	needsShared:   0.093,
	needsNothing:  0.445,
	isCollection:  1.486,
	sameResource:  -0.792,
	ownResource:   -0.655,
	otherResource: -0.315,
	sameVersion:   1.443,
	isDescribed:   1.847,
	isDeprecated:  -1.822,
	bestName:      0.989,
	bestField:     0.751,
	onlyList:      0.043,
	exactName:     0.397,
	firstText:     0.925,
	ownName:       1.570,
	lentName:      -3.021,
	isLookup:      1.580,
	blindLookup:   1.841,
	alien:         -1.337,
	looseResource: 4.515,
	looseNeed:     2.479,
	looseCovers:   -1.414,
	looseCreate:   4.409,
	textOnly:      0.664,
}

// paramWeights say how likely a parameter is to be produced by a tool.
var paramWeights = [traitCount]float64{
	always:     -3.109,
	isRequired: 1.169,
	isKey:      -0.157,
	isID:       0.718,
	inPath:     -0.487,
	isString:   1.392,
	isNumber:   0.966,
	isFlag:     -3.361,
	isNested:   -0.134,
	hasEnum:    -3.000,
	isProse:    -2.473,
	isDate:     -1.194,
	isHub:      -1.428,
	isType:     0.613,
	isLent:     0.170,
	aboutOwn:   -0.090,
}

// Of a candidate's chance: what its rank is worth, and what it costs to be
// behind the best candidate.
const (
	chanceBase   = -2.164
	chanceRank   = 0.225
	chanceBehind = -0.986
)
