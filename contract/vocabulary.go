package contract

import (
	"maps"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// The words that a world's files may use where only a few have a meaning.
var (
	// Kinds are the ways in which tools behave.
	Kinds = []scaler.Kind{scaler.Get, scaler.List, scaler.Create, scaler.Update, scaler.Delete, scaler.Transition, scaler.Relate, scaler.Aggregate, scaler.Compute, scaler.Event}
	// Roles are what a parameter can mean to the tables.
	Roles = []string{"key", "ref", "filter", "set", "limit", "offset", "sort", "input"}

	tiers = []scaler.Tier{scaler.TierStateful, scaler.TierKeyed, scaler.TierSearch, scaler.TierCompute, scaler.TierEvent}
	// ops are what a bind does beyond its role: how a filter compares, how pages are asked for.
	ops         = []string{"contains", "min", "max", "in", "overlaps", "scope", "page", "cursor", "direction"}
	columnTypes = []string{"string", "integer", "number", "boolean", "object", "array"}
	ruleKinds   = slices.Sorted(maps.Keys(provings))
	// formats are those of the OpenAPI registry, and those that seed data knows.
	formats = append(fake.Formats(), "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float", "double", "decimal", "decimal128",
		"byte", "binary", "base64url", "char", "commonmark", "regex", "json-pointer", "relative-json-pointer", "uri-template", "iri-reference",
		"idn-email", "idn-hostname", "date-time-local", "time-local", "http-date", "media-range")
)

// unlike says that a word is none of the allowed ones; empty where it is one.
func unlike[T ~string](what string, word T, allowed []T) string {
	if slices.Contains(allowed, word) {
		return ""
	}
	var names []string
	for _, a := range allowed {
		names = append(names, string(a))
	}
	return quoted(what, string(word), names)
}

// quoted is a word that is none of some names, all of which are shown.
func quoted(what, word string, names []string) string {
	text := what + " \"" + word + "\" is none of " + strings.Join(names, ", ")
	if meant := words.Meant(word, names, 1); meant != "" {
		text += "; " + meant
	}
	return text
}

// labels looks for what in the labels of a tool has no meaning.
func (s *survey) labels(t scaler.WorldTool, place string) {
	for _, text := range []string{unlike("its kind", t.Kind, Kinds), unlike("its tier", t.Tier, tiers)} {
		if text != "" {
			s.grave(place, "%s", text)
		}
	}
	for _, b := range t.Binds {
		if text := unlike("the role", b.Role, Roles); text != "" {
			s.grave(place, "its parameter %s is bound, but %s", b.Param, text)
		}
		if text := unlike("the op", b.Op, ops); text != "" && b.Op != "" {
			s.minor(place, "its parameter %s is bound, but %s", b.Param, text)
		}
	}
}

// format finds a format that is spelled wrong. One that nobody knows says nothing: services
// have formats of their own.
func (s *survey) format(c scaler.Column, place string) {
	if c.Format == "" || slices.Contains(formats, c.Format) {
		return
	}
	if meant := words.Meant(c.Format, formats, 1); meant != "" {
		s.minor(place, "its format %q is none that is known; %s", c.Format, meant)
	}
}

// states finds states of a table's status that its column does not have.
func (s *survey) states(t scaler.Table, place string) {
	c, _ := t.Column(t.Status.Column)
	var known []string
	for _, e := range c.Enum {
		if v, err := pyjson.Parse(e); err == nil {
			known = append(known, pyjson.Bare(v))
		}
	}
	look := func(what, state string) {
		if len(known) > 0 && state != "" && !slices.Contains(known, state) {
			s.grave(place, "%s", quoted(what, state, known))
		}
	}
	look("the initial state", t.Status.Initial)
	for _, m := range t.Status.Moves {
		for _, from := range m.From {
			look("a move of "+m.Tool+" from", from)
		}
		look("a move of "+m.Tool+" to", m.To)
	}
}
