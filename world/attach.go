package world

import (
	"slices"

	"github.com/agentscaler/scaler"
)

// DELETE /contacts/{contact_id}/companies/{company_id} that detaches a contact from a
// company leaves the company where it is, where companies have a place of their own:
// what goes is that it lies under the contact. Attaching puts it there.

// detaching and attaching are the verbs of such tools.
var (
	detaching = wordSet("detach disassociate unlink unassign dissociate deassociate")
	attaching = wordSet("attach associate link assign")
)

// attachments makes changes of the tools that attach rows to others, and detach them.
func (dr *draft) attachments() {
	own := map[string]bool{} // nouns with a place of their own
	for _, o := range dr.ops {
		if n := len(o.path); o.restful() && n > 0 && len(o.path[n-1].params) > 0 && o.parentOf() == "" {
			own[o.noun] = true
		}
	}
	for _, o := range dr.ops {
		if !o.restful() || o.parentOf() == "" || !own[o.noun] || len(o.words) == 0 {
			continue
		}
		n := len(o.path)
		switch verb := o.words[0]; {
		case detaching[verb] && o.kind == scaler.Delete && len(o.path[n-1].params) > 0:
			o.kind, o.tie = scaler.Update, "-"
			o.note("the", spoken(o.noun), "stays: it no longer lies under the", spoken(o.parentOf()))
		case attaching[verb] && o.kind == scaler.Create && len(o.path[n-1].params) == 0 && o.givesKey():
			o.kind, o.tie = scaler.Update, "+"
			o.note("the", spoken(o.noun), "is there: it comes to lie under the", spoken(o.parentOf()))
		}
	}
}

// givesKey says whether an argument beside the path names a row of the tool's noun.
func (o *op) givesKey() bool {
	return slices.ContainsFunc(o.params, func(p param) bool {
		stem := idStem(p.Name)
		return p.Required && p.In != "path" && p.Wrap == "" && strongID(p.Name) && (stem == "" || stem == o.noun)
	})
}

// undoes returns the columns that another tool of the table fills and this one, by its
// verb, empties again: disassociate_gateway beside associate_gateway.
func (o *op) undoes() []string {
	done, ok := opposed[first(o.words)]
	if !ok {
		return nil
	}
	var out []string
	for _, other := range o.table.ops {
		if first(other.words) != done {
			continue
		}
		for _, b := range other.binds {
			if c := o.table.find(b.Column); b.Role == roleSet && c != nil && c.Name != o.table.Key && !slices.Contains(out, c.Name) {
				c.Nullable = true
				out = append(out, c.Name)
			}
		}
	}
	return out
}

// opposed are the verbs of what is undone.
var opposed = map[string]string{"detach": "attach", "disassociate": "associate", "unlink": "link", "unassign": "assign", "dissociate": "associate", "unset": "set", "deregister": "register"}

// untie writes that a row lies no longer under what the path names, or has no longer
// what was put there.
func (w *writer) untie(v string) {
	for _, column := range w.o.clears {
		w.line(1, "%s[%s] = None", v, quote(column))
	}
	if w.o.tie != "-" {
		return
	}
	for _, b := range w.filters() {
		if c := w.t.column(b.Column); b.p.In == "path" && c.Ref != "" && c.Nullable {
			w.line(1, "%s[%s] = None", v, quote(c.Name))
		}
	}
}
