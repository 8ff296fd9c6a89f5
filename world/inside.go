package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// A write often takes flat what its row shows as an object: calls_count of the
// value {calls_count, kb_transferred} of a counter. Such an argument is bound to
// column.field.

// commonFields are names of fields that many objects have, each meaning its own.
var commonFields = wordSet("id name type kind value status state description title url key code count date time")

// inside returns the field of a row's one object that has the name and type of
// an argument of a write; empty where there is none or more than one.
func (o *op) inside(p param) string {
	t, found, n := o.table, "", snake(p.Name)
	if !t.declared || p.In == "path" {
		return ""
	}
	for _, c := range t.Columns {
		if c.Type != "object" || commonFields[n] && !o.about(c.Name) && !o.spells(schema.Parse(c.Schema)) {
			continue
		}
		for _, f := range schema.Parse(c.Schema).Props() {
			if snake(f.Name) != n || f.Schema.Type() != p.Schema.Type() || !f.Schema.Holds(p.Schema, 0) {
				continue
			}
			if found != "" && !o.about(c.Name) {
				return ""
			}
			found = c.Name + "." + f.Name
		}
	}
	return found
}

// spells says whether most arguments are fields of an object.
func (o *op) spells(s schema.View) bool {
	fields, all := 0, 0
	for _, p := range o.params {
		if p.In == "path" {
			continue
		}
		all++
		if slices.ContainsFunc(s.Props(), func(f schema.Prop) bool { return snake(f.Name) == snake(p.Name) }) {
			fields++
		}
	}
	return fields > 2 && 3*fields >= 2*all
}

// about says whether the tool's name says that it is about that part of the row.
func (o *op) about(column string) bool {
	if o.part == "" {
		return false
	}
	return slices.Contains(words.Split(column), lastWord(o.part))
}

// stuff writes what arguments put inside an object of a new row.
func (w *writer) stuff(column string, given map[string]bind) string {
	var parts, may []string
	for _, b := range w.o.binds {
		in, field, ok := strings.Cut(b.Column, ".")
		if _, set := given[b.Column]; !ok || !set || in != column || b.Role != roleSet {
			continue
		}
		parts = append(parts, quote(field)+": "+w.arg(b.p))
		if !b.p.Required || b.p.Wrap != "" {
			may = append(may, field)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	made := braces(parts)
	if len(may) > 0 {
		made = fmt.Sprintf("%s(%s, %s)", w.use("told"), made, w.list(w.t.Entity, "INSIDE", may))
	}
	if base := literal(plain(schema.Parse(w.t.column(column).Schema), 0)); base != "{}" && base != "None" {
		made = fmt.Sprintf("%s(%s, %s)", w.use("merged"), base, made)
	}
	return made
}
