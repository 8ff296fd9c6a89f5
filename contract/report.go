package contract

import (
	"fmt"
	"io"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// Findings lists the clauses that a tool breaks, in the contract's order, with
// what was found.
func Findings(t scaler.ToolCheck) []string {
	var found []string
	for _, c := range Clauses {
		if r := t.Results[c.Name]; Breaks(r) {
			found = append(found, c.Name+": "+r)
		}
	}
	return found
}

// Trouble says what keeps a world from being worked with: a tool that breaks
// the contract, files that do not fit together. It is empty for a sound world.
func Trouble(c scaler.Check) string {
	var all []string
	for _, f := range c.Flaws {
		if !f.Minor {
			all = append(all, f.Place+": "+f.Text)
		}
	}
	for _, t := range c.Tools {
		for _, found := range Findings(t) {
			all = append(all, t.Name+": "+found)
		}
	}
	for _, r := range c.Rules {
		if Breaks(r.Result) {
			all = append(all, "rule "+r.ID+": "+r.Result)
		}
	}
	switch len(all) {
	case 0:
		return ""
	case 1:
		return all[0]
	}
	return fmt.Sprintf("%s (and %s)", all[0], words.Count(len(all)-1, "more finding"))
}

// WriteReport prints a check for people: the contract clause by clause, then
// what was found file by file and tool by tool with what to do about it, and
// last the count of tools that keep the whole contract.
func WriteReport(w io.Writer, c scaler.Check) error {
	r := &report{Check: c}
	r.totals()
	r.tools()
	r.rules()
	r.flaws("The files do not fit together:", false)
	r.flaws("Worth knowing:", true)
	_, err := io.WriteString(w, r.String())
	return err
}

// A report is the text of a check.
type report struct {
	scaler.Check
	strings.Builder
}

func (r *report) line(format string, args ...any) { fmt.Fprintf(r, format+"\n", args...) }

func (r *report) totals() {
	r.line("%s: %s\n", r.World, words.Count(len(r.Tools), "tool"))
	r.line("  %-16s %5s %5s %6s  %s", "clause", "pass", "fail", "exempt", "what it asks of a tool")
	for _, total := range r.Clauses {
		demands := ""
		if c, ok := clauseOf(total.Name); ok {
			demands = c.Demands
		}
		r.line("  %-16s %5d %5d %6d  %s", total.Name, total.Pass, total.Fail, total.Exempt, demands)
	}
}

func clauseOf(name string) (Clause, bool) {
	for _, c := range Clauses {
		if c.Name == name {
			return c, true
		}
	}
	return Clause{}, false
}

// tools prints the findings. What several tools share, such as one line that
// does not compile, is said once.
func (r *report) tools() {
	type finding struct{ clause, text string }
	var order []finding
	by := map[finding][]string{}
	sound := 0
	for _, t := range r.Tools {
		if len(Findings(t)) == 0 {
			sound++
		}
		for _, c := range Clauses {
			f := finding{c.Name, t.Results[c.Name]}
			if !Breaks(f.text) {
				continue
			}
			if by[f] == nil {
				order = append(order, f)
			}
			by[f] = append(by[f], t.Name)
		}
	}
	r.line("\n%d of %d tools keep the whole contract.", sound, len(r.Tools))
	for _, f := range order {
		c, _ := clauseOf(f.clause)
		r.line("\n  %s: %s", some(by[f]), f.clause)
		r.line("    found   %s", f.text)
		r.line("    to do   %s", c.mend(f.text))
	}
}

// rules prints how many rules the code enforces as the handbook states them,
// and those of which it does not, or nobody can tell.
func (r *report) rules() {
	if len(r.Rules) == 0 {
		return
	}
	var rest []string
	for _, rule := range r.Rules {
		if rule.Result != Pass {
			rest = append(rest, rule.ID+": "+rule.Result)
		}
	}
	r.line("\n%d of %d rules: a call that breaks it is refused by it, one that keeps it is not.", len(r.Rules)-len(rest), len(r.Rules))
	for _, text := range rest {
		r.line("  %s", text)
	}
}

// some names the first few of a list.
func some(names []string) string {
	const shown = 4
	if len(names) > shown+1 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:shown], ", "), len(names)-shown)
	}
	return strings.Join(names, ", ")
}

func (r *report) flaws(heading string, minor bool) {
	for _, f := range r.Flaws {
		if f.Minor != minor {
			continue
		}
		if heading != "" {
			r.line("\n%s", heading)
			heading = ""
		}
		r.line("  %s: %s", f.Place, f.Text)
	}
}
