package world

import (
	"slices"
	"strings"
)

// In GET /templates/{customer_id} the last parameter is no key of a template: it
// says whose templates are meant. The path is then read as
// /customers/{customer_id}/templates.

// rehang puts the keys of other things in their place in the paths of the domain.
func (dr *draft) rehang() {
	named, keyed, most := map[string]bool{}, map[string]bool{}, map[string]int{}
	for _, o := range dr.ops {
		for _, l := range o.path {
			named[l.noun] = true
			if n := len(l.params); n > 0 && !foreign(l) {
				keyed[l.noun] = true
			}
		}
		if n := len(o.path); n > 0 {
			most[o.segments()] = max(most[o.segments()], len(o.path[n-1].params))
		}
	}
	for _, o := range dr.ops {
		n := len(o.path)
		if n == 0 || o.action != "" || len(o.path[n-1].params) == 0 {
			continue
		}
		last := o.path[n-1]
		whose := idStem(last.params[len(last.params)-1])
		switch {
		case foreign(last) && (keyed[last.noun] || named[whose] && (o.listsRows() || o.endsPlural())):
		case len(last.params) < most[o.segments()] && (o.listsRows() || o.saysAll()):
		default:
			continue
		}
		if whose == "" {
			whose = snake(last.params[len(last.params)-1])
		}
		o.note("the path says whose", spoken(pluralNoun(last.noun))+":", last.params[len(last.params)-1])
		o.path = append(slices.Clone(o.path[:n-1]), link{segment: whose, noun: whose, params: last.params}, link{segment: last.segment, noun: last.noun})
	}
}

// foreign says whether the last parameter behind a noun of a path is by its name
// the id of something else.
func foreign(l link) bool {
	if len(l.params) == 0 {
		return false
	}
	name := l.params[len(l.params)-1]
	stem := idStem(name)
	if stem == "" || !strongID(name) {
		return false
	}
	own := strings.Split(l.noun, "_")
	return !slices.ContainsFunc(strings.Split(stem, "_"), func(w string) bool { return slices.Contains(own, w) || strings.Contains(l.noun, w) }) &&
		!strings.Contains(strings.ReplaceAll(stem, "_", ""), strings.ReplaceAll(l.noun, "_", ""))
}

// segments is the path without its parameters, told apart by service.
func (o *op) segments() string {
	parts := []string{o.tool.Service}
	for _, l := range o.path {
		parts = append(parts, l.segment)
	}
	return strings.Join(parts, "/")
}

// endsPlural says whether the last word of the name speaks of many.
func (o *op) endsPlural() bool { return len(o.words) > 0 && isPlural(o.words[len(o.words)-1]) }

// saysAll says whether the name speaks of all rows that lie somewhere.
func (o *op) saysAll() bool { return slices.Contains(o.words, "all") && o.endsPlural() }
