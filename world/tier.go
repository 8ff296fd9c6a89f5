package world

import (
	"slices"

	"github.com/agentscaler/scaler"
)

// setTiers gives every tool its tier.
func (dr *draft) setTiers() {
	for _, o := range dr.ops {
		o.tier = o.tierOf()
	}
}

func (o *op) tierOf() scaler.Tier {
	switch o.kind {
	case scaler.Compute:
		return scaler.TierCompute
	case scaler.Event:
		o.note("its effect lies outside the tables: it is logged and acknowledged")
		return scaler.TierEvent
	}
	switch {
	case o.unseen && !o.table.isRead():
		o.note("no tool reads", spoken(o.table.Name)+":", "what it makes is told to whoever makes it")
		return scaler.TierEvent
	case o.unseen:
		return scaler.TierEvent
	case !o.table.isRead():
		o.note("no tool reads", spoken(o.table.Name)+":", "what it does shows in what later calls answer")
	}
	if o.table.shared() {
		return scaler.TierStateful
	}
	if o.kind == scaler.List || o.kind == scaler.Aggregate {
		return scaler.TierSearch
	}
	return scaler.TierKeyed
}

// shared says whether the tools of a table see each other: one of them writes,
// or several read it by its key.
func (t *table) shared() bool {
	keyed := 0
	for _, o := range t.ops {
		if writes(o.kind) || o.finds() {
			keyed++
		}
	}
	return keyed > 0 && len(t.ops) > 1
}

// isRead says whether some tool reads the table.
func (t *table) isRead() bool {
	return slices.ContainsFunc(t.ops, func(o *op) bool { return describes(o.kind) || o.kind == scaler.Aggregate })
}

// answersBack says whether writes to a table that nothing reads show in what
// later ones answer: what was deleted is not found, what was changed comes back.
func (t *table) answersBack() bool {
	return slices.ContainsFunc(t.ops, func(o *op) bool { return o.kind != scaler.Create && writes(o.kind) && o.finds() })
}

// finds says whether the tool finds one row by an argument.
func (o *op) finds() bool {
	return slices.ContainsFunc(o.binds, func(b bind) bool { return b.Role == roleKey })
}
