package planner

import (
	"slices"
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/llm"
)

// A plan is what the conversation so far leads to.
type plan struct {
	kit   *kit
	talk  *talk
	goals []goal
	ends  []end
	voice voice
}

// An end is how far a goal has come.
type end struct {
	state state
	call  int    // the call that reached it, or was refused
	lacks *param // what could not be found out
}

type state int

const (
	open    state = iota
	reached       // its tool was called
	denied        // its tool refused
	lost          // what its tool needs could not be found out
	spared        // not needed: the goal before it was reached
)

const (
	maxTries = 3  // calls for one goal
	maxCalls = 30 // calls in all
	maxAsked = 10 // questions in all
)

func newPlan(req llm.Request, k *kit, seed uint64) *plan {
	pl := &plan{kit: k, talk: listen(req.Messages)}
	pl.goals = pl.kit.goals(pl.talk)
	pl.voice = voice{seed ^ req.Seed, len(req.Messages)}
	return pl
}

// next returns the next message: the first goal that is not at its end says
// what it is, and when all are, the answer.
func (pl *plan) next() scaler.Message {
	from := 0
	for _, g := range pl.goals {
		e := end{state: spared}
		if !g.unless || pl.failed() {
			var m scaler.Message
			if e, m = pl.pursue(g, &from); e.state == open {
				return m
			}
		}
		pl.ends = append(pl.ends, e)
	}
	return scaler.Message{Content: pl.answer()}
}

// failed says whether the goal before was not reached.
func (pl *plan) failed() bool {
	return len(pl.ends) > 0 && pl.ends[len(pl.ends)-1].state != reached
}

// pursue says how far a goal has come, and if it is open, what to do next. Calls
// before from belong to earlier goals.
func (pl *plan) pursue(g goal, from *int) (end, scaler.Message) {
	var failed []made
	for i := *from; i < len(pl.talk.calls); i++ {
		c := pl.talk.calls[i]
		if c.tool != g.tool.name {
			continue
		}
		if c.code == "" && pl.serves(g, c) {
			*from = i + 1
			return end{state: reached, call: i}, scaler.Message{}
		}
		if c.code != "" {
			failed = append(failed, c)
			if !mayRetry(c.code) || len(failed) == maxTries {
				*from = i + 1
				return end{state: denied, call: i}, scaler.Message{}
			}
		}
	}
	return pl.act(g, failed, from)
}

// serves says whether a call that succeeded was made for this goal: a look-up
// that an argument needed may use the same tool.
func (pl *plan) serves(g goal, c made) bool {
	if g.tool.writes {
		return true
	}
	d := pl.fill(g, nil)
	return d.lacking == nil && same(d.args, c.arguments)
}

func same(a, b *pyjson.Object) bool {
	return string(pyjson.Canonical(a)) == string(pyjson.Canonical(b))
}

func mayRetry(code string) bool {
	return code == "not_found" || code == "invalid_arguments" || code == "error"
}

// act calls the goal's tool, or finds out what the call lacks.
func (pl *plan) act(g goal, failed []made, from *int) (end, scaler.Message) {
	if len(pl.talk.calls) >= maxCalls {
		return end{state: lost}, scaler.Message{}
	}
	if m, ok := pl.doubt(); ok {
		return end{}, m
	}
	d := pl.fill(g, failed)
	for _, p := range d.weak {
		if m, ok := pl.lookUp(g.tool, p, g, true, 2); ok {
			return end{}, m
		}
	}
	if d.lacking != nil {
		if m, ok := pl.findOut(g.tool, d.lacking, g, 2); ok {
			return end{}, m
		}
		return end{state: lost, lacks: d.lacking}, scaler.Message{}
	}
	if m, ok := pl.narrow(g, d.args); ok {
		return end{}, m
	}
	if m, ok := pl.wishes(g, d.args); ok {
		return end{}, m
	}
	for i, c := range pl.talk.calls {
		if c.tool != g.tool.name || !same(c.arguments, d.args) {
			continue
		}
		switch {
		case c.code != "":
			*from = max(*from, i+1)
			return end{state: denied, call: i}, scaler.Message{}
		case g.tool.writes || !pl.wroteAfter(i): // nobody asks for the same change twice
			return end{state: reached, call: i}, scaler.Message{}
		}
	}
	return end{}, pl.call(g.tool, d.args)
}

// wishes asks, before a write, for what may be given with it: once for all.
func (pl *plan) wishes(g goal, args *pyjson.Object) (scaler.Message, bool) {
	if !g.tool.writes || len(pl.talk.questions) >= maxAsked {
		return scaler.Message{}, false
	}
	var labels []string
	for i := range g.tool.params {
		p := &g.tool.params[i]
		if p.required || control(p) || has(args, p) || pl.asked(p) {
			continue
		}
		labels = append(labels, pl.newly(g, p))
	}
	if len(labels) == 0 {
		return scaler.Message{}, false
	}
	return scaler.Message{Content: pl.voice.wishes(labels[:min(8, len(labels))])}, true
}

