package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// A lexicon holds the nouns of a domain that are entities, with the weight of
// their evidence.
type lexicon map[string]float64

// lexiconOf counts evidence for each noun: the stems of identifier parameters,
// the nouns of paths, and the operations every entity has.
func lexiconOf(ops []*op) lexicon {
	l := lexicon{}
	for _, o := range ops {
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
func (o *op) settle(l lexicon) {
	if o.restful() || o.noun == "" {
		return
	}
	if stem, before, after, ok := o.target(); ok {
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

// target finds an identifier argument whose entity stands in the noun phrase.
func (o *op) target() (stem string, before, after []string, ok bool) {
	parts := strings.Split(o.noun, "_")
	for i := range parts {
		parts[i] = words.Singular(parts[i])
	}
	for _, p := range o.params {
		s := idStem(p.Name)
		if s == "" || !strongID(p.Name) || p.Schema.typ() == "array" {
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
	case l[child] >= 2 && o.kind != scaler.Update:
		o.noun = child
	case l[part] >= 2.5 && o.kind != scaler.Update:
		o.noun = part
	default:
		o.noun, o.part = stem, part
	}
}
