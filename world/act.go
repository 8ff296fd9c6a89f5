package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// Some requests say with their verb alone what is to happen to a row: there is
// nothing to store but that it did. A stopped run has another state, a rotated key
// another value.

// acts makes a move of a change that names its row, brings nothing to store and has
// a verb that leads to a state.
func (o *op) acts(shown map[string]bool) {
	if o.kind != scaler.Update || o.tool.Effect == scaler.Read || o.label != nil || o.entry != nil || len(o.words) == 0 || !o.bringsNothing() && !o.bringsUnshown(shown) {
		return
	}
	if o.renews() {
		return
	}
	if o.endsInvitation(shown) {
		o.kind, o.silent = scaler.Delete, o.silent || o.result.Words == nil
		o.note("its rows are open invitations: an answered one is none")
		return
	}
	said := []string{first(o.words), o.words[len(o.words)-1]}
	if !english.NounVerbs[o.verb] {
		said = append(said, o.verb)
	}
	for _, w := range said {
		if english.Participles[w] != "" && !of[w] && (!english.NounVerbs[w] || w == said[0]) {
			o.kind, o.verb = scaler.Transition, w
			o.note("there is nothing to store but what becomes of it:", english.Participles[w])
			return
		}
	}
}

// of are verbs that say something of the row only with what follows them: power
// off, restore from it.
var of = wordSet("power restore hold process return")

// bringsNothing says whether the tool's arguments only name its row and say who
// calls.
func (o *op) bringsNothing() bool {
	named := false
	for _, p := range o.params {
		n := snake(p.Name)
		stem := idStem(p.Name)
		switch {
		case p.In == "path", strongID(p.Name) && (stem == "" || stem == o.noun), n == o.noun+"_name", n == o.noun+"_arn", n == o.noun && p.Schema.IsScalar():
			named = true
		case displays[n], p.In == "header", p.In == "cookie", p.In == "query" && !p.Required:
		default:
			return false
		}
	}
	return named
}

// bringsUnshown says whether nothing that the tool brings is a field of the rows, and
// its name begins with what becomes of them: close_request(number, closed).
func (o *op) bringsUnshown(shown map[string]bool) bool {
	return o.restful() && len(shown) > 3 && english.Participles[first(o.words)] != "" && !english.NounVerbs[first(o.words)] &&
		!slices.ContainsFunc(o.params, func(p param) bool { return p.In == "body" && shown[snake(p.Name)] })
}

// renewing are the verbs that put a new secret in the place of the old, secrets the
// words for one.
var (
	renewing = wordSet("regenerate rotate reset renew refresh roll reissue cycle")
	secrets  = wordSet("key keys secret secrets token tokens password passwords passphrase credential credentials apikey")
)

// renews says whether the tool renews a secret of its row.
func (o *op) renews() bool {
	said := append(strings.Split(o.action, "_"), o.words...)
	has := func(set map[string]bool) bool {
		return slices.ContainsFunc(said, func(w string) bool { return set[w] })
	}
	return o.kind == scaler.Update && o.tool.Effect != scaler.Read && has(renewing) && has(secrets)
}

// renewed are the columns of the row's secrets that the tool renews: those that its
// name or an argument tells apart, else all.
func (o *op) renewed() []scaler.Column {
	if o.table == nil || !o.renews() {
		return nil
	}
	var all, told []scaler.Column
	said := append(strings.Split(o.action, "_"), o.words...)
	for _, c := range o.table.Columns {
		parts := words.Split(c.Name)
		if c.Type != "string" || c.Name == o.table.Key || len(c.Enum) > 0 || c.Ref != "" || !secrets[parts[len(parts)-1]] {
			continue
		}
		all = append(all, c)
		if len(parts) > 1 && slices.Contains(said, parts[0]) {
			told = append(told, c)
		}
	}
	if len(told) > 0 {
		return told
	}
	return all
}

// renew writes new secrets into a row. An argument that names one of several, as
// keyType does, chooses among them.
func (w *writer) renew(v string) {
	list := w.o.renewed()
	choice := ""
	for _, p := range w.o.params {
		if len(list) > 1 && p.Required && p.Wrap == "" && p.Schema.Type() == "string" && secrets[first(words.Split(p.Name))] {
			choice = w.arg(p)
		}
	}
	for _, c := range list {
		depth := 1
		if choice != "" {
			w.line(1, "if %s.lower() in %s:", choice, quote(strings.ToLower(c.Name)))
			depth = 2
		}
		w.line(depth, "%[1]s[%[2]s] = %[3]s(%[1]s[%[2]s])", v, quote(c.Name), w.use("renewed"))
	}
	if len(list) > 0 {
		w.o.note(fmt.Sprintf("assumed: a new value of %s has the form of the old", list[0].Name))
	}
}
