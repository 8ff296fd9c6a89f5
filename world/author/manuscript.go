package author

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/sandbox"
)

// A manuscript is what a model wrote for one tool.
type manuscript struct {
	Code   string            `json:"code"`
	Effect scaler.Effect     `json:"effect"`
	Kind   scaler.Kind       `json:"kind"`
	Table  string            `json:"table"`
	Writes []string          `json:"writes"`
	Binds  []scaler.Bind     `json:"binds"`
	Rules  []scaler.Rule     `json:"rules"`
	Calls  []json.RawMessage `json:"calls"`
	Why    string            `json:"why"`
}

// manuscriptSchema is the form of the answer.
var manuscriptSchema = json.RawMessage(`{"type":"object","required":["code","effect","kind"],"properties":{
	"code":{"type":"string"},"effect":{"type":"string","enum":["read","write"]},"kind":{"type":"string"},"table":{"type":"string"},
	"writes":{"type":"array","items":{"type":"string"}},
	"binds":{"type":"array","items":{"type":"object","required":["param","role"],"properties":{"param":{"type":"string"},"role":{"type":"string"},"table":{"type":"string"},"column":{"type":"string"},"op":{"type":"string"}}}},
	"rules":{"type":"array","items":{"type":"object","required":["id","kind","text"],"properties":{"id":{"type":"string"},"kind":{"type":"string"},"text":{"type":"string"},"table":{"type":"string"},"column":{"type":"string"},"allowed":{"type":"array","items":{"type":"string"}},"to":{"type":"string"}}}},
	"calls":{"type":"array","items":{"type":"object"}},
	"why":{"type":"string"}}}`)

// Bounds on what is taken from an answer.
const (
	longestCode = 32 << 10
	longestCall = 8 << 10
	mostCalls   = 4
	mostRules   = 12
	longestText = 240
)

// readManuscript reads an answer and looks at it from outside; nothing of it is
// run, or even parsed as code. It returns nil where the answer is none.
func readManuscript(r llm.Response, s *sheet, schema scaler.Schema) (*manuscript, []string) {
	m := new(manuscript)
	if err := readAnswer(r, m); err != nil {
		return nil, []string{err.Error()}
	}
	look := &reading{m: m, s: s, schema: schema}
	for _, at := range []func(*reading){(*reading).code, (*reading).labels, (*reading).binds, (*reading).rules, (*reading).calls} {
		at(look)
	}
	m.Why = line(m.Why)
	return m, look.found
}

// A reading looks at a manuscript and gathers findings.
type reading struct {
	m      *manuscript
	s      *sheet
	schema scaler.Schema
	found  []string
}

func (l *reading) find(format string, args ...any) {
	l.found = append(l.found, fmt.Sprintf(format, args...))
}

// code makes sure that the text is one function and nothing beside it: no line
// but its first begins at the margin, so that nothing runs when the file is
// loaded, and no other tool's function is touched.
func (l *reading) code() {
	head := "def " + sandbox.Function(l.s.name) + "(db, args):"
	l.m.Code = strings.TrimSpace(lineEnds.Replace(l.m.Code)) + "\n"
	if len(l.m.Code) > longestCode {
		l.find("the code is %d bytes long; at most %d are taken", len(l.m.Code), longestCode)
	}
	if !strings.HasPrefix(l.m.Code, head) {
		l.find("the code has to begin with %s", head)
	}
	n := 0
	for text := range strings.Lines(l.m.Code) {
		if n++; n > 1 && strings.TrimSpace(text) != "" && text[0] != ' ' && text[0] != '\t' {
			l.find("line %d of the code stands at the margin; everything but the first line belongs inside the function: %s", n, contract.Short(text))
			return
		}
	}
}

