package graph

// Code fitted to the gold sets; fit again with: go test ./graph -run TestFit -fit

// rankWeights say what each aspect of a candidate is worth.
var rankWeights = [aspects]float64{
	coversName:    1.755,
	focusName:     0.087,
	focusPath:     0.628,
	headName:      0.841,
	headPath:      -0.045,
	textName:      -0.205,
	coversText:    0.935,
	sameField:     -0.385,
	keyField:      -0.312,
	likeField:     1.223,
	sameKind:      0.820,
	sameType:      0.338,
	isList:        1.744,
	isGet:         0.145,
	isSearch:      0.880,
	isCreate:      -1.675,
	isUpdate:      -2.582,
	isOther:       -0.838,
	isMany:        0.961,
	isSmall:       1.210,
	needsIt:       -0.227,
	takesIt:       -2.588,
	needsMore:     -0.240,
	needsShared:   0.386,
	needsNothing:  0.539,
	isCollection:  1.494,
	sameResource:  -0.854,
	ownResource:   -0.702,
	otherResource: -0.375,
	sameVersion:   1.446,
	isDescribed:   0.912,
	isDeprecated:  -1.799,
	bestName:      0.952,
	bestField:     0.686,
	onlyList:      0.177,
	exactName:     0.455,
	firstText:     0.959,
	ownName:       1.624,
	lentName:      -3.131,
	isLookup:      1.600,
	blindLookup:   1.745,
	alien:         -1.343,
	looseResource: 4.478,
	looseNeed:     2.783,
	looseCovers:   -1.249,
	looseCreate:   4.470,
	textOnly:      0.787,
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
	chanceBase   = -1.997
	chanceRank   = 0.229
	chanceBehind = -0.977
)
