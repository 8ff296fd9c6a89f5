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
	chanceBase   = -1.865
	chanceRank   = 0.231
	chanceBehind = -1.000
)
