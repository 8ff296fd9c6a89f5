package live

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Report is how a model does in one domain.
type Report struct {
	Version string `json:"version"` // of the checkout, as it was recognised
	Edition string `json:"tasks_edition"`
	Domain  string `json:"domain"`
	Solo    bool   `json:"solo,omitempty"`
	Split   string `json:"split"`
	Agent   string `json:"agent"`
	User    string `json:"user,omitempty"`
	Judge   string `json:"judge,omitempty"` // where tasks have statements that count
	File    string `json:"file"`

	Thoughts bool `json:"thoughts_apart,omitempty"`

	Tasks  int          `json:"tasks"`
	Rows   int          `json:"simulations"`
	Reward float64      `json:"reward"` // mean over simulations
	Passes []trial.Pass `json:"passes"`
	Calls  float64      `json:"agent_calls"` // of tools by the agent, mean over simulations
	Tokens int          `json:"tokens"`      // of agent and user, as servers count them
	Floor  Floor        `json:"floor"`
	Ended  []Count      `json:"ended"`
	Parts  []Part       `json:"parts"` // of the basis of rewards
	Gaps   []trial.Gap  `json:"-"`
	Lacks  []string     `json:"unanswered,omitempty"`
}

// A Floor is what doing nothing earns: no call at all, by an agent that says
// whatever has to be said, before a judge who finds everything fulfilled.
type Floor struct {
	Solved int `json:"solved"`
	Tasks  int `json:"tasks"`
}

// A Count says how many conversations ended so.
type Count struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

// A Part says how many conversations met a component of their basis, of those
// that somebody stopped.
type Part struct {
	Basis string `json:"basis"`
	Met   int    `json:"met"`
	Of    int    `json:"of"`
}

// success is how near 1 a reward counts as solved, as officially.
const success = 1e-6

// report reads the rows of a result file.
func (r *Run) report(rows []trial.Row[string]) (*Report, error) {
	out := &Report{Version: r.Version.String(), Edition: r.Edition, Domain: r.Domain.Name, Solo: r.Domain.Solo, Split: r.Split,
		Agent: r.Agent.Name(), File: r.File(), Thoughts: r.Thoughts, Tasks: len(r.Tasks), Rows: len(rows)}
	if !r.Domain.Solo {
		out.User = r.User.Name()
	}
	if slices.ContainsFunc(r.Tasks, func(t tau2.Task) bool { return len(t.Statements()) > 0 }) {
		out.Judge = r.Judge.Name()
	}
	var results []trial.Result
	ended := map[string]int{}
	parts := map[string]*Part{}
	for _, one := range rows {
		row, err := pyjson.ParseObject([]byte(one.Row))
		if err != nil {
			return nil, fmt.Errorf("the journal's row of %s trial %d: %w", one.Task, one.Trial, err)
		}
		reward, _ := field(field(row, "reward_info"), "reward").(float64)
		results = append(results, trial.Result{Task: one.Task, Solved: reward > 1-success && reward < 1+success})
		out.Reward += reward / float64(len(rows))
		ended[pyjson.Str(field(row, "termination_reason"))]++
		calls, tokens := effort(row)
		out.Calls += float64(calls) / float64(len(rows))
		out.Tokens += tokens
		count(parts, field(field(row, "reward_info"), "reward_breakdown"))
	}
	out.Passes = trial.Passes(results)
	for name, n := range ended {
		out.Ended = append(out.Ended, Count{name, n})
	}
	slices.SortFunc(out.Ended, func(a, b Count) int { return cmp.Or(b.N-a.N, strings.Compare(a.Name, b.Name)) })
	for _, p := range parts {
		out.Parts = append(out.Parts, *p)
	}
	slices.SortFunc(out.Parts, func(a, b Part) int { return strings.Compare(a.Basis, b.Basis) })
	var err error
	out.Floor, err = r.floor()
	return out, err
}

// effort counts the agent's calls and everybody's tokens.
func effort(row *pyjson.Object) (calls, tokens int) {
	messages, _ := field(row, "messages").([]any)
	for _, m := range messages {
		if list, ok := field(m, "tool_calls").([]any); ok && field(m, "role") == tau2.Assistant {
			calls += len(list)
		}
		for _, key := range []string{"prompt_tokens", "completion_tokens"} {
			n, _ := field(field(m, "usage"), key).(int64)
			tokens += int(n)
		}
	}
	return calls, tokens
}

