package author

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/docs"
	"github.com/agentscaler/scaler/internal/prompt"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/world"
)

// plainWord is how tables are called, and columnName how columns are.
var (
	plainWord  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,47}$`)
	columnName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)
)

// page is the question about one tool.
func (k *desk) page(s *sheet) prompt.CodePage {
	p := prompt.CodePage{Name: k.floor.Name, Summary: k.floor.Summary, Schema: k.schema, Rows: k.rows, Others: k.lines(s.name),
		Dialect: docs.Dialect, Helpers: helperTexts(), Kinds: kindNames(), Tool: toolPage(s)}
	if s.was != nil {
		p.Code = programOf(k.floor.Code).texts[sandbox.Function(s.name)]
	}
	for _, c := range contract.Clauses {
		p.Contract = append(p.Contract, c.Demands)
	}
	return p
}

// toolPage is a tool as its specification describes it.
func toolPage(s *sheet) prompt.ToolPage {
	p := prompt.ToolPage{Name: s.name, Function: sandbox.Function(s.name), Place: strings.TrimSpace(s.tool.Method + " " + s.tool.Path),
		Description: s.tool.Description, Parameters: string(s.parameters()), Result: string(s.tool.Result)}
	if s.tool.Effect != scaler.Unknown {
		p.Effect = string(s.tool.Effect)
	}
	return p
}

// Bounds on what the page about the whole service shows of its tools: all of
// them together, and of each description, parameters and result at least so many
// bytes.
const (
	longestTools = 128 << 10
	leastOfTool  = 1500
)

// toolPages are the tools of the world, with the longest texts cut where all of them
// would be too long. A result that another tool has too is shown once.
func (k *desk) toolPages() []prompt.ToolPage {
	out := make([]prompt.ToolPage, len(k.sheets))
	first := map[string]string{}
	var lengths []int
	for i, s := range k.sheets {
		p := toolPage(s)
		p.Description = oneLine(p.Description)
		if p.Effect == "" {
			p.Effect = string(scaler.Unknown)
		}
		if name, ok := first[p.Result]; ok && len(p.Result) > len(name)+longestText {
			p.Result = "the same as that of " + name
		} else {
			first[p.Result] = p.Name
		}
		lengths = append(lengths, len(p.Description), len(p.Parameters), len(p.Result))
		out[i] = p
	}
	most := max(fairShare(lengths, longestTools), leastOfTool)
	for i, p := range out {
		out[i].Description, out[i].Parameters, out[i].Result = marked(p.Description, most), marked(p.Parameters, most), marked(p.Result, most)
	}
	return out
}

// fairShare is how long each may be that all of them together are no longer than
// the room there is: what the short ones leave is for the long ones.
func fairShare(lengths []int, room int) int {
	slices.Sort(lengths)
	longest := 0
	for i, n := range lengths {
		if left := len(lengths) - i; n*left > room {
			return room / left
		}
		room -= n
		longest = n
	}
	return longest
}

// marked is the beginning of a text, and a word where that is not all.
func marked(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return cut(text, most) + " ... (more of it comes with the question about its code)"
}

// rowsShown is how many rows of each table a page shows, and longestRow how
// much of each.
const (
	rowsShown  = 2
	longestRow = 600
)

// shownRows are the first rows of each table, a line each.
func shownRows(s scaler.Schema, rows []scaler.Row, gone map[string]bool) string {
	seen := map[string]int{}
	var b strings.Builder
	for _, r := range rows {
		if _, ok := s.Table(r.Table); !ok || seen[r.Table] == rowsShown {
			continue
		}
		seen[r.Table]++
		fmt.Fprintf(&b, "%s: %s\n", r.Table, cut(string(lessened(r, gone).Value), longestRow))
	}
	return b.String()
}

// lines are the tools of the world but one, each in a line.
func (k *desk) lines(without string) []prompt.ToolLine {
	var out []prompt.ToolLine
	for _, s := range k.sheets {
		if s.name != without {
			out = append(out, prompt.ToolLine{Name: s.name, Effect: string(s.tool.Effect), Description: line(s.tool.Description)})
		}
	}
	return out
}

func helperTexts() string {
	var b strings.Builder
	for _, h := range world.Helpers {
		b.WriteString(h.Code + "\n")
	}
	return b.String()
}

// outlined is a schema as a person sketches it, a line for each column; columns
// that the first schema lacks may be absent from rows.
func outlined(s, first scaler.Schema) string {
	var b strings.Builder
	for _, t := range s.Tables {
		fmt.Fprintf(&b, "%s (one row is a %s), keyed by %s\n", t.Name, words.Spoken(t.Entity), t.Key)
		was, _ := first.Table(t.Name)
		for _, c := range t.Columns {
			_, there := was.Column(c.Name)
			fmt.Fprintf(&b, "    %s\n", strings.Join(noted(c, len(was.Columns) == 0 || there), ", "))
		}
		if t.Status != nil {
			for _, m := range t.Status.Moves {
				fmt.Fprintf(&b, "    %s moves %s from %s to %s\n", m.Tool, t.Status.Column, words.Either(m.From), m.To)
			}
		}
	}
	return b.String()
}

func noted(c scaler.Column, there bool) []string {
	notes := []string{c.Name + " " + c.Type}
	for _, n := range []struct{ says, what string }{{"format", c.Format}, {"about", c.Semantic}, {"refers to", c.Ref}} {
		if n.what != "" {
			notes = append(notes, n.says+" "+n.what)
		}
	}
	if len(c.Enum) > 0 {
		notes = append(notes, "one of "+cut(joined(c.Enum), longestText))
	}
	if len(c.Schema) > 0 {
		notes = append(notes, "shape "+cut(string(c.Schema), 4*longestText))
	}
	if c.Nullable {
		notes = append(notes, "may be null")
	}
	if !there {
		notes = append(notes, "maybe absent")
		if c.Doc != "" {
			notes = append(notes, "which is: "+cut(c.Doc, longestText))
		}
	}
	return notes
}

func joined(values []json.RawMessage) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return strings.Join(out, " ")
}

var handbookForm = json.RawMessage(`{"type":"object","required":["keeps","asks"],"properties":{"summary":{"type":"string"},"keeps":{"type":"array","items":{"type":"string"}},"asks":{"type":"array","items":{"type":"string"}}}}`)

// handbook asks the model for the sections that state no rule; the rules are
// those of the code, word for word. Where it writes none that can be used, they
// stay as built in.
func (k *desk) handbook(ctx context.Context, w *scaler.World) world.Handbook {
	rules := w.Rules
	h := k.base.Handbook(rules)
	var tables []string
	for _, t := range w.Schema.Tables {
		tables = append(tables, t.Name)
	}
	page := prompt.PolicyPage{Name: k.floor.Name, Summary: k.floor.Summary, Tables: strings.Join(tables, ", "), Rules: contract.Sentences(rules), Keeps: h.Keeps, Asks: h.Asks, Tools: k.lines("")}
	var t talk
	t.say(page.String())
	for range k.repairs() + 1 {
		r, err := k.hear(ctx, &t, handbookForm, llm.Purpose{Stage: "world", Item: string(k.base.Domain.ID), Role: "handbook"})
		if err != nil {
			return h
		}
		var said struct {
			Summary     string
			Keeps, Asks []string
		}
		if err := readAnswer(r, &said); err != nil {
			k.tally.add(&k.tally.senseless, 1)
			t.object([]string{err.Error()})
			continue
		}
		found := unruly(append(append([]string{said.Summary}, said.Keeps...), said.Asks...))
		keeps, asks := plainLines(said.Keeps), plainLines(said.Asks)
		if len(keeps) == 0 || len(asks) == 0 {
			found = append(found, "keeps and asks have at least one sentence each")
		}
		if len(found) == 0 {
			h.Keeps, h.Asks = keeps, asks
			if summary := line(said.Summary); summary != "" {
				h.Summary = summary
			}
			return h
		}
		t.object(found)
	}
	return h
}

// ruling are words by which a sentence states a rule.
var ruling = regexp.MustCompile(`(?i)\b(only|must|cannot|can't|may not|not allowed|forbidden|never|always|unless|required|at most|at least|no more than|limited to|refused|prohibited)\b`)

// unruly finds the sentences that state rules, which no code would enforce, and
// those that would break the page.
func unruly(texts []string) []string {
	var out []string
	for _, text := range texts {
		switch m := ruling.FindString(text); {
		case m != "":
			out = append(out, fmt.Sprintf("a sentence with the word %q states a rule, and rules are stated by the code alone; say it without: %s", m, contract.Short(text)))
		case len(text) > longestText || strings.ContainsAny(text, "\n#"):
			out = append(out, fmt.Sprintf("this is not one plain sentence, of at most %d bytes, on one line and without #: %s", longestText, contract.Short(text)))
		}
	}
	if len(texts) > 2*mostNewColumns {
		out = append(out, fmt.Sprintf("there are %d sentences; at most %d are taken", len(texts), 2*mostNewColumns))
	}
	return out
}

func plainLines(texts []string) []string {
	var out []string
	for _, text := range texts {
		if text = line(text); text != "" {
			out = append(out, text)
		}
	}
	return out
}
