package author

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
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
	check, err := contract.Check(ctx, mixed, strict)
	if err != nil {
		giveUp(fresh, err)
		return ctx.Err()
	}
	for _, s := range fresh {
		s.findings = k.judged(s, check)
		if s.meets = len(s.findings) == 0; s.meets {
			s.findings = k.remarked(s, mixed, check)
		}
		s.over = len(s.findings) == 0
	}
	for _, s := range fresh {
		k.reopen(s)
	}
	return nil
}

// reopen asks once more for the tools that read what s changes, where none of
// them shows it: that may be their fault.
func (k *desk) reopen(s *sheet) {
	if s.text.Table == "" || !slices.ContainsFunc(s.findings, func(f string) bool { return strings.HasPrefix(f, "observable: ") }) {
		return
	}
	for _, r := range k.sheets {
		if !r.over || r.before != nil || r.text == nil || len(r.findings) > 0 || r.text.Effect != scaler.Read || r.text.Table != s.text.Table {
			continue
		}
		r.over, r.before = false, r.text
		r.findings = []string{fmt.Sprintf("nothing that %s changes in %s shows in an answer of a reading tool, and this is one. What the real tool shows of it has to be in the answer; where it shows nothing, answer with the same code again", s.name, r.text.Table)}
	}
}

// giveUp ends the work on tools whose code cannot even be checked: what was
// accepted before stays.
func giveUp(fresh []*sheet, err error) {
	for _, s := range fresh {
		s.over, s.findings = true, append(s.findings, err.Error())
	}
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

// settle checks the world of all accepted tools, with those that were remarked on
// and had no chance to say why they differ. Where some tool breaks the
// contract in that company, what the model wrote for it goes; where only built-in
// tools do, they go themselves. If nothing of the model's remains, or the world
// cannot be checked, it is the floor as it was.
func (k *desk) settle(ctx context.Context) (*scaler.World, error) {
	for _, s := range k.sheets {
		switch {
		case len(s.findings) > 0 && s.meets:
			s.findings = nil
		case len(s.findings) > 0 && s.before != nil:
			s.text, s.findings = s.before, nil
		}
	}
	stands := k.floor
	accepted := k.written()
	for len(accepted) > 0 {
		w := k.mix(accepted)
		check, err := contract.Check(ctx, w, strict)
		if err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			break
		}
		guilty, odd := k.guilty(accepted, check)
		if len(guilty)+len(odd) == 0 {
			w.Check = check
			return w, nil
		}
		accepted = slices.DeleteFunc(accepted, func(s *sheet) bool { return slices.Contains(guilty, s) })
		if len(guilty) == 0 {
			k.forsake(odd)
		}
	}
	return stands, ctx.Err()
}

// guilty are the accepted tools that have to go, and the built-in ones that
// have, where nothing speaks against the others: they do not fit in with what
// the model made of the database.
func (k *desk) guilty(accepted []*sheet, check scaler.Check) (written, builtIn []*sheet) {
	for _, s := range k.sheets {
		switch {
		case slices.Contains(accepted, s):
			if len(k.judged(s, check)) > 0 {
				written = append(written, s)
			}
		case s.was != nil && len(found(check, s.name)) > 0:
			builtIn = append(builtIn, s)
		}
	}
	return written, builtIn
}

// found returns what a check says against a tool and its rules.
func found(check scaler.Check, name string) []string {
	var out []string
	for _, t := range check.Tools {
		if t.Name == name {
			out = contract.Findings(t)
		}
	}
	for _, r := range rulesIn(check, name) {
		if contract.Breaks(r.Result) {
			out = append(out, fmt.Sprintf("rule %s: %s", r.ID, r.Result))
		}
	}
	return out
}

// rulesIn are the results of a tool's rules. A rule is named TOOL.NAME, and either
// may have dots: it is the rule of the longest name that fits.
func rulesIn(check scaler.Check, name string) []scaler.RuleCheck {
	var out []scaler.RuleCheck
	for _, r := range check.Rules {
		longest := ""
		for _, t := range check.Tools {
			if len(t.Name) > len(longest) && strings.HasPrefix(r.ID, t.Name+".") {
				longest = t.Name
			}
		}
		if longest == name {
			out = append(out, r)
		}
	}
	return out
}

// judged returns what speaks against a tool that the model wrote: findings of
// the contract and of its rules, and that nobody sees its effect where the
// built-in tool's can be seen.
func (k *desk) judged(s *sheet, check scaler.Check) []string {
	out := found(check, s.name)
	for _, r := range rulesIn(check, s.name) {
		if strings.HasPrefix(r.Result, contract.Exempt) {
			out = append(out, fmt.Sprintf("rule %s cannot be proven: %s; name the table and column that its refusal looks at, let no other refusal come before it, or leave the rule out of the list and of the code", r.ID, r.Result))
		}
	}
	if s.was == nil || len(out) > 0 {
		return out
	}
	return append(out, k.lacks(s, check, isObservable)...)
}

// remarked returns how a tool differs from the built-in one, which may be what
// is right: the model is told once, and its second answer counts.
func (k *desk) remarked(s *sheet, w *scaler.World, check scaler.Check) []string {
	if s.was == nil || s.told {
		return nil
	}
	s.told = true
	out := k.lacks(s, check, func(clause string) bool { return !isObservable(clause) })
	if now, _ := w.Tool(s.name); now.Table == "" && s.was.Table != "" && !k.gone[s.was.Table] {
		out = append(out, fmt.Sprintf("the built-in code works on the table %s, yours on none", s.was.Table))
	}
	assumed := slices.ContainsFunc(s.was.Evidence, func(e string) bool { return strings.HasPrefix(e, "assumed: from") })
	for _, r := range rulesOf(k.floor.Rules, s.name) {
		if assumed && r.Kind == "state" { // nobody says so: the model may know better
			continue
		}
		if k.gone[r.Table] || k.gone[r.Table+"."+r.Column] || slices.ContainsFunc(s.text.Rules, func(mine scaler.Rule) bool { return sameRule(mine, r) }) {
			continue
		}
		out = append(out, fmt.Sprintf("the built-in code has a rule that yours has not: %s (kind %s, on %s.%s)", r.Text, r.Kind, r.Table, r.Column))
	}
	if len(out) > 0 {
		out = append(out, "where the built-in code is wrong in this, answer with the same code again")
	}
	return out
}

func sameRule(a, b scaler.Rule) bool {
	return a.Kind == b.Kind && a.Table == b.Table && a.Column == b.Column
}

func resultsOf(check scaler.Check, tool string) map[string]string {
	for _, t := range check.Tools {
		if t.Name == tool {
			return t.Results
		}
	}
	return nil
}

// lacks lists those clauses that the built-in tool meets and this one only is
// exempt from. Which clauses apply hangs on the effect: where the built-in tool
// had that wrong, they are not compared.
func (k *desk) lacks(s *sheet, check scaler.Check, these func(clause string) bool) []string {
	now, was := resultsOf(check, s.name), resultsOf(k.floor.Check, s.name)
	var out []string
	for _, c := range contract.Clauses {
		ofEffect := c.Name == "reads_pure" || c.Name == "writes_declared" || c.Name == "foreign_keys" || isObservable(c.Name)
		if !these(c.Name) || ofEffect && s.text.Effect != s.was.Effect {
			continue
		}
		if was[c.Name] == contract.Pass && now[c.Name] != contract.Pass {
			out = append(out, fmt.Sprintf("%s: the built-in code shows that %s; for yours it is %s", c.Name, c.Demands, now[c.Name]))
		}
	}
	return out
}

func isObservable(clause string) bool { return clause == "observable" }
