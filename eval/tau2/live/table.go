package live

import (
	"fmt"
	"io"
	"strings"
)

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
