package planner

import (
	"slices"
	"strconv"

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
	maxAsked = 6  // questions in all
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
	args, lacking := pl.fill(g, nil)
	return lacking == nil && string(pyjson.Canonical(args)) == string(pyjson.Canonical(c.arguments))
}

func mayRetry(code string) bool {
	return code == "not_found" || code == "invalid_arguments" || code == "error"
}

// act calls the goal's tool, or finds out what the call lacks.
func (pl *plan) act(g goal, failed []made, from *int) (end, scaler.Message) {
	if len(pl.talk.calls) >= maxCalls {
		return end{state: lost}, scaler.Message{}
	}
	args, lacking := pl.fill(g, failed)
	if lacking != nil {
		if m, ok := pl.findOut(g.tool, lacking, g, 2); ok {
			return end{}, m
		}
		return end{state: lost, lacks: lacking}, scaler.Message{}
	}
	if m, ok := pl.narrow(g, args); ok {
		return end{}, m
	}
	for i, c := range pl.talk.calls {
		if c.tool != g.tool.name || string(pyjson.Canonical(c.arguments)) != string(pyjson.Canonical(args)) {
			continue
		}
		switch {
		case c.code != "":
			*from = max(*from, i+1)
			return end{state: denied, call: i}, scaler.Message{}
		case !g.tool.writes && !pl.wroteAfter(i):
			return end{state: reached, call: i}, scaler.Message{}
		}
	}
	return end{}, pl.call(g.tool, args)
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
	if p.key {
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
	if len(pl.talk.questions) >= maxAsked || slices.ContainsFunc(pl.talk.questions, func(q question) bool { return asksFor(q.text, p) }) {
		return scaler.Message{}, false
	}
	return scaler.Message{Content: pl.voice.question(p)}, true
}
