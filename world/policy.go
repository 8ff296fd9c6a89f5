package world

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/world/english"
)

// A Handbook is the policy of a world in its parts: what the service is, what
// it keeps, what can be asked, the rules that the code enforces, and how to answer.
type Handbook struct {
	Title, Summary string
	Keeps, Asks    []string
	Rules          []scaler.Rule
	Manner         []string
}

// handbook gathers what the draft knows, with the rules of its tools.
func (dr *draft) handbook(rules []scaler.Rule) Handbook {
	h := Handbook{Title: dr.domain.Name, Summary: dr.domain.About, Rules: rules, Manner: manner}
	for _, t := range dr.atlas.tables {
		if !t.event && dr.used(t) {
			h.Keeps = append(h.Keeps, t.sentence(dr.atlas))
		}
		if line := dr.asks(t); line != "" {
			h.Asks = append(h.Asks, line)
		}
	}
	return h
}

// manner is how an agent answers, whatever the service.
var manner = []string{
	"Do what was asked, once, and nothing beyond it.",
	"Say what you found or changed, with the names, amounts, dates and references that matter.",
	"If something cannot be found, say so plainly.",
}

// String writes the handbook as policy.md.
func (h Handbook) String() string {
	var b strings.Builder
	title := h.Title
	if title == "" {
		title = "Service"
	}
	fmt.Fprintf(&b, "# %s: handbook\n\n", english.Capital(title))
	if h.Summary != "" {
		fmt.Fprintf(&b, "%s\n\n", h.Summary)
	}
	b.WriteString("You serve the people who use this service. You look things up and make changes for them with the tools you have, and with nothing else.\n")
	section(&b, "What we keep", h.Keeps)
	section(&b, "What can be asked", h.Asks)
	section(&b, "Identification", []string{
		"Ask for the number, name or reference of what a request is about if it was not given, or find it with a search.",
		"Never guess an identifier and never make one up.",
	})
	section(&b, "Rules", append(contract.Sentences(h.Rules), "A request that a rule forbids is refused. Say which rule it breaks and change nothing."))
	section(&b, "How to answer", h.Manner)
	return b.String()
}

func section(b *strings.Builder, title string, lines []string) {
	fmt.Fprintf(b, "\n## %s\n\n", title)
	for _, line := range lines {
		b.WriteString("- " + line + "\n")
	}
}

// used says whether a tool still in the world is about the table, or a table
// of one refers to it.
func (dr *draft) used(t *table) bool {
	for _, o := range dr.ops {
		if o.table == t {
			return true
		}
	}
	return t.kept && dr.used(t.owner)
}

// sentence says what the rows of a table hold.
func (t *table) sentence(a *atlas) string {
	var says []string
	for _, c := range t.Columns {
		if c.Name == t.Key || c.Ref != "" || c.Semantic == "date.created" || c.Semantic == "date.updated" || len(says) == 6 {
			continue
		}
		says = append(says, spoken(c.Name))
	}
	text := english.Capital(spoken(t.Name))
	if len(says) > 0 {
		text += ", each with its " + and(says)
	}
	text += "."
	for _, c := range t.Columns {
		if to := a.table(c.Ref); to != nil && c.Type != "array" && to != t {
			return text + fmt.Sprintf(" %s belongs to %s.", english.Capital(article(spoken(t.Entity))), article(spoken(to.Entity)))
		}
	}
	return text
}

// deeds says in words what each kind of operation does.
var deeds = []struct {
	kind scaler.Kind
	text string
}{
	{scaler.Get, "looked up"}, {scaler.List, "searched and listed"}, {scaler.Aggregate, "counted"},
	{scaler.Create, "added"}, {scaler.Update, "changed"}, {scaler.Relate, "linked"}, {scaler.Delete, "deleted"},
}

// asks says what can be done with the rows of a table.
func (dr *draft) asks(t *table) string {
	kinds := map[scaler.Kind]bool{}
	var can []string
	for _, o := range dr.ops {
		if o.table == t {
			kinds[o.kind] = true
			if p := english.Participle(o.verb); o.kind == scaler.Transition && !strings.Contains(strings.Join(can, " "), p) {
				can = append(can, p)
			}
		}
	}
	var all []string
	for _, d := range deeds {
		if kinds[d.kind] {
			all = append(all, d.text)
		}
	}
	if all = append(all, can...); len(all) == 0 {
		return ""
	}
	return english.Capital(spoken(t.Name)) + " can be " + and(all) + "."
}

func and(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
