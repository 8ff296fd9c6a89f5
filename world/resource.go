package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// A lexicon holds the nouns of a domain that are entities, with the weight of
// their evidence.
type lexicon map[string]float64

// lexiconOf counts evidence for each noun: the stems of identifier parameters,
// the nouns of paths, and the operations every entity has.
func lexiconOf(ops []*op) lexicon {
	l := lexicon{}
	for _, o := range ops {
		o.countLists(l)
		for _, link := range o.path {
			l[link.noun] += 0.5
		}
		if o.noun == "" {
			continue
		}
		if _, _, after, ok := o.target(); ok && len(after) > 0 && o.kind != scaler.Create && o.kind != scaler.List {
			o.countStems(l) // the noun is a part of what the argument names
			continue
		}
		switch o.kind {
		case scaler.Create, scaler.Delete, scaler.Transition:
			l[o.noun] += 1.5
		case scaler.List, scaler.Get, scaler.Update:
			l[o.noun]++
		}
		o.countStems(l)
	}
	return l
}

func (o *op) countStems(l lexicon) {
	for _, p := range o.params {
		if stem := idStem(p.Name); stem != "" && strongID(p.Name) {
			l[stem]++
		}
	}
}

// settle decides which entity a tool without a REST path is about: where an
// identifier argument names an entity that the tool's name also names, that is
// the target and the rest of the name a part of it.
func (o *op) settle(l lexicon, rows map[string]map[string]bool, kinds map[string]bool) {
	if o.restful() {
		return
	}
	if o.tool.Effect != scaler.Read && (o.fromLink(l) || o.fromText(l) || o.fromResult(l, rows) || o.fromKey(l, rows)) {
		return
	}
	if o.noun == "" {
		return
	}
	if stem, before, after, ok := o.target(); ok {
		if len(after) == 0 && len(before) > 0 && kinds[o.noun] {
			return // one of several kinds of what the argument identifies
		}
		o.adjs = append(o.adjs, before...)
		o.aim(l, stem, after)
		return
	}
	if l[o.noun] >= 2 {
		return
	}
	parts := strings.Split(o.noun, "_")
	for i := 1; i < len(parts); i++ { // the longest suffix that is an entity
		if s := strings.Join(parts[i:], "_"); l[s] >= 1 {
			o.adjs = append(o.adjs, parts[:i]...)
			o.noun = s
			return
		}
	}
	if writes(o.kind) && o.kind != scaler.Update {
		return
	}
	for i := len(parts) - 1; i > 0; i-- {
		if s := strings.Join(parts[:i], "_"); l[s] >= 2 {
			o.noun, o.part = s, strings.Join(parts[i:], "_")
			return
		}
	}
}

// fromText takes kind and entity from what the description says outright: "Sets
// the order's status to paid", "Creates a booking with status booked".
func (o *op) fromText(l lexicon) bool {
	for _, s := range english.Sentences(o.tool.Description) {
		for i, w := range s {
			switch {
			case (w == "sets" || w == "set" || w == "changes") && i+2 < len(s):
				begin := i + 1
				if s[begin] == "the" || s[begin] == "a" || s[begin] == "an" {
					begin++
				}
				end := begin
				for end < len(s) && s[end] != "s" && s[end] != "status" {
					end++
				}
				if noun := l.known(s[begin:min(end, len(s))]); noun != "" && end+1 < len(s) && (s[end] == "status" || s[end+1] == "status" || s[end+1] == "state") {
					o.become(scaler.Transition, noun)
					return true
				}
			case i == 0 && (w == "create" || w == "register" || w == "registers") || w == "creates":
				end := i + 1
				for end < len(s) && !english.Prepositions[s[end]] && s[end] != "that" && s[end] != "and" {
					end++
				}
				if noun := l.known(s[i+1 : end]); noun != "" {
					o.become(scaler.Create, noun)
					return true
				}
			}
		}
	}
	return false
}

// become settles kind and entity, keeping the name's own noun as the part.
func (o *op) become(kind scaler.Kind, noun string) {
	if o.noun != noun {
		o.part = o.noun
	}
	o.kind, o.noun = kind, noun
	o.note("its description says so")
}

// known returns the longest end of a phrase that is an entity; empty if none is.
func (l lexicon) known(phrase []string) string {
	for i := range phrase {
		if noun := singularNoun(strings.Join(phrase[i:], "_")); l[noun] >= 1 {
			return noun
		}
	}
	return ""
}

