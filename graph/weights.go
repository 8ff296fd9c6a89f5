package graph

// Code fitted to the gold sets; fit again with: go test ./graph -run TestFit -fit

// rankWeights say what each aspect of a candidate is worth.
var rankWeights = [aspects]float64{
	coversName:    1.234,
	focusName:     -0.081,
	focusPath:     -0.632,
	headName:      0.658,
	headPath:      1.277,
	textName:      0.444,
	coversText:    0.751,
	sameField:     -0.028,
	keyField:      -0.081,
	likeField:     1.356,
	sameKind:      0.741,
	sameType:      0.692,
	isList:        1.742,
	isGet:         -0.513,
	isSearch:      0.175,
	isCreate:      0.343,
	isUpdate:      -2.658,
	isOther:       -1.298,
	isMany:        0.950,
	isSmall:       1.189,
	needsIt:       1.438,
	takesIt:       -2.114,
	needsMore:     0.741,
	needsShared:   1.769,
	needsNothing:  0.714,
	isCollection:  0.973,
	sameResource:  1.278,
	ownResource:   0.050,
	otherResource: 1.870,
	sameVersion:   1.233,
	isDescribed:   1.810,
	isDeprecated:  0.000,
	bestName:      0.591,
	bestField:     0.890,
	onlyList:      -0.120,
}

// paramWeights say how likely a parameter is to be produced by a tool.
var paramWeights = [traitCount]float64{
	always:     -1.796,
	isRequired: 1.092,
	isKey:      0.142,
	isID:       0.477,
	inPath:     -0.673,
	isString:   -0.995,
	isNumber:   -1.468,
	isFlag:     -2.511,
	isNested:   -0.667,
	hasEnum:    0.000,
	isProse:    -2.160,
	isDate:     -1.688,
	aboutOwn:   0.094,
}

// Of a candidate's chance: what its rank is worth, and what it costs to be
// behind the best candidate.
const (
	chanceRank   = 0.036
	chanceBehind = -0.978
)
