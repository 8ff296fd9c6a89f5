package tau1

import (
	"context"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A UserStrategy is a way of playing the user with a model, as envs/user.py has
// it. The official default is "llm".
type UserStrategy struct {
	Name  string
	class string // whose system prompt it has
	next  func(*user, context.Context) (string, error)
}

// UserStrategies lists the strategies. To add one, add a row. The official code
// also asks the model once or twice before every conversation and drops the
// answers; that is left out.
var UserStrategies = []UserStrategy{
	{"llm", "LLMUserSimulationEnv", (*user).plain},
	{"react", "ReactUserSimulationEnv", (*user).react},
	{"verify", "VerifyUserSimulationEnv", (*user).verified},
	{"reflection", "ReflectionUserSimulationEnv", (*user).reflected},
}

// How often the supervised users try.
const (
	verifyAttempts  = 3
	reflectAttempts = 2
)

// A user is the simulated user of one conversation.
type user struct {
	strategy UserStrategy
	prompts  *prompts
	ask      func(ctx context.Context, role string, messages []scaler.Message) (scaler.Message, error)
	messages []scaler.Message
}

// begin returns the user's first message.
func (u *user) begin(ctx context.Context, instruction string) (string, error) {
	system, err := u.prompts.userSystem(u.strategy.class, instruction)
	if err != nil {
		return "", err
	}
	u.messages = []scaler.Message{{Role: "system", Content: system}}
	return u.answer(ctx, u.prompts.greeting)
}

// answer returns what the user says to the agent's words.
func (u *user) answer(ctx context.Context, words string) (string, error) {
	u.messages = append(u.messages, scaler.Message{Role: "user", Content: words})
	return u.strategy.next(u, ctx)
}

// generate asks for the next message and remembers it, whatever else was shown.
func (u *user) generate(ctx context.Context, shown []scaler.Message) (string, error) {
	m, err := u.ask(ctx, "user", shown)
	if err != nil {
		return "", err
	}
	u.messages = append(u.messages, m)
	return m.Content, nil
}

func (u *user) plain(ctx context.Context) (string, error) { return u.generate(ctx, u.messages) }

// react cuts off the thought. Behind "Thought:" everything is said, the words
// "User Response:" included, as in the original.
func (u *user) react(ctx context.Context) (string, error) {
	text, err := u.generate(ctx, u.messages)
	if err != nil || strings.Contains(text, stop) {
		return strings.Repeat(stop, min(1, strings.Count(text, stop))), err
	}
	for _, mark := range []string{"Thought:", "User Response:"} {
		if strings.Contains(text, mark) {
			return behind(text, mark)
		}
	}
	return "", raise("Invalid response format: %s", text)
}

// behind is the text behind the only mark in it.
func behind(text, mark string) (string, error) {
	parts := strings.Split(text, mark)
	switch {
	case len(parts) > 2:
		return "", raise("too many values to unpack (expected 2)")
	case len(parts) < 2:
		return "", raise("not enough values to unpack (expected 2, got 1)")
	}
	return strings.TrimSpace(parts[1]), nil
}

// verified lets a supervisor judge every message. One that was never accepted is
// said in the end, but the user forgets it, as in the original.
func (u *user) verified(ctx context.Context) (string, error) {
	var m scaler.Message
	for range verifyAttempts {
		var err error
		if m, err = u.ask(ctx, "user", u.messages); err != nil {
			return "", err
		}
		// The original shows the message object, in the text that pydantic gives it.
		whole := "content=" + pyjson.Repr(m.Content) + " role='assistant' tool_calls=None function_call=None"
		ok, err := u.accepted(ctx, whole, u.messages)
		if err != nil {
			return "", err
		}
		if ok {
			u.messages = append(u.messages, m)
			break
		}
	}
	return m.Content, nil
}

// reflected lets a supervisor judge a message and, where it is not accepted,
// say another, which the model is shown as the agent's words.
func (u *user) reflected(ctx context.Context) (string, error) {
	shown := slices.Clone(u.messages)
	first, err := u.generate(ctx, shown)
	if err != nil {
		return "", err
	}
	ok, err := u.accepted(ctx, first, shown)
	for attempt := 1; err == nil && !ok && attempt < reflectAttempts; attempt++ {
		var better, again string
		if better, err = u.supervise(ctx, "reflect", first, shown); err != nil {
			break
		}
		if better, err = behind(better, "Response:"); err != nil {
			break
		}
		shown = append(shown, scaler.Message{Role: "user", Content: better})
		if again, err = u.generate(ctx, shown); err != nil {
			break
		}
		if ok, err = u.accepted(ctx, again, shown); ok {
			first = again
		}
	}
	return first, err
}

// accepted asks the supervisor whether a message will do.
func (u *user) accepted(ctx context.Context, said string, shown []scaler.Message) (bool, error) {
	verdict, err := u.supervise(ctx, "verify", said, shown)
	return strings.Contains(strings.ToLower(verdict), "true"), err
}

// supervise asks about a message with the transcript before it.
func (u *user) supervise(ctx context.Context, role, said string, shown []scaler.Message) (string, error) {
	lines := make([]string, len(shown))
	for i, m := range shown {
		lines[i] = u.label(m.Role) + ": " + m.Content
	}
	prompt := u.prompts.verify
	if role == "reflect" {
		prompt = u.prompts.reflect
	}
	text, err := u.prompts.supervise(prompt, strings.Join(lines, "\n"), said)
	if err != nil {
		return "", err
	}
	m, err := u.ask(ctx, role, []scaler.Message{{Role: "user", Content: text}})
	return m.Content, err
}

// label is what a transcript calls a role.
func (u *user) label(role string) string {
	switch role {
	case "user":
		return u.prompts.customer
	case "assistant":
		return u.prompts.agent
	}
	return strings.ToUpper(role[:1]) + role[1:]
}
