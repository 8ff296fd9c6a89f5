package graph

import (
	"slices"

	"github.com/agentscaler/scaler/internal/vocab"
)

// Aspects of a candidate A for parameter p of B. Each is between -1 and 1;
// weights.go says what each is worth.
const (
	coversName    = iota // part of p's words that A's name and path have
	focusName            // part of A's name that p's words cover
	focusPath            // the same of A's resource
	headName             // p and A's name end in the same noun
	headPath             // p and A's resource end in the same noun
	textName             // part of A's words that p's description covers
	coversText           // part of p's words that A's description has
	sameField            // an output has p's very name
	keyField             // an output is the bare key of what p is about
	likeField            // words that the best output shares with p
	sameKind             // both are ids, both are names, both are codes
	sameType             //
	isList               //
	isGet                //
	isSearch             //
	isCreate             //
	isUpdate             //
	isOther              //
	isMany               // A returns rows
	isSmall              // A returns few fields: a look-up
	needsIt              // A itself requires p
	takesIt              // A itself takes p
	needsMore            // A requires what B does not have
	needsShared          // A requires what B has too
	needsNothing         // A requires nothing
	isCollection         // A lives at the path before p
	sameResource         // words that A and B have in common
	ownResource          // the same, where p is about B's own resource
	otherResource        // the same, where it is not
	sameVersion          //
	isDescribed          // A's outputs are known, not guessed
	isDeprecated         // A is and B is not
	bestName             // coversName + focusName against the best candidate's
	bestField            // likeField + sameField against the best candidate's
	onlyList             // list or search whose name is covered whole
	exactName            // A's name and p have the same words
	firstText            // the first word of p's description is in A's name
	ownName              // part of B's name that A's name has
	lentName             // coversName, where p's words are its owner's
	isLookup             // A exists to offer values
	blindLookup          // the same, and nothing else in common
	alien                // the best output is the key of something else
	looseResource        // sameResource, where no path says what belongs to what
	looseNeed            // needsIt, where no path does
	looseCovers          // coversName, where no path does
	looseCreate          //
	textOnly             // p's description covers A's name, p's words do not
	aspects
)

// examine measures operation a as a producer of p of b.
func (s *service) examine(a, b int32, p *field) candidate {
	c := candidate{from: a}
	from, to := s.ops[a], s.ops[b]
	c.field = s.bestField(from, p, &c.x)
	x := &c.x
	x[coversName] = s.shareOfPairs(p.about, s.names[a])
	x[focusName] = s.share(from.nouns, p.about)
	x[exactName] = truth(x[coversName] > 0.99 && x[focusName] > 0.99)
	x[firstText] = truth(len(p.text) > 0 && slices.Contains(s.names[a], p.text[0]))
	x[ownName] = s.share(to.nouns, s.names[a])
	x[isLookup] = truth(from.lookup)
	x[blindLookup] = truth(from.lookup && x[coversName] == 0)
	if p.lent {
		x[lentName] = x[coversName]
	}
	x[focusPath] = s.share(from.resource, p.about)
	x[headName] = truth(sameLast(p.about, from.nouns))
	x[headPath] = truth(sameLast(p.about, from.resource))
	x[textName] = s.share(s.nouns[a], p.text)
	if x[coversName] < 0.5 {
		x[textOnly] = x[textName]
	}
	x[coversText] = s.share(p.about, from.about)
	if from.act >= vocab.List && from.act <= vocab.Update {
		x[isList+int(from.act-vocab.List)] = 1
	} else {
		x[isOther] = 1
	}
	x[isMany] = truth(from.many)
	x[isSmall] = truth(from.many && len(from.outputs) <= 6)
	x[isCollection] = truth(len(from.segments) > 0 && slices.Contains(s.byPath[collection(to, p)], a))
	x[sameVersion] = truth(slices.Equal(from.versions, to.versions))
	x[isDescribed] = truth(from.described)
	x[isDeprecated] = truth(from.deprecated && !to.deprecated)
	x[onlyList] = truth(x[focusName] > 0.99 && (from.act == vocab.List || from.act == vocab.Search || from.many))
	s.needs(from, to, p, x)
	shared := s.share(s.nouns[a], s.nouns[b])
	if len(to.segments) == 0 {
		x[looseResource], x[looseNeed], x[looseCovers], x[looseCreate] = shared, x[needsIt], x[coversName], x[isCreate]
	}
	x[sameResource] = shared
	if s.share(p.about, s.nouns[b]) > 0.5 {
		x[ownResource] = shared
	} else {
		x[otherResource] = shared
	}
	return c
}

// needs looks at what the producer itself has to be given.
func (s *service) needs(from, to *operation, p *field, x *[aspects]float64) {
	required := 0
	for i := range from.params {
		q := &from.params[i]
		same := q.joined == p.joined && (q.path == p.path || len(q.words) > 1)
		if same {
			x[takesIt] = 1
		}
		if !q.required || q.hub {
			continue
		}
		required++
		switch {
		case same:
			x[needsIt] = 1
		case slices.ContainsFunc(to.params, func(f field) bool { return f.joined == q.joined }):
			x[needsShared] = min(1, x[needsShared]+1.0/3)
		default:
			x[needsMore] = min(1, x[needsMore]+1.0/3)
		}
	}
	x[needsNothing] = truth(required == 0)
}

// bestField finds the output that fits p best, and what speaks for it.
func (s *service) bestField(from *operation, p *field, x *[aspects]float64) int {
	at, top := -1, -1.0
	for _, i := range from.holding(p) {
		o := &from.outputs[i]
		if o.typ == "object" && p.typ != "object" || o.hub && o.joined != p.joined {
			continue
		}
		like := s.share(p.about, o.about)
		same := o.joined == p.joined && (like > 0.5 || !p.lent) // one's id is not another's
		kind := p.key && o.key && keyKind(p) == keyKind(o)
		bare := o.key && len(o.words) == 1
		fit := like + float64(1.5*truth(same)) + float64((0.3+0.5*like)*truth(kind)) + float64(0.4*like*truth(bare)) + float64(0.2*truth(o.typ == p.typ))
		fit /= 1 + float64(0.1*float64(len(o.parent)))
		if fit > top {
			at, top = int(i), fit
			x[sameField], x[likeField], x[sameKind] = truth(same), like, truth(kind)
			x[keyField] = float64(like * truth(bare))
			x[alien] = truth(bare && !o.lent && like == 0)
			x[sameType] = truth(o.typ == p.typ)
		}
	}
	return at
}

// keyKind returns the word that makes a field a key: id, name, code.
func keyKind(f *field) string {
	for i := len(f.words) - 1; i >= 0; i-- {
		if vocab.Keys[f.words[i]] {
			return f.words[i]
		}
	}
	return ""
}

func sameLast(x, y []string) bool {
	return len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1]
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
