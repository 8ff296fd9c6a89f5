package rebuild

import (
	"slices"
	"sort"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/rows"
)

// A Match counts what both sides name, and what only one of them does.
type Match struct {
	Both   int `json:"both"`
	Missed int `json:"missed"` // only the official code
	Extra  int `json:"extra"`  // only the rebuilt world
}

// F1 is the harmonic mean of precision and recall; 1 where there is nothing.
func (m Match) F1() float64 {
	if all := 2*m.Both + m.Missed + m.Extra; all > 0 {
		return float64(2*m.Both) / float64(all)
	}
	return 1
}

func (m *Match) add(official, ours []string) {
	both := 0
	for _, x := range ours {
		if slices.Contains(official, x) {
			both++
		}
	}
	m.Both, m.Missed, m.Extra = m.Both+both, m.Missed+len(official)-both, m.Extra+len(ours)-both
}

func (m *Match) plus(o Match) {
	m.Both, m.Missed, m.Extra = m.Both+o.Both, m.Missed+o.Missed, m.Extra+o.Extra
}

// A Refusals counts how calls were answered: refused or not, by the official
// code and by the rebuilt world.
type Refusals struct {
	Refused int `json:"refused"` // by the official code
	Caught  int `json:"caught"`  // of these, by the world too
	Granted int `json:"granted"` // by the official code
	Let     int `json:"let"`     // of these, by the world too
}

// Balanced is the mean of the shares of refusals and of successes that the
// world foretells. A world that never refuses has one half where both occur.
func (r Refusals) Balanced() float64 {
	share := func(n, of int) float64 { return float64(n) / float64(of) }
	switch {
	case r.Refused == 0 && r.Granted == 0:
		return 1
	case r.Refused == 0:
		return share(r.Let, r.Granted)
	case r.Granted == 0:
		return share(r.Caught, r.Refused)
	}
	return (share(r.Caught, r.Refused) + share(r.Let, r.Granted)) / 2
}

// Never is the score of a world that never refuses on the same calls.
func (r Refusals) Never() float64 {
	return Refusals{Refused: r.Refused, Granted: r.Granted, Let: r.Granted}.Balanced()
}

func (r *Refusals) plus(o Refusals) {
	r.Refused, r.Caught, r.Granted, r.Let = r.Refused+o.Refused, r.Caught+o.Caught, r.Granted+o.Granted, r.Let+o.Let
}

// A Tool is what the calls of one tool came to.
type Tool struct {
	Name     string        `json:"name"`
	Calls    int           `json:"calls"`
	Official scaler.Effect `json:"official"` // write where some call changed a row
	Class    scaler.Effect `json:"class"`    // what the world says; empty where it lacks the tool
	Rows     Match         `json:"rows"`     // over the calls that the official code grants
	Fields   Match         `json:"fields"`
	Refusals Refusals      `json:"refusals"`
	Amiss    []string      `json:"amiss,omitempty"` // what went amiss most, with how often
}

// A Score is a rebuilt world beside the official code.
type Score struct {
	Tools    []Tool   `json:"tools"`
	Classes  int      `json:"classes"` // tools whose class is right
	Rows     Match    `json:"rows"`
	Fields   Match    `json:"fields"`
	Refusals Refusals `json:"refusals"`
}

func total(tools map[string]*Tool) Score {
	var s Score
	for _, t := range tools {
		s.Tools = append(s.Tools, *t)
	}
	sort.Slice(s.Tools, func(i, j int) bool { return s.Tools[i].Name < s.Tools[j].Name })
	for _, t := range s.Tools {
		if t.Class == t.Official {
			s.Classes++
		}
		s.Rows.plus(t.Rows)
		s.Fields.plus(t.Fields)
		s.Refusals.plus(t.Refusals)
	}
	return s
}

// align gives rows that were not there before names that both sides share: the
// key of a new row is nobody's to foresee.
func align(before official, e effect) (rows, fields []string) {
	for _, c := range e.fields {
		fields = append(fields, settled(before, c))
	}
	for _, path := range e.rows {
		table, key, _ := strings.Cut(path, "/")
		if _, ok := before.Row(table, key); !ok {
			path = table + "/+"
		}
		rows = append(rows, path)
	}
	return number(rows), number(fields)
}

// settled is a changed field as text, with "+" for the key of what is new.
func settled(before official, c rows.Change) string {
	names := strings.Split(c.Path, "/")
	row, ok := before.Row(names[0], names[1])
	if !ok {
		return names[0] + "/+ " + c.Op
	}
	s := spot{[]string{names[1]}, []any{row}}
	for i, name := range names[2:] {
		v, ok := member(s.value(), unescape(name))
		if !ok && c.Op == "set" && keyed(s.value()) {
			names[2+i] = "+"
			break
		}
		s = s.into(name, v)
	}
	return strings.Join(names, "/") + " " + c.Op
}

var unescape = strings.NewReplacer("~1", "/", "~0", "~").Replace

// keyed says whether an object holds rows by their keys.
func keyed(v any) bool {
	n := 0
	for _, x := range members(v) {
		if !nests(x) {
			return false
		}
		n++
	}
	return n > 0
}

// nests says whether a value holds others.
func nests(v any) bool {
	for range members(v) {
		return true
	}
	return false
}

// number tells equal names apart: the second new row is another one.
func number(names []string) []string {
	seen := map[string]int{}
	out := make([]string, len(names))
	for i, name := range names {
		if seen[name]++; seen[name] > 1 {
			name += strings.Repeat("'", seen[name]-1)
		}
		out[i] = name
	}
	return out
}
