package contract

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	scaler "github.com/agentscaler/scaler"
)

// Flaws lists what in a world's files does not fit together: names that nothing
// has, rows that their table does not allow, rules that stand in one file and
// not in another. They are what is easily got wrong by hand; no call is made.
func Flaws(w *scaler.World) []scaler.Flaw {
	s := &survey{w: w}
	for _, look := range []func(*survey){
		(*survey).header, (*survey).tables, (*survey).rows, (*survey).tools, (*survey).rules, (*survey).handbook,
	} {
		look(s)
	}
	return s.found
}

// A survey goes through the files of a world and gathers flaws.
type survey struct {
	w     *scaler.World
	found []scaler.Flaw
}

func (s *survey) grave(place, format string, args ...any) {
	s.found = append(s.found, scaler.Flaw{Place: place, Text: fmt.Sprintf(format, args...)})
}

func (s *survey) minor(place, format string, args ...any) {
	s.found = append(s.found, scaler.Flaw{Place: place, Text: fmt.Sprintf(format, args...), Minor: true})
}

func (s *survey) header() {
	if _, err := time.Parse(time.RFC3339, s.w.Now); err != nil {
		s.grave("world.json: now", "%q is no time such as 2026-03-02T09:00:00Z", s.w.Now)
	}
	for i, scope := range s.w.Scopes {
		for _, name := range scope {
			if _, ok := s.w.Tool(name); !ok {
				s.grave(fmt.Sprintf("world.json: scopes[%d]", i), "names the tool %q, which is not there", name)
			}
		}
	}
}

func (s *survey) tables() {
	seen := map[string]bool{}
	for _, t := range s.w.Schema.Tables {
		place := "schema.json: " + t.Name
		if seen[t.Name] {
			s.grave(place, "two tables have this name")
		}
		seen[t.Name] = true
		if _, ok := t.Column(t.Key); !ok {
			s.grave(place, "its key %q is none of its columns", t.Key)
		}
		s.columns(t, place)
		s.status(t, place)
	}
}

func (s *survey) columns(t scaler.Table, place string) {
	seen := map[string]bool{}
	for _, c := range t.Columns {
		at := place + "." + c.Name
		if seen[c.Name] {
			s.grave(at, "two columns have this name")
		}
		seen[c.Name] = true
		if text := unlike("its type", c.Type, columnTypes); text != "" {
			s.grave(at, "%s", text)
		}
		s.format(c, at)
		if _, ok := s.w.Schema.Table(c.Ref); c.Ref != "" && !ok {
			s.grave(at, "refers to the table %q, which is not there", c.Ref)
		}
	}
}

func (s *survey) status(t scaler.Table, place string) {
	if t.Status == nil {
		return
	}
	if _, ok := t.Column(t.Status.Column); !ok {
		s.grave(place+".status", "its column %q is not there", t.Status.Column)
	}
	s.states(t, place+".status")
	for _, m := range t.Status.Moves {
		if _, ok := s.w.Tool(m.Tool); !ok {
			s.minor(place+".status", "a move names the tool %q, which is not there", m.Tool)
		}
	}
}

func (s *survey) tools() {
	seen := map[string]bool{}
	var shapes shapes
	for _, t := range s.w.Tools {
		place := "world.json: " + t.Name
		if seen[t.Name] {
			s.grave(place, "two tools have this name")
		}
		seen[t.Name] = true
		if t.Effect != scaler.Read && t.Effect != scaler.Write {
			s.grave(place, "its effect is read or write, not %q", t.Effect)
		}
		if _, why := shapes.compiled(t.Parameters); why != "" {
			s.minor(place, "its parameters are no usable JSON Schema: %s", Short(why))
		}
		s.labels(t, place)
		s.names(t, place)
	}
}

// names finds the tables and columns that a tool names and the schema lacks.
func (s *survey) names(t scaler.WorldTool, place string) {
	for _, table := range append([]string{t.Table}, t.Writes...) {
		if _, ok := s.w.Schema.Table(table); table != "" && !ok {
			s.grave(place, "names the table %q, which is not there", table)
		}
	}
	for _, b := range t.Binds {
		table, ok := s.w.Schema.Table(b.Table)
		if !ok && b.Table != "" {
			s.grave(place, "its parameter %s is bound to the table %q, which is not there", b.Param, b.Table)
			continue
		}
		if ok && b.Column != "" && !table.Has(b.Column) {
			s.minor(place, "its parameter %s is bound to %s.%s, which is not there", b.Param, b.Table, b.Column)
		}
	}
}

var ruleInCode = regexp.MustCompile(`\brule\s*=\s*"([^"]+)"`)

// RulesIn returns the ids of the rules by which code refuses, in its order.
func RulesIn(code string) []string {
	var out []string
	for _, m := range ruleInCode.FindAllStringSubmatch(code, -1) {
		out = append(out, m[1])
	}
	return out
}

// rules compares the rules of world.json with those that the code enforces.
func (s *survey) rules() {
	stated := map[string]bool{}
	for _, r := range s.w.Rules {
		stated[r.ID] = true
		if text := unlike("its kind", r.Kind, ruleKinds); text != "" {
			s.grave("world.json: rule "+r.ID, "%s", text)
		}
		if _, ok := s.w.Tool(r.Tool); !ok {
			s.grave("world.json: rule "+r.ID, "names the tool %q, which is not there", r.Tool)
		}
		if t, ok := s.w.Schema.Table(r.Table); r.Table != "" && !ok {
			s.grave("world.json: rule "+r.ID, "names the table %q, which is not there", r.Table)
		} else if r.Table != "" && r.Column != "" && !t.Has(r.Column) {
			s.minor("world.json: rule "+r.ID, "names the column %s.%s, which is not there", r.Table, r.Column)
		}
	}
	enforced, n := map[string]bool{}, 0
	for line := range strings.Lines(s.w.Code) {
		n++
		for _, id := range RulesIn(line) {
			if enforced[id] = true; !stated[id] {
				s.minor(fmt.Sprintf("tools.star:%d", n), "refuses by the rule %q, which world.json does not list", id)
			}
		}
	}
	for _, r := range s.w.Rules {
		if !enforced[r.ID] {
			s.minor("world.json: rule "+r.ID, "is refused by nowhere in tools.star")
		}
	}
}

// handbook finds rules that the policy does not state in the words of the rule.
func (s *survey) handbook() {
	said := strings.Join(strings.Fields(s.w.Policy), " ")
	for _, text := range Sentences(s.w.Rules) {
		if text != "" && !strings.Contains(said, strings.Join(strings.Fields(text), " ")) {
			s.minor("policy.md", "does not say: %s", text)
		}
	}
}

// Sentences returns the texts of the rules, each once.
func Sentences(rules []scaler.Rule) []string {
	var out []string
	seen := map[string]bool{}
	for _, r := range rules {
		if !seen[r.Text] {
			seen[r.Text] = true
			out = append(out, r.Text)
		}
	}
	return out
}
