package graph

// Code fitted to the gold sets; fit again with: go test ./graph -run TestFit -fit

// rankWeights say what each aspect of a candidate is worth.
var rankWeights = [aspects]float64{
	coversName:    1.456,
	focusName:     0.006,
	focusPath:     0.475,
	headName:      0.774,
	headPath:      0.713,
	textName:      -1.369,
	coversText:    0.872,
	sameField:     -0.108,
	keyField:      0.458,
	likeField:     1.115,
	sameKind:      1.125,
	sameType:      1.198,
	isList:        1.542,
	isGet:         -0.377,
	isSearch:      -0.081,
	isCreate:      0.384,
	isUpdate:      -2.672,
	isOther:       -1.099,
	isMany:        0.703,
	isSmall:       1.373,
	needsIt:       1.389,
	takesIt:       -2.147,
	needsMore:     0.444,
	needsShared:   0.580,
	needsNothing:  0.461,
	isCollection:  0.939,
	sameResource:  0.945,
	ownResource:   0.333,
	otherResource: 0.912,
	sameVersion:   1.349,
	isDescribed:   2.303,
	isDeprecated:  -1.254,
	bestName:      0.753,
	bestField:     0.729,
	onlyList:      0.028,
	exactName:     0.618,
	firstText:     0.627,
	ownName:       1.352,
	lentName:      -2.939,
	isLookup:      1.534,
	blindLookup:   1.926,
	textOnly:      1.945,
}

// paramWeights say how likely a parameter is to be produced by a tool.
var paramWeights = [traitCount]float64{
	always:     -1.610,
	isRequired: 1.059,
	isKey:      0.134,
	isID:       0.439,
	inPath:     -0.471,
	isString:   -0.880,
	isNumber:   -1.464,
	isFlag:     -2.423,
	isNested:   -0.448,
	hasEnum:    0.000,
	isProse:    -2.150,
	isDate:     -1.722,
	isHub:      -1.367,
	isType:     0.006,
	isLent:     -0.200,
	aboutOwn:   0.262,
}

// Of a candidate's chance: what its rank is worth, and what it costs to be
// behind the best candidate.
const (
	chanceRank   = -0.001
	chanceBehind = -1.005
)
