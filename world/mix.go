package world

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// mix is the floor with the tools of some sheets in the place of its own.
func (k *desk) mix(sheets []*sheet) *scaler.World {
	w := *k.floor
	w.Tools, w.Rules, w.Dropped = nil, nil, slices.Clone(k.floor.Dropped)
	by := map[string]*sheet{}
	for _, s := range sheets {
		by[s.name] = s
	}
	code := programOf(k.floor.Code)
	for _, s := range k.sheets {
		if text := by[s.name]; text != nil {
			code.put(sandbox.Function(s.name), s.text.Code)
			w.Tools = append(w.Tools, s.worldTool(k.Model.Name()))
			w.Rules = append(w.Rules, s.text.Rules...)
			w.Dropped = slices.DeleteFunc(w.Dropped, func(d scaler.Dropped) bool { return d.Tool == s.tool.ID })
		} else if s.was != nil {
			w.Tools = append(w.Tools, *s.was)
			w.Rules = append(w.Rules, rulesOf(k.floor.Rules, s.name)...)
		}
	}
	if len(sheets) > 0 {
		w.Builder = "llm"
	}
	w.Code = code.String(w.Tools)
	w.ID = worldID(k.draft.domain, fmt.Sprint(k.Seed)+k.Style.id(), w.Code)
	w.Check = scaler.Check{World: w.ID}
	w.Scopes = scopesOf(k.draft.domain, w.Tools)
	for i, t := range w.Tools {
		if by[t.Name] != nil {
			w.Tools[i].Tier = tierIn(&w, t)
		}
	}
	return &w
}

// worldTool is the tool as the model wrote it.
func (s *sheet) worldTool(model string) scaler.WorldTool {
	m := s.text
	t := scaler.WorldTool{Tool: s.tool.ID, Name: s.name, Description: s.tool.Description, Parameters: s.tool.Parameters,
		Result: s.tool.Result, Method: s.tool.Method, Path: s.tool.Path, In: s.tool.In}
	if s.was != nil {
		t = *s.was
	}
	t.By, t.Effect, t.Kind, t.Table, t.Writes, t.Binds = model, m.Effect, m.Kind, m.Table, m.Writes, m.Binds
	t.Evidence = []string{"written by " + model}
	if m.Why != "" {
		t.Evidence = append(t.Evidence, "it says: "+m.Why)
	}
	return t
}

func rulesOf(rules []scaler.Rule, tool string) []scaler.Rule {
	var out []scaler.Rule
	for _, r := range rules {
		if r.Tool == tool {
			out = append(out, r)
		}
	}
	return out
}

// tierIn grades a tool by the company it keeps, as the builder grades its own.
func tierIn(w *scaler.World, t scaler.WorldTool) scaler.Tier {
	switch t.Kind {
	case scaler.Compute:
		return scaler.TierCompute
	case scaler.Event:
		return scaler.TierEvent
	}
	keyed, others := 0, 0
	for _, o := range w.Tools {
		if slices.Contains(o.Writes, t.Table) {
			return scaler.TierStateful
		}
		if o.Table == t.Table {
			others++
			for _, b := range o.Binds {
				if b.Role == roleKey && b.Table == t.Table {
					keyed++
				}
			}
		}
	}
	switch {
	case t.Table != "" && keyed > 0 && others > 1:
		return scaler.TierStateful
	case t.Kind == scaler.List || t.Kind == scaler.Aggregate:
		return scaler.TierSearch
	}
	return scaler.TierKeyed
}