// fromResult takes the entity whose rows the tool answers with, where its name
// names none.
func (o *op) fromResult(l lexicon, rows map[string]map[string]bool) bool {
	if o.kind == scaler.Delete || o.kind == scaler.Compute {
		return false
	}
	own := map[string]bool{}
	o.addFields(own)
	if len(own) < 3 || closeTo(own, rows[o.noun]) {
		return false
	}
	for _, p := range o.params {
		stem := l.stem(p)
		if stem == "" || stem == o.noun || !closeTo(own, rows[stem]) {
			continue
		}
		if o.kind == scaler.Create || o.kind == scaler.Event {
			o.kind = scaler.Update
		}
		o.part, o.noun = o.noun, stem
		o.note("answers with", article(spoken(stem)))
		return true
	}
	return false
}

// fromKey takes the entity that an argument identifies where the name's noun is
// none, or is itself an argument: change_address(order_id, address).
func (o *op) fromKey(l lexicon, rows map[string]map[string]bool) bool {
	if o.kind != scaler.Update && o.kind != scaler.Transition {
		return false
	}
	if l[o.noun] >= 2 && !o.takes(o.noun) && (rows[o.noun] != nil || o.kind == scaler.Update && o.verb != "update" && !raising[o.verb]) {
		return false
	}
	best, at := param{}, -1
	said := words.Split(o.tool.Description)
	for i := range said {
		said[i] = words.Singular(said[i])
	}
	for _, p := range o.params {
		stem := l.stem(p)
		if stem == "" || !p.Required {
			continue
		}
		if stem == o.noun || strings.Contains("_"+o.noun+"_", "_"+stem+"_") {
			return false
		}
		here := slices.Index(said, lastWord(stem))
		if here < 0 {
			here = len(said)
		}
		if at < 0 || here < at {
			best, at = p, here
		}
	}
	if at < 0 {
		return false
	}
	o.part, o.noun = o.noun, l.stem(best)
	o.note("what it changes is found by", best.path())
	return true
}

// takes says whether an argument has the name.
func (o *op) takes(name string) bool {
	return slices.ContainsFunc(o.params, func(p param) bool { return snake(p.Name) == name })
}

// stem returns the entity that a parameter identifies, if it is one.
func (l lexicon) stem(p param) string {
	stem := idStem(p.Name)
	if stem == "" || p.Schema.Type() == "array" || l[stem] < 1 || !strongID(p.Name) && l[stem] < 2 {
		return ""
	}
	return stem
}

// target finds an identifier argument whose entity stands in the noun phrase.
func (o *op) target() (stem string, before, after []string, ok bool) {
	parts := strings.Split(o.noun, "_")
	for i := range parts {
		parts[i] = words.Singular(parts[i])
	}
	for _, p := range o.params {
		s := idStem(p.Name)
		if s == "" || !strongID(p.Name) || p.Schema.Type() == "array" {
			continue
		}
		stemParts := strings.Split(s, "_")
		for i := 0; i+len(stemParts) <= len(parts); i++ {
			if slices.Equal(parts[i:i+len(stemParts)], stemParts) && (len(s) > len(stem) || i+len(stemParts) == len(parts)) {
				stem, before, after, ok = s, parts[:i], parts[i+len(stemParts):], true
			}
		}
	}
	return stem, before, after, ok
}

// aim sets noun and part once the target entity is known.
func (o *op) aim(l lexicon, stem string, after []string) {
	if len(after) == 0 {
		o.noun = stem
		return
	}
	part := strings.Join(after, "_")
	child := stem + "_" + part
	switch {
	case o.kind == scaler.Create || (o.kind == scaler.List || o.plural) && o.kind != scaler.Update && o.kind != scaler.Transition:
		o.noun = child
		if l[part] >= 2 && l[child] < 2 {
			o.noun = part
		}
	case l[child] >= 2 && describes(o.kind) || o.hasPlainID():
		o.noun = child
	case l[part] >= 2.5 && (describes(o.kind) || o.kind == scaler.Delete):
		o.noun = part
	case o.kind == scaler.Delete: // not the whole for a part of it
		o.noun = child
	default:
		o.noun, o.part = stem, part
	}
}

// hasPlainID says whether a required argument is called id and no more:
// the id of course work, beside the course_id.
func (o *op) hasPlainID() bool {
	return slices.ContainsFunc(o.params, func(p param) bool {
		return p.Required && strongID(p.Name) && idStem(p.Name) == "" && p.Schema.IsScalar()
	})
}
