package live

import (
	"cmp"
	"fmt"
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
