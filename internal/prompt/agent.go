// Package prompt holds the texts that more than one stage needs: what an agent
// was told while it was playing is what a dataset says it was told.
package prompt

import (
	_ "embed"
	"strings"
	"text/template"
	"time"

	scaler "github.com/agentscaler/scaler"
)

//go:embed agent.md
var agentText string

var agent = template.Must(template.New("agent.md").Parse(agentText))

// Agent returns the system message of an agent in world w: how it works, what
// time it is, and the world's policy.
func Agent(w *scaler.World) string {
	var b strings.Builder
	err := agent.Execute(&b, struct{ Name, Now, Policy string }{w.Name, clock(w.Now), strings.TrimSpace(w.Policy)})
	if err != nil {
		panic(err) // unreachable: the template is fixed, and a Builder takes everything
	}
	return strings.TrimSpace(b.String())
}

// clock writes the world's time so that a reader knows the day of the week.
func clock(now string) string {
	t, err := time.Parse(time.RFC3339, now)
	if err != nil {
		return now
	}
	return t.UTC().Format("Monday, 2006-01-02 15:04") + " UTC"
}
