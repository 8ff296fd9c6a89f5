package graph

// Code fitted to the gold sets; fit again with: go test ./graph -run TestFit -fit

// rankWeights say what each aspect of a candidate is worth.
var rankWeights = [aspects]float64{
	coversName:    1.771,
	focusName:     0.049,
	focusPath:     0.663,
	headName:      0.830,
	headPath:      -0.068,
	textName:      -0.101,
	coversText:    0.928,
	sameField:     -0.393,
	keyField:      -0.304,
	likeField:     1.227,
	sameKind:      0.817,
	sameType:      0.341,
	isList:        1.746,
	isGet:         0.151,
	isSearch:      0.883,
	isCreate:      -1.673,
	isUpdate:      -2.585,
	isOther:       -0.832,
	isMany:        0.953,
	isSmall:       1.219,
	needsIt:       -0.221,
	takesIt:       -2.600,
	needsMore:     -0.253,
	needsShared:   0.388,
	needsNothing:  0.531,
	isCollection:  1.460,
	sameResource:  -0.792,
	ownResource:   -0.629,
	otherResource: -0.397,
	sameVersion:   1.445,
	isDescribed:   0.911,
	isDeprecated:  -1.840,
	bestName:      0.941,
	bestField:     0.687,
	onlyList:      0.168,
	exactName:     0.433,
	firstText:     0.938,
	ownName:       1.611,
	lentName:      -3.174,
	isLookup:      1.577,
	blindLookup:   1.766,
	alien:         -1.381,
	looseResource: 4.436,
	looseNeed:     2.784,
	looseCovers:   -1.276,
	looseCreate:   4.456,
	textOnly:      0.695,
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
	chanceBase   = -2.030
	chanceRank   = 0.231
	chanceBehind = -0.967
)
