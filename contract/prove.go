package contract

import (
	"context"
	"fmt"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// A rule is a sentence of the handbook and a check in the code. That the two
// agree is tried: from a call that succeeds, the state or the arguments are
// bent so that the condition no longer holds, and the call has to be refused by
// that rule; bent so that it does hold, it must not be.

// An attempt is a call with the rule's condition broken, or made to hold.
type attempt struct {
	from *sandbox.Session
	args string
	what string                  // "status is shipped"
	wide func() *sandbox.Session // the same for every row: a call may find its rows by what the checker does not know
}

// A proving says how a kind of rule is tried.
type proving struct {
	breaks func(p *probe, r scaler.Rule, t trial) []attempt
	keeps  func(p *probe, r scaler.Rule, t trial) []attempt // nil: the call that succeeded is proof enough
	every  bool                                             // each broken attempt has to be refused, not just one
}

// provings lists the kinds of rules. To add a kind, add a row.
var provings = map[string]proving{
	"exists":  {breaks: (*probe).nameless},
	"unique":  {breaks: (*probe).repeated},
	"state":   {breaks: (*probe).wrongStates, keeps: (*probe).rightStates, every: true},
	"stock":   {breaks: (*probe).spent, keeps: (*probe).plenty, every: true},
	"balance": {breaks: (*probe).extremes},
	"limit":   {breaks: (*probe).extremes},
}

// Provable says whether rules of a kind can be tried.
func Provable(kind string) bool {
	_, ok := provings[kind]
	return ok
}

// proofs tries every rule with the evidence about its tool.
func proofs(ctx context.Context, rules []scaler.Rule, probes []*probe) ([]scaler.RuleCheck, error) {
	out := make([]scaler.RuleCheck, len(rules))
	err := each(ctx, probes, func(p *probe, ctx context.Context) {
		for i, r := range rules {
			if r.Tool == p.Tool.Name {
				out[i] = scaler.RuleCheck{ID: r.ID, Result: p.prove(ctx, r)}
			}
		}
	})
	for i, r := range rules {
		if out[i].ID == "" {
			out[i] = scaler.RuleCheck{ID: r.ID, Result: exempt("its tool cannot be tried")}
		}
	}
	return out, err
}

// prove says whether the code enforces the rule, and only it.
func (p *probe) prove(ctx context.Context, r scaler.Rule) string {
	how, ok := provings[r.Kind]
	switch {
	case !ok:
		return exempt("there is no way to break a rule of this kind on purpose")
	case len(p.Good) == 0:
		return exempt(neverSucceeded)
	}
	tally := ruleTally{rule: r}
	for _, i := range p.Good {
		t := p.Trials[i]
		for _, a := range how.breaks(p, r, t) {
			result := p.attempt(ctx, a)
			if result.Refused == nil && a.wide != nil {
				a.from = a.wide()
				result = p.attempt(ctx, a)
			}
			tally.broken(a, result)
		}
		if how.keeps != nil {
			for _, a := range how.keeps(p, r, t) {
				tally.kept(a, p.attempt(ctx, a))
			}
		}
		if tally.refused > 0 {
			break
		}
	}
	return tally.verdict(how.every)
}

func (p *probe) attempt(ctx context.Context, a attempt) sandbox.Result {
	ctx, cancel := context.WithTimeout(ctx, slowest)
	defer cancel()
	return a.from.Call(ctx, p.Tool.Name, []byte(a.args))
}

// A ruleTally counts what became of the attempts at one rule.
type ruleTally struct {
	rule     scaler.Rule
	refused  int    // by the rule, where it was broken
	accepted string // what was accepted although the rule was broken
	other    string // by what else a broken attempt was refused
	wrongly  string // what the rule refused although it held
}

func (t *ruleTally) broken(a attempt, r sandbox.Result) {
	switch {
	case r.Err != nil:
	case r.Refused == nil:
		t.accepted = a.what
	case r.Refused.Rule == t.rule.ID:
		t.refused++
	case t.other == "":
		t.other = fmt.Sprintf("%s: %s", r.Refused.Code, Short(r.Refused.Message))
	}
}

func (t *ruleTally) kept(a attempt, r sandbox.Result) {
	if r.Refused != nil && r.Refused.Rule == t.rule.ID {
		t.wrongly = a.what
	}
}

func (t *ruleTally) verdict(every bool) string {
	switch {
	case t.wrongly != "":
		return fmt.Sprintf("it refuses although %s", t.wrongly)
	case t.accepted != "" && (every || t.refused == 0):
		return fmt.Sprintf("%s accepts the call although %s", t.rule.Tool, t.accepted)
	case t.refused > 0:
		return Pass
	case t.other != "":
		return exempt("other refusals come first: " + t.other)
	}
	return exempt("no call was found that breaks it")
}