// judged returns what speaks against a tool that the model wrote: findings of
// the contract and of its rules, and where the built-in tool was better.
func (k *desk) judged(s *sheet, w *scaler.World, check scaler.Check) []string {
	out := found(check, s.name)
	for _, r := range check.Rules {
		if tool, _, _ := strings.Cut(r.ID, "."); tool == s.name && strings.HasPrefix(r.Result, exempted) {
			out = append(out, fmt.Sprintf("rule %s cannot be proven: %s", r.ID, r.Result))
		}
	}
	if s.was == nil || len(out) > 0 {
		return out
	}
	now, _ := w.Tool(s.name)
	out = append(out, s.lacks(resultsOf(check, s.name), resultsOf(k.floor.Check, s.name))...)
	if worth(now.Tier) > worth(s.was.Tier) {
		out = append(out, fmt.Sprintf("the built-in code does more: its tier is %s, that of yours is %s", s.was.Tier, now.Tier))
	}
	for _, r := range rulesOf(k.floor.Rules, s.name) {
		if !slices.ContainsFunc(s.text.Rules, func(mine scaler.Rule) bool { return sameRule(mine, r) }) {
			out = append(out, fmt.Sprintf("the built-in code has a rule that yours has not: %s (kind %s, on %s.%s)", r.Text, r.Kind, r.Table, r.Column))
		}
	}
	return out
}

func sameRule(a, b scaler.Rule) bool {
	return a.Kind == b.Kind && a.Table == b.Table && a.Column == b.Column
}

func worth(t scaler.Tier) int { return strings.Index("ABCDEF", string(t)) }

func resultsOf(check scaler.Check, tool string) map[string]string {
	for _, t := range check.Tools {
		if t.Name == tool {
			return t.Results
		}
	}
	return nil
}

// lacks lists the clauses that the built-in tool meets and this one only is
// exempt from. Which clauses apply hangs on the effect: where the built-in tool
// had that wrong, they are not compared.
func (s *sheet) lacks(now, was map[string]string) []string {
	var out []string
	for _, c := range clauses {
		ofEffect := c.name == "reads_pure" || c.name == "writes_declared" || c.name == "foreign_keys" || c.name == "observable"
		if ofEffect && s.text.Effect != s.was.Effect {
			continue
		}
		if was[c.name] == passed && now[c.name] != passed {
			out = append(out, fmt.Sprintf("%s: the built-in code shows that %s; for yours it is %s", c.name, c.demands, now[c.name]))
		}
	}
	return out
}

// A programText is tools.star in its pieces: constants, helpers and tools.
type programText struct {
	names []string
	texts map[string]string
}

// pieceHead begins a piece: a function or a constant at the margin.
var pieceHead = regexp.MustCompile(`(?m)^(?:def )?([A-Za-z_][A-Za-z0-9_]*)\b`)

func programOf(code string) *programText {
	p := &programText{texts: map[string]string{}}
	heads := pieceHead.FindAllStringSubmatchIndex(code, -1)
	for i, h := range heads {
		end := len(code)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		p.put(code[h[2]:h[3]], code[h[0]:end])
	}
	return p
}

// put adds a piece or replaces the one of that name.
func (p *programText) put(name, text string) {
	if _, there := p.texts[name]; !there {
		p.names = append(p.names, name)
	}
	p.texts[name] = text
}

// String returns the program of some tools, with the helpers and constants that
// they use.
func (p *programText) String(tools []scaler.WorldTool) string {
	used := map[string]bool{}
	helper := map[string]string{}
	for _, h := range helpers {
		helper[h.name] = h.code
	}
	var use func(name string)
	use = func(name string) {
		text, ok := p.texts[name]
		if !ok {
			text, ok = helper[name]
		}
		if !ok || used[name] {
			return
		}
		used[name] = true
		for _, word := range identifiers.FindAllString(text, -1) {
			use(word)
		}
	}
	for _, t := range tools {
		use(sandbox.Function(t.Name))
	}
	var b strings.Builder
	write := func(text string) { b.WriteString(strings.TrimRight(text, "\n") + "\n\n\n") }
	for _, h := range helpers {
		if _, own := p.texts[h.name]; used[h.name] && !own {
			write(h.code)
		}
	}
	for _, name := range p.names {
		if used[name] {
			write(p.texts[name])
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

var identifiers = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`)
