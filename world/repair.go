package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/seed"
	"github.com/agentscaler/scaler/world/english"
)

// repairs say for a clause how a tool that breaks it may be changed; they
// report whether they changed it. A tool that cannot be repaired is dropped.
var repairs = map[string]func(dr *draft, o *op, finding string) bool{
	"observable":       (*draft).unshow,
	"argument_matters": func(_ *draft, o *op, finding string) bool { return o.spare(finding) },
}

// mend repairs or drops the tools that break the contract and says whether
// there were any.
func (dr *draft) mend(check scaler.Check) bool {
	found := map[string][2]string{}
	for _, t := range check.Tools {
		for _, c := range check.Clauses {
			if r := t.Results[c.Name]; contract.Breaks(r) {
				found[t.Name] = [2]string{c.Name, r}
				break
			}
		}
	}
	if len(found) == 0 {
		return false
	}
	var kept []*op
	for _, o := range dr.ops {
		why, broken := found[o.name]
		if repair := repairs[why[0]]; broken && (repair == nil || !repair(dr, o, why[1])) {
			dr.drop(o, why[0], why[1])
			o.leave()
			continue
		}
		kept = append(kept, o)
	}
	dr.ops = kept
	dr.unbindUnread()
	dr.setTiers()
	return true
}

// drop records that the world leaves a tool out.
func (dr *draft) drop(o *op, clause, reason string) {
	dr.dropped = append(dr.dropped, scaler.Dropped{Tool: o.tool.ID, Name: o.name, Method: o.tool.Method, Path: o.tool.Path, Clause: clause, Reason: reason})
}

// unshow keeps what a write does though no read tells: who deletes a row or makes one
// is answered for that row. One that does nothing at all is logged.
func (dr *draft) unshow(o *op, finding string) bool {
	if o.unseen || o.table == nil || strings.HasPrefix(finding, "it changed nothing") && len(o.clears) == 0 {
		return dr.unbind(o, "no read shows what it changes")
	}
	o.unseen = true
	o.note("no read shows what it changes")
	return true
}

// unbind makes a write whose change nothing shows an event: it still refuses
// rows that do not exist, and is logged.
func (dr *draft) unbind(o *op, why string) bool {
	if o.kind == scaler.Event {
		return false
	}
	o.kind, o.status, o.entry = scaler.Event, nil, nil
	o.evidence = slices.DeleteFunc(o.evidence, func(e string) bool { return strings.HasPrefix(e, "assumed: ") }) // all about rows
	o.note(why)
	for i := range o.binds {
		dr.looksUp(o, &o.binds[i])
	}
	o.leave()
	dr.atlas.addLog()
	return true
}

// leave takes a tool away from its table.
func (o *op) leave() {
	t := o.table
	if t == nil {
		return
	}
	t.ops = slices.DeleteFunc(t.ops, func(x *op) bool { return x == o })
	unmove(t, o)
	for _, s := range o.sways {
		unmove(s.to, o)
	}
	o.sways = nil
	o.table = nil
}

// unmove takes the moves that a tool makes out of a table's states.
func unmove(t *table, o *op) {
	if t.Status != nil {
		t.Status.Moves = slices.DeleteFunc(t.Status.Moves, func(m scaler.Move) bool { return m.Tool == o.name })
	}
}

// looksUp keeps of a parameter's meaning only the row that it points at.
func (dr *draft) looksUp(o *op, b *bind) {
	t := dr.atlas.table(b.Table)
	switch {
	case t == nil:
	case b.Role == roleKey, b.Role == roleRef && b.Column == t.Key:
		b.Role = roleRef
		return
	case b.Role == roleFilter && b.p.Required && b.Op == "":
		if to := dr.atlas.table(t.column(b.Column).Ref); to != nil {
			b.Role, b.Table, b.Column = roleRef, to.Name, to.Key
			return
		}
	}
	b.Bind = scaler.Bind{Param: b.Param, Role: roleInput}
}

// unreadRows is how many rows a table begins with that no tool shows.
const unreadRows = 3

// unbindUnread makes events of the writes to tables whose rows make no
// difference to any tool, and takes those tables out. What is made is kept all the
// same: whoever makes it is told its key.
func (dr *draft) unbindUnread() {
	gone := map[string]bool{}
	for _, t := range dr.atlas.tables {
		switch {
		case t.event || t.kept || t.isRead() || t.answersBack():
		case t.makes() && english.Verbs[t.Entity] == "":
			t.Size = unreadRows
			for _, o := range t.ops {
				o.unseen = true
			}
		default:
			gone[t.Name] = true
		}
	}
	if len(gone) == 0 {
		return
	}
	for _, t := range dr.atlas.tables {
		for _, o := range slices.Clone(t.ops) {
			if gone[t.Name] && writes(o.kind) {
				dr.unbind(o, "no tool reads "+spoken(t.Name))
			}
		}
		t.joins = slices.DeleteFunc(t.joins, func(j join) bool { return gone[j.of.Name] })
		for i := range t.Columns {
			if gone[t.Columns[i].Ref] {
				t.Columns[i].Ref = ""
			}
		}
	}
	dr.atlas.tables = slices.DeleteFunc(dr.atlas.tables, func(t *table) bool { return gone[t.Name] && !t.event })
	for _, o := range dr.ops {
		o.stores = slices.DeleteFunc(o.stores, func(s stored) bool { return gone[s.of.Name] })
		for i, b := range o.binds {
			if gone[b.Table] {
				o.binds[i].Bind = scaler.Bind{Param: b.Param, Role: roleInput}
				if o.table != nil && b.Role == roleRef {
					o.binds[i].Bind = scaler.Bind{Param: b.Param, Role: roleSet, Table: o.table.Name, Column: o.table.columnFor(b.p)}
				}
			}
		}
	}
}

// unbindIdle makes events of updates that have nothing to store.
func (dr *draft) unbindIdle() {
	for _, o := range dr.ops {
		if o.kind != scaler.Update && o.kind != scaler.Relate || o.link != "" || o.tie == "-" || o.entry != nil || o.label != nil || len(o.renewed()) > 0 || o.changesItems() || o.picking != nil || o.paid != nil {
			continue
		}
		if !slices.ContainsFunc(o.binds, func(b bind) bool { return b.Role == roleSet || b.Role == roleRef }) {
			if o.clears = o.undoes(); len(o.clears) == 0 {
				dr.unbind(o, "none of its arguments is a field of the row")
			}
		}
	}
	dr.ops = slices.DeleteFunc(dr.ops, func(o *op) bool {
		idle := o.kind == scaler.Event && len(o.params) == 0 && (english.Verbs[o.verb] == scaler.Update || english.Verbs[o.verb] == scaler.Delete) && o.noun != "" && len(dr.ops) > 1
		if idle {
			dr.drop(o, Unsupported, "it is not told what it changes")
		}
		return idle
	})
}

func (a *atlas) addLog() {
	if a.table(seed.Log) == nil {
		a.tables = append(a.tables, logTable())
	}
}
