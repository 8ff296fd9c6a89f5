package contract

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// An Inspector checks a world again and again while it is mended: of a world that
// it has seen before, only tools that a change since may touch are tried again.
// The zero value has seen nothing. Rules are not tried.
type Inspector struct {
	proves bool // tries the rules too; for the first check of a world only
	shapes shapes
	world  *scaler.World        // as it was last
	found  map[string]*evidence // by tool
}

// A print stands for all that a tool's evidence depends on: itself, its code,
// its rules and the tables in its reach.
type print [sha256.Size]byte

// known returns the evidence that still holds: of tools which are what they
// were, as are the tools by which they were seen or made to succeed.
func (in *Inspector) known(w *scaler.World) map[string]*evidence {
	if in.world == nil {
		return nil
	}
	then, now := prints(in.world), prints(w)
	changed := func(tool string) bool { p, ok := now[tool]; return !ok || p != then[tool] }
	out := map[string]*evidence{}
	for tool, e := range in.found {
		if e.Broken == "" && !changed(tool) && !slices.ContainsFunc(e.leansOn(), changed) {
			out[tool] = e
		}
	}
	return out
}

func (in *Inspector) remember(w *scaler.World, probes []*probe) {
	in.world, in.found = w, map[string]*evidence{}
	for _, p := range probes {
		in.found[p.Tool.Name] = p.evidence
	}
}

// leansOn lists the other tools whose calls are part of the evidence.
func (e *evidence) leansOn() []string {
	var out []string
	for _, s := range e.Seen {
		if s.By != "" {
			out = append(out, s.By)
		}
	}
	for _, i := range e.Good {
		for _, c := range e.Trials[i].calls {
			out = append(out, c.Tool)
		}
	}
	return out
}

// prints returns the print of every tool.
func prints(w *scaler.World) map[string]print {
	code, tables := segments(w.Code), tablePrints(w)
	rules := map[string][]scaler.Rule{}
	for _, r := range w.Rules {
		rules[r.Tool] = append(rules[r.Tool], r)
	}
	out := map[string]print{}
	for _, t := range w.Tools {
		h := sha256.New()
		text, _ := json.Marshal([]any{w.Seed, w.Now, t, rules[t.Name]})
		h.Write(text)
		named := map[string]bool{}
		code.walk(sandbox.Function(t.Name), named, func(text string) { h.Write([]byte(text)) })
		named[t.Table] = true
		for _, table := range reach(w.Schema, t, named) {
			p := tables[table]
			h.Write(p[:])
		}
		out[t.Name] = print(h.Sum(nil))
	}
	return out
}

func tablePrints(w *scaler.World) map[string]print {
	rows := map[string][]scaler.Row{}
	for _, r := range w.Rows {
		rows[r.Table] = append(rows[r.Table], r)
	}
	out := map[string]print{}
	for _, t := range w.Schema.Tables {
		h := sha256.New()
		text, _ := json.Marshal(t)
		h.Write(text)
		for _, r := range rows[t.Name] {
			h.Write(r.Value)
		}
		out[t.Name] = print(h.Sum(nil))
	}
	return out
}

// reach lists the tables whose rows a tool may meet: those that its code and
// parameters name, what they refer to, and what refers to them.
func reach(s scaler.Schema, t scaler.WorldTool, named map[string]bool) []string {
	for _, b := range t.Binds {
		named[b.Table] = true
	}
	near := map[string]bool{}
	for _, table := range s.Tables {
		if named[table.Name] {
			near[table.Name] = true
		}
		for _, c := range table.Columns {
			if named[table.Name] {
				near[c.Ref] = true
			}
			if c.Ref != "" && named[c.Ref] {
				near[table.Name] = true
			}
		}
	}
	var out []string
	for _, table := range s.Tables {
		if near[table.Name] {
			out = append(out, table.Name)
		}
	}
	return out
}

// A segment is a function or a constant of a program, with the names in it.
type segment struct {
	text  string
	names []string
}

type segmented map[string]segment

// segments cuts a program at the lines that begin with a name.
func segments(code string) segmented {
	out := segmented{}
	start := 0
	for i := range code {
		begins := i > 0 && code[i-1] == '\n' && (code[i] == '_' || unicode.IsLetter(rune(code[i])))
		if begins {
			out.put(code[start:i])
			start = i
		}
	}
	out.put(code[start:])
	return out
}

func (s segmented) put(text string) {
	names := strings.FieldsFunc(text, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	switch {
	case len(names) > 1 && names[0] == "def":
		s[names[1]] = segment{text, names}
	case len(names) > 0:
		s[names[0]] = segment{text, names}
	}
}

// names are those in the code of a tool and in what it uses.
func (s segmented) names(t scaler.WorldTool) map[string]bool {
	named := map[string]bool{}
	s.walk(sandbox.Function(t.Name), named, func(string) {})
	return named
}

// walk visits a segment and those that it uses, and gathers the names in them.
func (s segmented) walk(name string, named map[string]bool, visit func(text string)) {
	visit(s[name].text)
	for _, used := range s[name].names {
		if _, ok := s[used]; ok && used != name && !named[used] {
			named[used] = true
			s.walk(used, named, visit)
		}
		named[used] = true
	}
}
