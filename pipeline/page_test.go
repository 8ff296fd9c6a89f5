package pipeline_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/sandbox"
)

// What a page shows at most; it says what it leaves out.
const (
	pageTables  = 16
	pageTools   = 40
	pageRows    = 8
	pageRefused = 8
	pageText    = 900
)

// page writes a world down for a person to read: what its tables hold, what
// its tools do when called, what they refuse, and the handbook.
func page(t *testing.T, source string, w *scaler.World) []byte {
	t.Helper()
	env, err := pipeline.OpenWorld(w)
	if err != nil {
		t.Fatal(err)
	}
	defer env.Close()
	p := &pageWriter{t: t, w: w, env: env}
	p.put("# %s\n\n%s\n\nSource %s, world %s. %d tools, %d left out, %d tables, %d rows. The clock stands at %s.\n",
		w.Name, w.Summary, source, w.ID, len(w.Tools), len(w.Dropped), len(w.Schema.Tables), len(w.Rows), w.Now)
	p.tables()
	p.tools()
	p.refusals()
	p.put("\n## Handbook\n\n%s\n", w.Policy)
	return p.Bytes()
}

type pageWriter struct {
	bytes.Buffer
	t   *testing.T
	w   *scaler.World
	env *sandbox.World
}

func (p *pageWriter) put(format string, args ...any) { fmt.Fprintf(p, format, args...) }

func (p *pageWriter) tables() {
	rows := map[string][]scaler.Row{}
	for _, r := range p.w.Rows {
		rows[r.Table] = append(rows[r.Table], r)
	}
	for i, table := range p.w.Schema.Tables {
		if i == pageTables {
			p.put("\n## %d further tables are left out of this page\n", len(p.w.Schema.Tables)-i)
			return
		}
		p.put("\n## Table %s (%d rows, key %s)\n\n", table.Name, len(rows[table.Name]), table.Key)
		for _, c := range table.Columns {
			p.put("- %s\n", columnLine(c))
		}
		p.put("\n")
		for _, r := range rows[table.Name][:min(pageRows, len(rows[table.Name]))] {
			p.put("    %s\n", cut(string(r.Value), pageText))
		}
	}
}

func columnLine(c scaler.Column) string {
	line := c.Name + ": " + c.Type
	if c.Ref != "" {
		line += ", refers to " + c.Ref
	}
	if c.Format != "" {
		line += ", " + c.Format
	}
	if len(c.Enum) > 0 {
		line += ", one of " + cut(string(bytes.Join(rawTexts(c.Enum), []byte(" "))), 120)
	}
	if c.Doc != "" {
		line += " - " + c.Doc
	}
	return line
}

func rawTexts(list []json.RawMessage) [][]byte {
	var out [][]byte
	for _, v := range list {
		out = append(out, v)
	}
	return out
}

func (p *pageWriter) tools() {
	p.put("\n## Tools\n")
	for i, tool := range p.w.Tools {
		if i == pageTools {
			p.put("\n%d further tools are left out of this page.\n", len(p.w.Tools)-i)
			break
		}
		p.put("\n### %s (tier %s, %s, %s)\n\n%s\n\nEvidence: %s\n\n", tool.Name, tool.Tier, tool.Effect, tool.Kind, cut(tool.Description, 500), strings.Join(tool.Evidence, "; "))
		s := p.session()
		check := p.checkOf(tool.Name)
		for _, c := range check.Before {
			p.call(s, c.Tool, c.Arguments)
		}
		if check.Witness != nil {
			p.call(s, tool.Name, check.Witness)
		}
	}
	for _, d := range p.w.Dropped {
		p.put("\nLeft out: %s (%s: %s)\n", d.Tool, d.Clause, d.Reason)
	}
}

func (p *pageWriter) session() *sandbox.Session {
	s, err := p.env.Start(scaler.Init{}, 1)
	if err != nil {
		p.t.Fatal(err)
	}
	return s
}

func (p *pageWriter) checkOf(tool string) scaler.ToolCheck {
	at := slices.IndexFunc(p.w.Check.Tools, func(c scaler.ToolCheck) bool { return c.Name == tool })
	if at < 0 {
		return scaler.ToolCheck{}
	}
	return p.w.Check.Tools[at]
}

func (p *pageWriter) call(s *sandbox.Session, tool string, args []byte) {
	r := s.Call(p.t.Context(), tool, args)
	if r.Err != nil {
		p.t.Fatal(r.Err)
	}
	p.put("    %s(%s)\n    -> %s\n", tool, cut(string(args), pageText), cut(r.Text, pageText))
	for _, c := range s.Diff()[:min(4, len(s.Diff()))] {
		text, _ := json.Marshal(c)
		p.put("    state: %s\n", cut(string(text), pageText/2))
	}
}

// refusals calls tools for rows that are not there, and in states that their
// rules do not allow.
func (p *pageWriter) refusals() {
	p.put("\n## Refusals\n\n")
	left := pageRefused
	for _, rule := range p.w.Rules {
		if left == 0 {
			return
		}
		tool, ok := p.w.Tool(rule.Tool)
		if !ok || rule.Kind != "state" && rule.Kind != "exists" {
			continue
		}
		if args, ok := p.breaking(tool, rule); ok {
			p.call(p.session(), tool.Name, args)
			left--
		}
	}
}

// breaking returns arguments that break a rule: those with which the tool
// succeeds, with the key of another row.
func (p *pageWriter) breaking(tool scaler.WorldTool, rule scaler.Rule) ([]byte, bool) {
	v, err := pyjson.Parse(p.checkOf(tool.Name).Witness)
	args, ok := v.(*pyjson.Object)
	at := slices.IndexFunc(tool.Binds, func(b scaler.Bind) bool { return b.Role == "key" && (rule.Table == "" || b.Table == rule.Table) })
	if err != nil || !ok || at < 0 {
		return nil, false
	}
	name := tool.Binds[at].Param
	key, ok := args.Get(name)
	if !ok {
		return nil, false
	}
	if rule.Kind == "exists" {
		args.Set(name, elsewhere(key))
		return pyjson.Marshal(args), true
	}
	for _, r := range p.w.Rows {
		row, err := pyjson.Parse(r.Value)
		o, ok := row.(*pyjson.Object)
		if err != nil || !ok || r.Table != rule.Table {
			continue
		}
		state, _ := o.Get(rule.Column)
		if text, ok := state.(string); !ok || slices.Contains(rule.Allowed, text) {
			continue
		}
		table, _ := p.w.Schema.Table(r.Table)
		if own, ok := o.Get(table.Key); ok {
			args.Set(name, own)
			return pyjson.Marshal(args), true
		}
	}
	return nil, false
}

// elsewhere is a key like the given one that no row has.
func elsewhere(key any) any {
	if _, ok := key.(int64); ok {
		return int64(98765432)
	}
	return "no-such-row"
}

func cut(text string, most int) string {
	text = strings.ReplaceAll(text, "\n", " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + " ..."
}
