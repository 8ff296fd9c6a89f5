package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
)

// String returns the tally as a table, one line a source.
func (t *Tally) String() string { return Table(t.Report()) }

// Table returns a report of this stage, made now or read from run.json, as a
// table: what each source held, what was kept, and why the rest was not.
func Table(report scaler.Report) string {
	var rows []*row
	total := &row{source: "all"}
	for _, c := range report.Counts {
		i := strings.LastIndex(c.Name, ": ")
		if i < 0 {
			continue
		}
		source, what := c.Name[:i], c.Name[i+2:]
		if len(rows) == 0 || rows[len(rows)-1].source != source {
			rows = append(rows, &row{source: source})
		}
		rows[len(rows)-1].count(what, int(c.N))
		total.count(what, int(c.N))
	}
	var b strings.Builder
	if len(rows) > 1 {
		rows = append(rows, total)
	}
	fmt.Fprintf(&b, "%-40s %8s %8s %8s  %s\n", "source", "tools", "kept", "rejected", "why")
	for _, r := range rows {
		fmt.Fprintf(&b, "%-40s %8d %8d %8d  %s\n", short(r.source, 40), r.tools, r.kept, r.tools-r.kept, strings.Join(r.reasons(), ", "))
	}
	return b.String()
}

// A row is one line of the table.
type row struct {
	source      string
	tools, kept int
	why         []ReasonTally
}

func (r *row) count(what string, n int) {
	switch what {
	case "tools":
		r.tools += n
		return
	case "kept":
		r.kept += n
		return
	case "clones kept": // kept, so no reason
		return
	}
	what = strings.TrimPrefix(what, "rejected ")
	i := slices.IndexFunc(r.why, func(t ReasonTally) bool { return t.Reason == what })
	if i < 0 {
		i = len(r.why)
		r.why = append(r.why, ReasonTally{Reason: what})
	}
	r.why[i].N += n
}

func (r *row) reasons() []string {
	var why []string
	for _, t := range r.why {
		if t.N > 0 {
			why = append(why, fmt.Sprintf("%s %d", t.Reason, t.N))
		}
	}
	return why
}

// short returns the end of a long text, which tells paths apart.
func short(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return "…" + string(r[len(r)-n+1:])
}
