package rollout

import (
	_ "embed"
	"strings"
	"text/template"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/prompt"
)

// Stop is what a user says to end a conversation. It is taken out of the text
// that is kept.
const Stop = "###STOP###"

// greeting is what the agent's side says before the user opens. It makes the
// user's side a conversation that a chat model can answer; it is not kept.
const greeting = "Hello! How can I help you today?"

//go:embed prompts/user.md
var userText string

var userTemplate = template.Must(template.New("user.md").Parse(userText))

// SystemPrompt returns what the agent of a world is told.
func SystemPrompt(w *scaler.World) string { return prompt.Agent(w) }

// userPrompt returns what the simulated user is told: the task in words, and
// none of its calls.
func userPrompt(t scaler.Task) string {
	var b strings.Builder
	err := userTemplate.Execute(&b, struct {
		Intent, Opening, Stop string
		Knows                 []scaler.Fact
	}{t.Intent, t.Opening, Stop, t.Knows})
	if err != nil {
		panic(err) // unreachable: the template is fixed, and a Builder takes everything
	}
	return strings.TrimSpace(b.String())
}
