package graph

import (
	"slices"

	"github.com/agentscaler/scaler/internal/vocab"
)

// Traits of a parameter that make it likely that some tool produces it.
const (
	always = iota
	isRequired
	isKey
	isID
	inPath
	isString
	isNumber
	isFlag
	isNested
	hasEnum
	isProse
	isDate
	isHub
	isType
	isLent
	aboutOwn  // it is about the operation's own resource
	topCovers // from here on, of its best candidate
	topLike
	topSame
	topKind
	topExact
	topPlace
	topLookup
	topBlind
	topMany
	topGiven
	topNested // nested, and nothing in common with the candidate
	topRank
	traitCount
)

// prose are names of fields that people write rather than look up.
var prose = vocab.Set(`description body message content comment note title subject text summary reason label
	first_name last_name password url query html data file image address phone amount quantity price color`)

// traits measures parameter p of b, whatever its candidates are.
func (s *service) traits(b int32, p *field) (x [traitCount]float64) {
	last := ""
	if len(p.words) > 0 {
		last = p.words[len(p.words)-1]
	}
	x[always] = 1
	x[isRequired] = truth(p.required)
	x[isKey] = truth(p.key)
	x[isID] = truth(last == "id" || last == "arn" || last == "uuid" || last == "guid" || last == "key" || last == "code")
	x[inPath] = truth(slices.Contains(s.ops[b].slots, p.path))
	x[isString] = truth(p.typ == "string")
	x[isNumber] = truth(p.typ == "number")
	x[isFlag] = truth(p.typ == "boolean")
	x[isNested] = truth(len(p.parent) > 0)
	x[hasEnum] = truth(len(p.enum) > 0)
	x[isProse] = truth(prose[last])
	x[isDate] = truth(last == "date" || last == "time" || last == "at" || last == "from" || last == "to" || last == "since" || last == "until")
	x[isHub] = truth(p.hub)
	x[isType] = truth(last == "type" || last == "status" || last == "category")
	x[isLent] = truth(p.lent)
	x[aboutOwn] = truth(s.share(p.about, s.nouns[b]) > 0.5)
	return x
}

// with adds what the best candidate says about the parameter: a field that some
// list shows by name is looked up more often than one that nothing shows.
func with(x [traitCount]float64, best *candidate) [traitCount]float64 {
	x[topCovers] = best.x[coversName]
	x[topLike] = best.x[likeField]
	x[topSame] = best.x[sameField]
	x[topKind] = best.x[sameKind]
	x[topExact] = best.x[exactName]
	x[topPlace] = best.x[isCollection]
	x[topLookup] = best.x[isLookup]
	x[topBlind] = best.x[blindLookup]
	x[topMany] = best.x[isMany]
	x[topGiven] = best.x[needsIt]
	x[topNested] = truth(x[isNested] > 0 && best.x[coversName] == 0 && best.x[likeField] == 0)
	x[topRank] = best.rank / 10
	return x
}