func count(parts map[string]*Part, breakdown any) {
	o, ok := breakdown.(*pyjson.Object)
	if !ok {
		return
	}
	for basis, v := range o.All() {
		if parts[basis] == nil {
			parts[basis] = &Part{Basis: basis}
		}
		parts[basis].Of++
		if v == 1.0 {
			parts[basis].Met++
		}
	}
}

func (r *Run) floor() (f Floor, err error) {
	for i := range r.Tasks {
		t := &r.Tasks[i]
		words := tau2.Message{Role: tau2.Assistant, Content: strings.Join(t.Communicate, "\n")}
		c := tau2.Conversation{Messages: append(t.History[:len(t.History):len(t.History)], words), Ended: tau2.UserStop, Solo: r.Domain.Solo}
		reward, err := r.World.Evaluate(tau2.NewProcess(), t, c)
		if err != nil {
			return f, fmt.Errorf("task %s: %w", t.ID, err)
		}
		f.Tasks++
		if reward.Reward > 1-success {
			f.Solved++
		}
	}
	return f, nil
}

// Reports are those of an evaluation.
type Reports []*Report

// Write prints what was scored and how, domain by domain, and a table like the
// paper's where there is more than one.
func (all Reports) Write(w io.Writer) error {
	for _, r := range all {
		if err := r.write(w); err != nil {
			return err
		}
	}
	if len(all) < 2 {
		return nil
	}
	return all.table(w)
}

func (r *Report) write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "tau2-bench %s, tasks of %s, %s split %s\n", r.Version, r.Edition, r.name(), r.Split)
	fmt.Fprintf(&b, "  agent %s%s%s", r.Agent, with(", user ", r.User), with(", judge ", r.Judge))
	if r.Thoughts {
		b.WriteString(", thoughts taken out of messages")
	}
	b.WriteString("\n")
	if r.Rows > 0 {
		r.scores(&b)
	}
	for i, g := range r.Lacks {
		if i == shownGaps {
			fmt.Fprintf(&b, "  and %d more\n", len(r.Lacks)-i)
			break
		}
		fmt.Fprintf(&b, "  not answered, and in no score: %s\n", g)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// shownGaps is how many trials without an answer are named; JSON has all.
const shownGaps = 5

func (r *Report) scores(b *strings.Builder) {
	fmt.Fprintf(b, "  reward %.4f in %d conversations; doing nothing earns %d of %d tasks (%.3f)\n",
		r.Reward, r.Rows, r.Floor.Solved, r.Floor.Tasks, float64(r.Floor.Solved)/float64(r.Floor.Tasks))
	for _, p := range r.Passes {
		fmt.Fprintf(b, "  pass^%d %.3f  pass@%d %.3f  (%d tasks, %d trials)\n", p.K, p.All, p.K, p.Any, p.Tasks, p.Trials)
	}
	fmt.Fprintf(b, "  %.1f calls of tools by the agent in a conversation, %d tokens in all\n  ended", r.Calls, r.Tokens)
	for _, c := range r.Ended {
		fmt.Fprintf(b, "  %s %d", c.Name, c.N)
	}
	b.WriteString("\n")
	for _, p := range r.Parts {
		fmt.Fprintf(b, "  %-13s met in %d of %d\n", p.Basis, p.Met, p.Of)
	}
}

func (r *Report) name() string {
	if r.Solo {
		return r.Domain + " solo"
	}
	return r.Domain
}

func with(label, text string) string {
	if text == "" {
		return ""
	}
	return label + text
}

// table has a column for each domain and a row for each k.
func (all Reports) table(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-8s", "")
	most := 0
	for _, r := range all {
		fmt.Fprintf(&b, "  %16s", r.name())
		most = max(most, len(r.Passes))
	}
	for k := range most {
		fmt.Fprintf(&b, "\npass^%-3d", k+1)
		for _, r := range all {
			if k < len(r.Passes) {
				fmt.Fprintf(&b, "  %16.1f", 100*r.Passes[k].All)
			} else {
				fmt.Fprintf(&b, "  %16s", "")
			}
		}
	}
	fmt.Fprintf(&b, "\n%-8s", "floor")
	for _, r := range all {
		fmt.Fprintf(&b, "  %16.1f", 100*float64(r.Floor.Solved)/float64(max(r.Floor.Tasks, 1)))
	}
	_, err := io.WriteString(w, b.String()+"\n")
	return err
}
