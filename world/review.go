package world

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
	"golang.org/x/sync/errgroup"
)

// review tries what was written: each tool by itself, whether it compiles, and
// all that do together, among those of the builder.
func (k *desk) review(ctx context.Context) error {
	var ready []*sheet
	for _, s := range k.sheets {
		if !s.over && s.text != nil && len(s.findings) == 0 {
			ready = append(ready, s)
		}
	}
	if err := k.compile(ctx, ready); err != nil {
		return err
	}
	fresh := slices.DeleteFunc(k.written(), func(s *sheet) bool { return s.over })
	if len(fresh) == 0 {
		return nil
	}
	mixed := k.mix(k.written())
	check, err := CheckIn(ctx, mixed, strict)
	if err != nil {
		return errors.Join(ctx.Err(), k.giveUp(err))
	}
	for _, s := range fresh {
		if s.findings = k.judged(s, check); len(s.findings) == 0 {
			s.findings = k.remarked(s, mixed)
		}
		s.over = len(s.findings) == 0
	}
	return nil
}

// giveUp ends the work where what was written cannot even be checked: the
// built-in world stands.
func (k *desk) giveUp(err error) error {
	for _, s := range k.sheets {
		s.over, s.findings = true, append(s.findings, err.Error())
	}
	return nil
}

// written are the sheets whose code compiles and has no findings so far.
func (k *desk) written() []*sheet {
	var out []*sheet
	for _, s := range k.sheets {
		if s.text != nil && len(s.findings) == 0 {
			out = append(out, s)
		}
	}
	return out
}

// compile opens each tool's code alone, in a worker: code that does not compile
// would hide what is wrong with the others.
func (k *desk) compile(ctx context.Context, sheets []*sheet) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, s := range sheets {
		g.Go(func() error {
			alone := *k.mix([]*sheet{s})
			alone.Rows = nil
			env, err := sandbox.Open(&alone, strict)
			if err != nil {
				s.findings = append(s.findings, "compiles: "+strings.TrimPrefix(err.Error(), fmt.Sprintf("world %s: ", alone.ID)))
				return ctx.Err()
			}
			return errors.Join(env.Close(), ctx.Err())
		})
	}
	return g.Wait()
}

// settle checks the world of all accepted tools. Where some tool breaks the
// contract in that company, what the model wrote for it, or else for the tables
// it shares, goes; in the end nothing is worse than it was without the model.
func (k *desk) settle(ctx context.Context) (*scaler.World, error) {
	accepted := k.written()
	for len(accepted) > 0 {
		w := k.mix(accepted)
		check, err := CheckIn(ctx, w, strict)
		if err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			break
		}
		guilty := k.guilty(accepted, check)
		if len(guilty) == 0 {
			w.Check = check
			k.tally.add(&k.tally.tools, len(accepted))
			k.tally.add(&k.tally.kept, len(k.sheets)-len(accepted))
			return w, nil
		}
		accepted = slices.DeleteFunc(accepted, func(s *sheet) bool { return slices.Contains(guilty, s) })
	}
	k.tally.add(&k.tally.kept, len(k.sheets))
	return k.floor, ctx.Err()
}

// guilty are the accepted tools that have to go: those with findings, or where
// a built-in tool has some, those that write a table of its; where that is
// none, all.
func (k *desk) guilty(accepted []*sheet, check scaler.Check) []*sheet {
	var out []*sheet
	for _, s := range accepted {
		if len(k.judged(s, check)) > 0 {
			out = append(out, s)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, s := range k.sheets {
		if s.was == nil || slices.Contains(accepted, s) || len(found(check, s.name)) == 0 {
			continue
		}
		for _, other := range accepted {
			if slices.Contains(append(other.text.Writes, other.text.Table), s.was.Table) {
				out = append(out, other)
			}
		}
		if len(out) == 0 {
			return accepted
		}
	}
	return out
}

// found returns what a check says against a tool and its rules.
func found(check scaler.Check, name string) []string {
	var out []string
	for _, t := range check.Tools {
		if t.Name == name {
			out = Findings(t)
		}
	}
	for _, r := range check.Rules {
		if tool, _, _ := strings.Cut(r.ID, "."); tool == name && breaks(r.Result) {
			out = append(out, fmt.Sprintf("rule %s: %s", r.ID, r.Result))
		}
	}
	return out
}

// judged returns what speaks against a tool that the model wrote: findings of
// the contract and of its rules, and what the built-in tool meets and it does
// not.
func (k *desk) judged(s *sheet, check scaler.Check) []string {
	out := found(check, s.name)
	for _, r := range check.Rules {
		if tool, _, _ := strings.Cut(r.ID, "."); tool == s.name && strings.HasPrefix(r.Result, exempted) {
			out = append(out, fmt.Sprintf("rule %s cannot be proven: %s", r.ID, r.Result))
		}
	}
	if s.was == nil || len(out) > 0 {
		return out
	}
	return append(out, s.lacks(resultsOf(check, s.name), resultsOf(k.floor.Check, s.name))...)
}

// remarked returns how a tool differs from the built-in one, which may be what
// is right: the model is told once, and its second answer counts.
func (k *desk) remarked(s *sheet, w *scaler.World) []string {
	if s.was == nil || s.told {
		return nil
	}
	s.told = true
	var out []string
	if now, _ := w.Tool(s.name); worth(now.Tier) > worth(s.was.Tier) {
		out = append(out, fmt.Sprintf("the built-in code does more: its tier is %s, that of yours is %s", s.was.Tier, now.Tier))
	}
	for _, r := range rulesOf(k.floor.Rules, s.name) {
		if !slices.ContainsFunc(s.text.Rules, func(mine scaler.Rule) bool { return sameRule(mine, r) }) {
			out = append(out, fmt.Sprintf("the built-in code has a rule that yours has not: %s (kind %s, on %s.%s)", r.Text, r.Kind, r.Table, r.Column))
		}
	}
	if len(out) > 0 {
		out = append(out, "where the built-in code is wrong in this, answer with the same code again")
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
