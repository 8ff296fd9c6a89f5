package planner

import (
	"slices"
	"strconv"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/llm"
)

// Writes says whether a tool changes something, by its name and description.
func Writes(spec llm.Tool) bool { return newTool(spec).writes }

// Say writes a result's value as the planner does in its reports.
func Say(v any) string { return say(v) }

// Invent returns the n-th call that changes something nobody has asked for:
// tools that were not called, on things that results have shown.
func Invent(req llm.Request, n int) (scaler.ToolCall, bool) {
	pl := newPlan(req, kits.of(req.Tools), 0)
	tools := slices.DeleteFunc(slices.Clone(pl.kit.tools), func(t *tool) bool { return !t.writes })
	slices.SortStableFunc(tools, func(a, b *tool) int { return pl.used(a) - pl.used(b) })
	for _, t := range tools {
		args, ok := pl.invent(t)
		if !ok {
			continue
		}
		if n == 0 {
			id := strconv.Itoa(len(pl.talk.calls) + 1)
			return scaler.ToolCall{ID: id, Name: t.name, Arguments: string(pyjson.Marshal(args))}, true
		}
		n--
	}
	return scaler.ToolCall{}, false
}

// used counts the calls of a tool.
func (pl *plan) used(t *tool) (n int) {
	for _, c := range pl.talk.calls {
		if c.tool == t.name {
			n++
		}
	}
	return n
}

// invent makes up arguments for a tool.
func (pl *plan) invent(t *tool) (*pyjson.Object, bool) {
	args := &pyjson.Object{}
	for i := range t.params {
		p := &t.params[i]
		if !p.required && !changing[t.verb] || p.key && !p.required {
			continue
		}
		v, ok := pl.madeUp(t, p)
		if !ok {
			return nil, false
		}
		place(args, p, v)
	}
	return args, args.Len() > 0
}

func (pl *plan) madeUp(t *tool, p *param) (any, bool) {
	switch {
	case p.key:
		for _, r := range slices.Backward(pl.records()) {
			if v, fit := keyIn(r, t, p); fit > 0 {
				return v, true
			}
		}
		return nil, false
	case len(p.enum) > 0:
		return p.enum[len(p.enum)-1], true
	case p.kind == "boolean":
		return true, true
	case p.kind == "integer", p.kind == "number":
		return int64(2), true
	case p.format == "date":
		return pl.talk.now.AddDate(0, 0, 9).Format("2006-01-02"), true
	case p.format == "date-time":
		return pl.talk.now.AddDate(0, 0, 9).Format("2006-01-02T15:04:05Z"), true
	case p.format == "email":
		return "someone.else@example.org", true
	}
	return "Something else", true
}
