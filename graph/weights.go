package graph

// Code fitted to the gold sets; fit again with: go test ./graph -run TestFit -fit

// rankWeights say what each aspect of a candidate is worth.
var rankWeights = [aspects]float64{
	coversName:    1.895,
	focusName:     -0.293,
	focusPath:     0.722,
	headName:      0.888,
	headPath:      -0.088,
	textName:      -0.167,
	coversText:    1.049,
	sameField:     -0.424,
	keyField:      -0.091,
	likeField:     1.185,
	sameKind:      0.619,
	sameType:      0.968,
	isList:        1.641,
	isGet:         -0.007,
	isSearch:      0.247,
	isCreate:      -1.467,
	isUpdate:      -2.029,
	isOther:       -0.761,
	isMany:        1.316,
	isSmall:       1.119,
	needsIt:       -0.166,
	takesIt:       -2.551,
	needsMore:     -0.011,
	needsShared:   0.042,
	needsNothing:  0.462,
	isCollection:  1.497,
	sameResource:  -1.001,
	ownResource:   -0.723,
	otherResource: -0.458,
	sameVersion:   1.435,
	isDescribed:   0.145,
	isDeprecated:  -1.751,
	bestName:      0.814,
	bestField:     0.557,
	onlyList:      0.360,
	exactName:     0.571,
	firstText:     0.894,
	ownName:       2.039,
	lentName:      -2.220,
	isLookup:      1.470,
	blindLookup:   1.978,
	alien:         -1.100,
	looseResource: 4.271,
	looseNeed:     2.384,
	looseCovers:   -1.876,
	looseCreate:   4.960,
	textOnly:      0.963,
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
	chanceBase   = -1.664
	chanceRank   = 0.207
	chanceBehind = -1.054
)
