package world

import (
	"slices"

	"github.com/agentscaler/scaler"
)

// kinds returns the nouns that are kinds of one thing, each with tools of its
// own: crawl jobs and export jobs, both identified by a job_id, are listed apart.
func (dr *draft) kinds() map[string]bool {
	listed, identified := map[string]bool{}, map[string]bool{}
	for _, o := range dr.ops {
		if o.restful() || o.noun == "" || lastWord(o.noun) == o.noun {
			continue
		}
		if o.kind == scaler.List && o.listsRows() {
			listed[o.noun] = true
		}
		if o.hasOwnID() {
			identified[o.noun] = true
		}
	}
	byHead := map[string][]string{}
	for noun := range listed {
		if identified[noun] {
			byHead[lastWord(noun)] = append(byHead[lastWord(noun)], noun)
		}
	}
	out := map[string]bool{}
	for _, nouns := range byHead {
		for _, noun := range nouns {
			out[noun] = len(nouns) > 1
		}
	}
	return out
}

// starting are verbs that make what they name where no argument says which one:
// start_export_job.
var starting = wordSet("start submit launch begin initiate request schedule")

// starts says whether a move has no row to move, and answers with a new one's key
// or state instead, or is told what to begin with: start_process(command).
func (o *op) starts() bool {
	if o.kind != scaler.Transition || !starting[o.verb] || o.noun == "" || o.hasOwnID() {
		return false
	}
	if _, keyed := o.ownKey(o.noun); keyed {
		return false
	}
	sh := shapeOf(o.result, o.noun)
	if o.result.Words == nil && !o.restful() {
		return slices.ContainsFunc(o.params, func(p param) bool {
			return p.Required && p.Schema.Type() == "string" && len(p.Schema.List("enum")) == 0 && !strongID(p.Name)
		})
	}
	return sh.mode == single && isRowLike(sh.row)
}