// newly labels what a change is to make of a thing.
func (pl *plan) newly(g goal, p *param) string {
	if changing[g.tool.verb] && !p.key {
		return "new " + p.label
	}
	return p.label
}

var changing = map[string]bool{"updat": true, "chang": true, "edit": true, "modifi": true, "set": true, "patch": true}

func has(o *pyjson.Object, p *param) bool {
	for _, s := range strings.Split(p.path, ".") {
		v, ok := o.Get(strings.TrimSuffix(s, "[]"))
		if !ok {
			return false
		}
		if list, isList := v.([]any); isList && len(list) > 0 {
			v = list[0]
		}
		if sub, isObject := v.(*pyjson.Object); isObject {
			o = sub
		}
	}
	return true
}

// doubt asks the user to check what a call just found nothing by.
func (pl *plan) doubt() (scaler.Message, bool) {
	if len(pl.talk.calls) == 0 || len(pl.talk.questions) >= maxAsked {
		return scaler.Message{}, false
	}
	c := pl.talk.calls[len(pl.talk.calls)-1]
	t := pl.kit.tool(c.tool)
	if t == nil || !c.nothing() || pl.talk.spoke || c.code == "" && c.arguments.Len() > 1 {
		return scaler.Message{}, false
	}
	for i := range t.params {
		p := &t.params[i]
		v, ok := c.arguments.Get(p.path)
		if !ok || !scalar(v) || len(p.enum) > 0 || p.kind == "boolean" {
			continue
		}
		text := pyjson.Str(v)
		if c.code != "" && !strings.Contains(c.message, text) || !pl.talk.says(v) {
			continue
		}
		return scaler.Message{Content: pl.voice.check(p, say(v))}, true
	}
	return scaler.Message{}, false
}

// narrow looks up what an optional key parameter names if the clause speaks of
// it: the member in "the loans of the member Ann Lee".
func (pl *plan) narrow(g goal, args *pyjson.Object) (scaler.Message, bool) {
	for i := range g.tool.params {
		p := &g.tool.params[i]
		if _, has := args.Get(p.path); has || p.required || !p.key || !pl.speaksOf(g, p) {
			continue
		}
		if m, ok := pl.lookUp(g.tool, p, g, true, 2); ok {
			return m, true
		}
		if m, ok := pl.ask(p); ok {
			return m, true
		}
		if m, ok := pl.askForLookUp(g.tool, p); ok {
			return m, true
		}
		if m, ok := pl.lookUp(g.tool, p, g, false, 2); ok {
			return m, true
		}
	}
	return scaler.Message{}, false
}

// speaksOf says whether a goal's clause names what a key parameter is the key of.
func (pl *plan) speaksOf(g goal, p *param) bool {
	e := p.entity(g.tool)
	head := e[len(e)-1]
	return !slices.Contains(g.tool.nouns, head) && slices.Contains(g.clause.words, head)
}

func (pl *plan) wroteAfter(i int) bool {
	return slices.ContainsFunc(pl.talk.calls[i+1:], func(c made) bool {
		t := pl.kit.tool(c.tool)
		return t != nil && t.writes && c.code == ""
	})
}

// call is a message that calls one tool.
func (pl *plan) call(t *tool, args *pyjson.Object) scaler.Message {
	id := "call_" + strconv.Itoa(len(pl.talk.calls)+1)
	return scaler.Message{ToolCalls: []scaler.ToolCall{{ID: id, Name: t.name, Arguments: string(pyjson.Marshal(args))}}}
}

// findOut takes the next step towards a parameter's value: a look-up by what
// the user has said, a question, any look-up, a question that helps one.
func (pl *plan) findOut(t *tool, p *param, g goal, depth int) (scaler.Message, bool) {
	if g.again && t.writes && !p.key && !pl.askedAnew(p) && len(pl.talk.questions) < maxAsked {
		return scaler.Message{Content: pl.voice.question(p, "new ")}, true
	}
	if p.key && pl.recalls(g, p, false) {
		if m, ok := pl.lookUp(t, p, g, true, depth); ok {
			return m, true
		}
	}
	if m, ok := pl.ask(p); ok {
		return m, true
	}
	if p.key {
		if m, ok := pl.askForLookUp(t, p); ok {
			return m, true
		}
		return pl.lookUp(t, p, g, false, depth)
	}
	return scaler.Message{}, false
}

// ask asks the user for a parameter, once.
func (pl *plan) ask(p *param) (scaler.Message, bool) {
	if len(pl.talk.questions) >= maxAsked || pl.asked(p) {
		return scaler.Message{}, false
	}
	return scaler.Message{Content: pl.voice.question(p, "")}, true
}

// askedAnew says whether the user was asked for another value of a parameter.
func (pl *plan) askedAnew(p *param) bool {
	return slices.ContainsFunc(pl.talk.questions, func(q question) bool { return strings.Contains(q.text, "the new "+p.label) })
}

// asked says whether the user was asked for a parameter.
func (pl *plan) asked(p *param) bool {
	return slices.ContainsFunc(pl.talk.questions, func(q question) bool { return asksFor(q.text, p) })
}
