package words

import (
	"strings"
	"sync"

	"github.com/jinzhu/inflection"
)

// invariant holds words of APIs whose singular ends like a plural, or that have
// no other number; inflection would cut them.
var invariant = Set(`access address alias analysis analytics apis as aws basis bonus bus business
	campus canvas chassis class cms compass congress consensus cors corpus cross css data diagnosis
	dns dress ems express focus gas genus goods gps hash headquarters hours https ics ios its
	kubernetes lens less loss mass media metadata mms news os paas pass plus press previous process progress
	radius redis rss saas series sms species sms stats status success summons synopsis tls terms
	this us virus vps was wireless`)

// exceptions maps plurals that neither rules nor inflection's list get right.
var exceptions = map[string]string{
	"apis": "api", "ids": "id", "urls": "url", "uris": "uri", "caches": "cache", "leaves": "leave",
	"movies": "movie", "cookies": "cookie", "zombies": "zombie", "slaves": "slave", "moves": "move",
	"archives": "archive", "directives": "directive", "drives": "drive", "objectives": "objective",
	"indices": "index", "indexes": "index", "vertices": "vertex", "matrices": "matrix",
	"appendices": "appendix", "aliases": "alias", "statuses": "status", "addresses": "address",
	"criteria": "criterion", "schemata": "schema", "schemas": "schema", "quotas": "quota",
	"people": "person", "children": "child", "buses": "bus", "buckets": "bucket", "databases": "database",
	"bases": "base", "releases": "release", "licenses": "license", "licences": "licence",
	"responses": "response", "purchases": "purchase", "cases": "case", "phases": "phase", "leases": "lease",
	"courses": "course", "houses": "house", "warehouses": "warehouse", "expenses": "expense",
	"invoices": "invoice", "services": "service", "devices": "device", "prices": "price",
	"analyses": "analysis", "bonuses": "bonus", "viruses": "virus", "lenses": "lens",
}

// plurals is the inverse of exceptions where it is one.
var plurals = map[string]string{
	"index": "indexes", "status": "statuses", "address": "addresses", "alias": "aliases", "person": "people",
	"child": "children", "bus": "buses", "analysis": "analyses", "movie": "movies", "bonus": "bonuses",
}

// Singular returns the singular of one English word, or the word itself. It
// keeps lower case; words of two letters and words that only look like plurals
// (status, address, analytics) stay.
func Singular(w string) string {
	w = strings.ToLower(w)
	if s, ok := exceptions[w]; ok {
		return s
	}
	if len(w) < 3 || invariant[w] || strings.HasSuffix(w, "ss") || !ascii(w) {
		return w
	}
	if strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is") || strings.HasSuffix(w, "ics") {
		return w
	}
	if s, ok := singulars.Load(w); ok {
		return s.(string)
	}
	s := strings.ToLower(inflection.Singular(w))
	singulars.Store(w, s)
	return s
}

// singulars remembers what inflection found: it tries dozens of patterns a word.
var singulars sync.Map

// Plural returns the plural of one English word, or the word itself where it is
// one already or has none.
func Plural(w string) string {
	w = strings.ToLower(w)
	if p, ok := plurals[w]; ok {
		return p
	}
	if _, ok := exceptions[w]; ok || w == "" || !ascii(w) {
		return w
	}
	if invariant[w] {
		if strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") {
			return w + "es"
		}
		return w
	}
	if Singular(w) != w {
		return w
	}
	if strings.HasSuffix(w, "us") {
		return w + "es"
	}
	return strings.ToLower(inflection.Plural(w))
}

func ascii(w string) bool {
	for i := range len(w) {
		if w[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Set is the set of the words of a list.
func Set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
