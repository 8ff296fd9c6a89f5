package world

import (
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/world/english"
)

// settleKinds turns kinds that the rest of the domain contradicts: a sent
// message is a new row where messages can be listed.
func (dr *draft) settleKinds() {
	held := map[string]bool{}
	for _, o := range dr.ops {
		if describes(o.kind) || o.kind == scaler.Create {
			held[o.noun] = true
		}
	}
	fields, states := dr.rowFields(), dr.states()
	for _, o := range dr.ops {
		switch {
		case held[o.noun] && o.starts():
			o.kind = scaler.Create
			o.note("no argument says which is started: it makes one")
		case o.sets(held):
			o.kind = scaler.Transition
			o.note("its text says which state it sets")
		case o.arrives(states):
			o.note("its verb leads to a state of the", spoken(o.noun))
		case o.answersFresh(held):
			o.kind = scaler.Create
			o.note("answers with the key of a new", spoken(o.noun))
		case o.produces(held):
			o.kind = scaler.Create
			o.note("what comes of it can be read back")
		case o.computes():
			o.kind = scaler.Compute
			o.note("it computes from its arguments alone")
		case o.answersWithParent(fields):
			o.demote(held)
		case o.unread(held):
			o.demote(held)
		case o.kind == scaler.Event && o.noun != "" && held[o.noun] && !o.hasOwnID() && o.action == "" && english.Verbs[o.verb] != scaler.Delete:
			o.kind = scaler.Create
			o.note("what it makes can be read back")
		case o.kind == scaler.Event && held[o.noun] && o.hasOwnID() && o.restful() && o.tool.Method != "POST":
			o.kind = scaler.Update
		case describes(o.kind) && o.noun == "" && len(o.params) > 0 && len(o.words) > 0:
			o.noun = singularNoun(strings.Join(o.words, "_"))
		}
		o.acts(fields[o.noun])
		if stateful(o.kind) && o.noun == "" {
			o.settleNameless()
		}
	}
}

// settleNameless makes a tool that names no thing, and so has no table, one that
// needs none.
func (o *op) settleNameless() {
	o.kind = scaler.Event
	if o.tool.Effect == scaler.Read {
		o.kind = scaler.Compute
	}
	o.note("assumed: it names no thing that could be kept")
}

// unite gives tools of a short name for an entity the entity: a request that is
// completed is the maintenance request that is created, where no other is known.
func (dr *draft) unite() {
	shown := map[string]bool{}
	for _, o := range dr.ops {
		if describes(o.kind) {
			shown[o.noun] = true
		}
	}
	whole := map[string][]string{}
	for noun := range shown {
		if last := lastWord(noun); last != noun {
			whole[last] = append(whole[last], noun)
		}
	}
	said := map[string]bool{} // short names that some tool also says in full
	for _, o := range dr.ops {
		if full := whole[o.noun]; len(full) == 1 && strings.Contains("_"+singularNoun(strings.Join(o.words, "_"))+"_", "_"+full[0]+"_") {
			said[o.noun] = true
		}
	}
	for _, o := range dr.ops {
		if full := whole[o.noun]; !o.restful() && stateful(o.kind) && (!shown[o.noun] || said[o.noun]) && len(full) == 1 {
			o.note("the", spoken(o.noun), "is", article(spoken(full[0])))
			o.noun = full[0]
		}
	}
}

// rowFields collects, for each noun, the fields of the rows that its reads by
// key and lists return.
func (dr *draft) rowFields() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, o := range dr.ops {
		if !describes(o.kind) || o.noun == "" || o.restful() && o.tool.Method != "GET" {
			continue
		}
		if out[o.noun] == nil {
			out[o.noun] = map[string]bool{}
		}
		o.addFields(out[o.noun])
	}
	return out
}

// identified adds the nouns that tools identify or make, whose fields nobody
// shows.
func (dr *draft) identified(rows map[string]map[string]bool) {
	add := func(noun string) {
		if noun != "" && rows[noun] == nil {
			rows[noun] = map[string]bool{}
		}
	}
	for _, o := range dr.ops {
		if o.kind == scaler.Create {
			add(o.noun)
		}
		for _, p := range o.params {
			if strongID(p.Name) {
				add(idStem(p.Name))
			}
		}
	}
}

// answersWithParent says whether a REST write to something under a row answers
// with that row: then it changes the row, whatever the path calls the change.
func (o *op) answersWithParent(fields map[string]map[string]bool) bool {
	n := len(o.path)
	if !o.restful() || n < 2 || o.tool.Method == "" || o.tool.Method == "GET" || o.tool.Method == "DELETE" || len(o.path[n-1].params) > 0 || len(o.path[n-2].params) == 0 {
		return false
	}
	parent, own := o.path[n-2].noun, map[string]bool{}
	sh := shapeOf(o.result, parent)
	if sh.mode != single {
		return false
	}
	for _, p := range sh.row.Props() {
		own[snake(p.Name)] = true
	}
	return len(own) >= 3 && closeTo(own, fields[parent]) && !closeTo(own, fields[o.noun])
}

// unread says whether a REST write is about a noun that nothing reads or makes
// by itself: the volume of a player, the break-off of a replication.
func (o *op) unread(held map[string]bool) bool {
	if !o.restful() || o.tool.Method == "" || len(o.path[len(o.path)-1].params) > 0 || o.plural {
		return false
	}
	switch o.kind {
	case scaler.Create:
		return !isRowLike(shapeOf(o.result, o.noun).row) && !(held[o.noun] && dictates(o))
	case scaler.Update, scaler.Delete:
		return !held[o.noun]
	}
	return false
}

// dictates says whether the tool stores anything at all.
func dictates(o *op) bool {
	for _, p := range o.params {
		if p.In == "body" {
			return true
		}
	}
	return false
}

// isRowLike says whether a result is a row with a key of its own.
func isRowLike(s schema.View) bool {
	for _, p := range s.Props() {
		if strongID(p.Name) || p.Name == "id" || p.Name == "key" {
			return true
		}
	}
	return false
}

// demote makes such a write change what it hangs on, or an event where that is
// no entity either.
func (o *op) demote(held map[string]bool) {
	if n := len(o.path); n > 1 && held[o.path[n-2].noun] && (o.kind != scaler.Delete || o.leads && english.Participles[o.verb] != "") {
		o.part = o.noun
		o.noun = o.path[n-2].noun
		o.path = o.path[:n-1]
		o.kind = scaler.Update
		verb, _, _ := strings.Cut(o.part, "_")
		if joined := strings.ReplaceAll(o.part, "_", ""); english.Participles[joined] != "" {
			verb = joined
		}
		if english.Participles[verb] != "" && len(o.path[n-2].params) > 0 && o.tool.Method == "POST" {
			o.kind, o.verb = scaler.Transition, verb
		}
		o.note("part of the", spoken(o.noun))
		return
	}
	o.kind = scaler.Event
}
