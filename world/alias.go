package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// Services call one thing by several nouns: a pool, the pool info, a single
// pool. Tools about any of them are about the same rows.

// views are words behind a noun that say how much of a thing is shown, and not
// that it is another.
var views = wordSet("info information detail details data record object list full listing getter searcher finder lister fetcher reader")

// singling are words before a noun that say which of the things are meant.
var singling = wordSet("single all current latest recent my existing specific available given own")

// inFull are nouns that are as often written in full.
var inFull = map[string]string{"repo": "repository", "org": "organization", "hook": "webhook", "pull": "pull_request", "config": "configuration", "doc": "document",
	"msg": "message", "db": "database", "env": "environment", "app": "application", "img": "image", "pic": "picture", "spec": "specification", "dir": "directory", "param": "parameter"}

// aliases gives tools the shorter noun where two nouns of the domain say the
// same and nothing that the tools show speaks against it.
func (dr *draft) aliases() {
	rows := dr.rowFields()
	nouns := map[string]bool{}
	for _, o := range dr.ops {
		if stateful(o.kind) {
			nouns[o.noun] = true
		}
	}
	for _, o := range dr.ops {
		if !stateful(o.kind) || o.noun == "" {
			continue
		}
		for _, name := range shorter(o.noun) {
			if name != o.noun && nouns[name] && agrees(rows[o.noun], rows[name]) {
				o.note("the", spoken(o.noun), "is the", spoken(name))
				o.noun = name
				break
			}
		}
		if o.ofParent(nouns) && agrees(rows[o.noun], rows[o.path[len(o.path)-2].noun]) {
			o.note("shows what its path lies under")
			o.path = o.path[:len(o.path)-1]
			o.noun = o.path[len(o.path)-1].noun
		}
	}
}

// agrees says whether the fields of two nouns' rows are those of one thing;
// where next to none are known, nothing speaks against it.
func agrees(a, b map[string]bool) bool {
	return len(a) < 3 || len(b) < 3 || closeTo(a, b) || closeTo(b, a)
}

// shorter returns other nouns that the same thing may go by, those without what
// only says how it is shown first.
func shorter(noun string) []string {
	parts := strings.Split(noun, "_")
	var out []string
	add := func(list []string) {
		if len(list) > 0 {
			out = append(out, singularNoun(strings.Join(list, "_")))
		}
	}
	last := len(parts) - 1
	if views[parts[last]] {
		add(parts[:last])
	}
	for end := range views {
		if rest, ok := strings.CutSuffix(parts[last], end); ok && len(rest) > 2 {
			add(append(slices.Clone(parts[:last]), rest))
		}
	}
	if singling[parts[0]] {
		add(parts[1:])
	}
	if full, ok := inFull[parts[last]]; ok {
		add(append(slices.Clone(parts[:last]), full))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ofParent says whether a read of a path ends in a word that only says how much
// of what it lies under is shown: /pools/{pool}/info.
func (o *op) ofParent(nouns map[string]bool) bool {
	n := len(o.path)
	if !o.restful() || n < 2 || !describes(o.kind) || len(o.path[n-1].params) > 0 {
		return false
	}
	return views[words.Singular(o.noun)] && nouns[o.path[n-2].noun]
}

// namesThing says whether words of a name say what a tool is about, and not only
// what it does.
func namesThing(name []string) bool {
	return slices.ContainsFunc(name, func(w string) bool {
		_, verb := english.Verbs[w]
		return !verb && !english.Prepositions[w] && !english.Fillers[w]
	})
}

// prefixNames says whether the last word that begins all names of a service is
// what some of its tools are about: courses of classroom courses list, beside
// classroom courses topics list.
func prefixNames(tools []scaler.Tool, prefix int) bool {
	return prefix > 0 && slices.ContainsFunc(tools, func(t scaler.Tool) bool {
		name := words.Split(t.Name)
		if len(name) <= prefix || !isPlural(name[prefix-1]) || namesThing(name[prefix:]) {
			return false
		}
		kind := english.Verbs[name[prefix]]
		return describes(kind)
	})
}