// lineEnds makes all that Starlark takes for the end of a line one.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// labels checks what the model says of the tool's effect, kind and tables.
func (l *reading) labels() {
	m, says := l.m, l.s.tool.Effect
	if strings.HasPrefix(l.s.tool.EffectWhy, "verb ") {
		says = scaler.Unknown // words are a guess
	}
	if m.Effect != scaler.Read && m.Effect != scaler.Write {
		l.find("effect is read or write, not %q", m.Effect)
	} else if says != scaler.Unknown && says != "" && m.Effect != says && (l.s.was == nil || m.Effect != l.s.was.Effect) {
		l.find("the specification says that it is a %s", says)
	}
	if !slices.Contains(contract.Kinds, m.Kind) {
		l.find("kind is one of %s, not %q", kindNames(), m.Kind)
	}
	if m.Effect == scaler.Read {
		m.Writes = nil
	}
	m.Writes = slices.DeleteFunc(m.Writes, func(name string) bool { return name == "" })
	for _, name := range append(slices.Clone(m.Writes), m.Table) {
		if _, ok := l.schema.Table(name); name != "" && !ok {
			l.find("there is no table %q", name)
		}
	}
}

func kindNames() string {
	names := make([]string, len(contract.Kinds))
	for i, k := range contract.Kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}

// binds leaves out what binds no parameter of the tool to anything there is.
func (l *reading) binds() {
	params := schema.Parse(l.s.parameters())
	l.m.Binds = slices.DeleteFunc(l.m.Binds, func(b scaler.Bind) bool {
		head, _, _ := strings.Cut(strings.ReplaceAll(b.Param, "[]", ""), ".")
		_, known := params.Prop(head)
		table, there := l.schema.Table(b.Table)
		return !known || !slices.Contains(contract.Roles, b.Role) || b.Table != "" && (!there || b.Column != "" && !table.Has(b.Column))
	})
}

// calls takes the calls that are said to succeed.
func (l *reading) calls() {
	params := schema.Parse(l.s.parameters())
	l.m.Calls = l.m.Calls[:min(len(l.m.Calls), mostCalls)]
	for i, raw := range l.m.Calls {
		args, err := pyjson.ParseObject(raw)
		if err != nil || len(raw) > longestCall {
			l.find("call %d is no object of at most %d bytes", i+1, longestCall)
			continue
		}
		for name := range args.All() {
			if _, known := params.Prop(name); !known {
				l.find("call %d has an argument %s, which is no parameter of the tool", i+1, contract.Short(name))
			}
		}
	}
}

// rules checks that the rules of the answer and of its code are the same, and
// that each can be a sentence of the handbook.
func (l *reading) rules() {
	if len(l.m.Rules) > mostRules {
		l.find("there are %d rules; at most %d are taken", len(l.m.Rules), mostRules)
	}
	listed := map[string]bool{}
	for i := range l.m.Rules {
		r := &l.m.Rules[i]
		r.Tool, r.Text = l.s.name, line(r.Text)
		l.rule(*r)
		listed[r.ID] = true
	}
	used := map[string]bool{}
	for _, id := range contract.RulesIn(l.m.Code) {
		if used[id] = true; !listed[id] {
			l.find("the code refuses by the rule %q, which is not listed under rules", contract.Short(id))
		}
	}
	for _, r := range l.m.Rules {
		if !used[r.ID] {
			l.find("the rule %q is listed, but the code refuses nothing by it", contract.Short(r.ID))
		}
	}
}

var ruleName = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,80}$`)

func (l *reading) rule(r scaler.Rule) {
	table, there := l.schema.Table(r.Table)
	switch known := contract.Provable(r.Kind); {
	case !strings.HasPrefix(r.ID, l.s.name+".") || !ruleName.MatchString(strings.TrimPrefix(r.ID, l.s.name)):
		l.find("the id of a rule is %s.NAME, not %q", l.s.name, contract.Short(r.ID))
	case !known:
		l.find("rule %s: its kind is exists, state, unique, stock, balance or limit, not %q", r.ID, contract.Short(r.Kind))
	case !there || !table.Has(r.Column):
		l.find("rule %s: there is no column %s.%s", r.ID, contract.Short(r.Table), contract.Short(r.Column))
	case len(r.Text) < 8 || !strings.HasSuffix(r.Text, ".") || strings.ContainsAny(r.Text[:1], "-#*>|"):
		l.find("rule %s: its text is one plain sentence of at most %d bytes that ends in a full stop", r.ID, longestText)
	}
}

// line is a text on one line, of bearable length.
func line(text string) string { return cut(oneLine(text), longestText) }

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
