package tau1

import (
	"fmt"
	"io"
	"strings"

	"github.com/agentscaler/scaler/eval/trial"
)

// A Report is the scores of a run.
type Report struct {
	Version       string         `json:"version"` // of the checkout
	Rules         string         `json:"rules"`   // the commit whose tools and scores these are
	Split         string         `json:"split"`
	Model         string         `json:"model"`
	AgentStrategy string         `json:"agent_strategy"`
	Temperature   float64        `json:"temperature"`
	User          string         `json:"user_model"`
	UserStrategy  string         `json:"user_strategy"`
	Thoughts      bool           `json:"thoughts_apart"`
	Domains       []DomainReport `json:"domains"`
}

// A DomainReport is the scores of one domain.
type DomainReport struct {
	Domain     string         `json:"domain"`
	Tasks      int            `json:"tasks"`
	Rows       int            `json:"rows"`       // finished trials
	Unanswered int            `json:"unanswered"` // trials in no score
	Average    float64        `json:"average_reward"`
	Passes     []trial.Pass   `json:"passes"`
	Floor      float64        `json:"floor"` // what doing and saying nothing scores
	Ended      map[string]int `json:"ended"` // rows by why their conversation ended
	Calls      int            `json:"calls"` // requests to both models
	Tokens     int            `json:"tokens"`
	File       string         `json:"file"`
}

// endings lists why conversations end, in the order of reports.
var endings = []string{"user_stop", "transfer", "max_steps", "error"}

// report scores the rows and writes the result files.
func (r *Run) report(parts []part, done trial.Done[string]) (*Report, error) {
	report := &Report{
		Version: r.Checkout.Version(), Rules: Commit, Split: r.split(), Model: r.Agent.Name(), AgentStrategy: r.AgentStrategy.Name,
		Temperature: r.Temperature, User: r.User.Name(), UserStrategy: r.UserStrategy.Name, Thoughts: r.Thoughts,
	}
	for _, p := range parts {
		d := DomainReport{Domain: p.Domain.Name, Tasks: len(p.chosen), Ended: map[string]int{}, Floor: p.floor(), File: r.file(p.Env)}
		var rows []string
		var results []trial.Result
		for _, row := range done.Rows {
			if !strings.HasPrefix(row.Task, p.Domain.Name+"/") {
				continue
			}
			rows = append(rows, row.Row)
			solved, err := d.add(row.Row)
			if err != nil {
				return nil, err
			}
			results = append(results, trial.Result{Task: row.Task, Solved: solved})
		}
		for _, gap := range done.Gaps {
			if strings.HasPrefix(gap.Task, p.Domain.Name+"/") {
				d.Unanswered++
			}
		}
		if d.Rows > 0 {
			d.Average /= float64(d.Rows)
		}
		d.Passes = trial.Passes(results)
		if err := write(d.File, rows); err != nil {
			return nil, err
		}
		report.Domains = append(report.Domains, d)
	}
	return report, nil
}

// add counts a row.
func (d *DomainReport) add(text string) (solved bool, err error) {
	row, err := ReadRow(text)
	if err != nil {
		return false, err
	}
	d.Rows++
	d.Average += row.Reward
	why, _ := row.Info.Get("ended")
	d.Ended[fmt.Sprint(why)]++
	for _, u := range []usage{row.agent, row.user} {
		d.Calls += u.calls
		d.Tokens += u.tokens.Prompt + u.tokens.Completion
	}
	return row.Solved(), nil
}

// floor is the mean reward of conversations in which the agent does and says
// nothing until the user stops.
func (p part) floor() float64 {
	sum := 0.0
	for _, task := range p.chosen {
		sum += p.Start().Score(p.Tasks[task], nil).Reward
	}
	return sum / float64(max(len(p.chosen), 1))
}

// Write prints the scores as a table.
func (r *Report) Write(w io.Writer) error {
	var b strings.Builder
	version := r.Version
	if version != r.Rules {
		version += ", scored by the rules of " + r.Rules
	}
	fmt.Fprintf(&b, "tau-bench %s, split %s\n", version, r.Split)
	thoughts := ""
	if r.Thoughts {
		thoughts = ", thoughts taken out of messages"
	}
	fmt.Fprintf(&b, "agent %s (%s, temperature %g%s), user %s (%s)\n\n", r.Model, r.AgentStrategy, r.Temperature, thoughts, r.User, r.UserStrategy)
	k := 0
	for _, d := range r.Domains {
		k = max(k, len(d.Passes))
	}
	fmt.Fprintf(&b, "%-8s %5s %6s %6s", "domain", "tasks", "trials", "floor")
	for i := range k {
		fmt.Fprintf(&b, " %7s", fmt.Sprintf("pass^%d", i+1))
	}
	for i := 1; i < k; i++ {
		fmt.Fprintf(&b, " %7s", fmt.Sprintf("pass@%d", i+1))
	}
	b.WriteString("\n")
	for _, d := range r.Domains {
		d.line(&b, k)
	}
	for _, d := range r.Domains {
		d.ends(&b)
	}
	b.WriteString("\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// line prints the scores in per cent. pass@1 is pass^1.
func (d DomainReport) line(b *strings.Builder, k int) {
	fmt.Fprintf(b, "%-8s %5d %6d %6.1f", d.Domain, d.Tasks, len(d.Passes), 100*d.Floor)
	cell := func(i int, value func(trial.Pass) float64) {
		if i < len(d.Passes) {
			fmt.Fprintf(b, " %7.1f", 100*value(d.Passes[i]))
		} else {
			fmt.Fprintf(b, " %7s", "-")
		}
	}
	for i := range k {
		cell(i, func(p trial.Pass) float64 { return p.All })
	}
	for i := 1; i < k; i++ {
		cell(i, func(p trial.Pass) float64 { return p.Any })
	}
	b.WriteString("\n")
}

// ends prints what became of the conversations.
func (d DomainReport) ends(b *strings.Builder) {
	fmt.Fprintf(b, "\n%s: %d conversations", d.Domain, d.Rows)
	for _, why := range endings {
		if n := d.Ended[why]; n > 0 {
			fmt.Fprintf(b, ", %d %s", n, why)
		}
	}
	if d.Unanswered > 0 {
		fmt.Fprintf(b, "; %d trials not answered, in no score", d.Unanswered)
	}
	fmt.Fprintf(b, "; %d requests, %d tokens; %s", d.Calls, d.Tokens, d.File)
}
