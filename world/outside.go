package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// Clauses under which a world leaves a tool out before it is built: what a
// database cannot know, and what could be done by whoever knows how.
const (
	Outside     = "outside"
	Unsupported = "unsupported"
)

// A realm is somewhere that tools work and no table reaches. A world has no such
// tool: a look-up of stored rows in its place would refuse whatever it is given.
type realm struct {
	clause string
	reason string
	is     func(*op) bool
	jobs   bool // what is asked for can be made a row that is looked at later
}

// realms is looked through in order.
var realms = []realm{
	{Outside, "it works on what is open on a screen at that moment: a page in a browser, a window on a desktop", (*op).onScreen, false},
	{Outside, "it runs the code, command or query that it is given, and what that does is outside of any database", (*op).runsCode, false},
	{Outside, "it fetches whatever address it is given, and no database holds the web", (*op).fetches, false},
	{Outside, "a model makes its answer, and no database holds what a model would say", (*op).asksModel, true},
	{Outside, "it makes something else of the content that it is given, and no database holds what", (*op).transforms, true},
	{Unsupported, "it takes and names nothing from which its answer could be known", (*op).blank, false},
	{Unsupported, "it computes from what it is given, by a formula that is not known here", (*op).computesUnknown, false},
}

// leaveOutside takes the tools that work on what lies outside of any database
// out of the draft.
func (dr *draft) leaveOutside() {
	screens := dr.screens()
	read := map[string]int{} // by noun, the tools that show it
	for _, o := range dr.ops {
		if describes(o.kind) {
			read[o.noun]++
		}
	}
	keys := dr.addressKeys()
	dr.ops = slices.DeleteFunc(dr.ops, func(o *op) bool {
		o.keys = keys
		if o.label != nil {
			return false
		}
		r := o.outside()
		if r != nil && r.jobs && o.kind == scaler.Create && read[o.noun] > 0 {
			return false
		}
		if r == nil && screens[o.tool.Service] && !o.hasID() {
			r = &realms[0]
		}
		if r != nil {
			dr.drop(o, r.clause, r.reason)
		}
		return r != nil
	})
}

// addressKeys are the names, more telling than "url", by which declared results
// of the domain show an address.
func (dr *draft) addressKeys() map[string]bool {
	shown := map[string]bool{}
	for _, o := range dr.ops {
		if describes(o.kind) {
			o.result.Mentions(shown)
		}
	}
	delete(shown, "url")
	delete(shown, "link")
	return shown
}

// screens are the services that work on a screen, by their name or since at
// least half of their tools do. What else they have shows nothing without it.
func (dr *draft) screens() map[string]bool {
	all, on, out := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, o := range dr.ops {
		all[o.tool.Service]++
		if o.onScreen() {
			on[o.tool.Service]++
		}
	}
	for service, n := range all {
		out[service] = 2*on[service] >= n || has(words.Split(service), drivers)
	}
	return out
}

// outside returns the realm that the tool works in; nil for the tables.
func (o *op) outside() *realm {
	if _, known := o.formula(); known {
		return nil
	}
	for i := range realms {
		if realms[i].is(o) {
			return &realms[i]
		}
	}
	return nil
}

// given says whether one of the named arguments is required.
func (o *op) given(names map[string]bool) bool {
	return slices.ContainsFunc(o.params, func(p param) bool { return names[snake(p.Name)] && p.Required })
}

// says whether the description has one of the phrases.
func (o *op) says(phrases ...string) bool {
	text := strings.ToLower(o.tool.Description)
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(text, p) })
}

func has(list []string, set map[string]bool) bool {
	return slices.ContainsFunc(list, func(w string) bool { return set[w] })
}
