package filter

import (
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
)

// validity asks for a well-formed conversation that came to an end of its own,
// and that is true: its calls, made again, answer and lead where it says.
func validity(c *Case) Finding {
	for _, check := range []func(*Case) Finding{ended, alternation, wellFormedCalls, lastWord, repetition, reproduced} {
		if found := check(c); !found.ok() {
			return found
		}
	}
	return Finding{}
}

// ended drops what was cut off.
func ended(c *Case) Finding {
	switch e := c.Rollout.Ended; e {
	case "user_stop", "agent_stop":
		return Finding{}
	case "max_turns", "max_tokens":
		return Finding{TooLong, "the conversation ended by " + e}
	default:
		return Finding{Failed, fmt.Sprintf("the conversation ended by %q: %s", e, c.Rollout.Error)}
	}
}

// next says which roles may follow a message. A conversation may open with a
// greeting of the agent.
func next(m *scaler.Message) []string {
	switch {
	case m == nil:
		return []string{"user", "assistant"}
	case m.Role == "user":
		return []string{"assistant"}
	case m.Role == "tool":
		return []string{"tool", "assistant"}
	case len(m.ToolCalls) > 0:
		return []string{"tool"}
	default:
		return []string{"user"}
	}
}

// alternation drops conversations whose parts do not take turns, and those in
// which somebody says nothing.
func alternation(c *Case) Finding {
	var last *scaler.Message
	for i := range c.Rollout.Messages {
		m := &c.Rollout.Messages[i]
		if allowed := next(last); !slices.Contains(allowed, m.Role) {
			return Finding{NotAlternating, fmt.Sprintf("message %d is of the %s, not of the %s", i, m.Role, strings.Join(allowed, " or "))}
		}
		if m.Role != "tool" && strings.TrimSpace(m.Content) == "" && len(m.ToolCalls) == 0 {
			return Finding{EmptyTurn, fmt.Sprintf("message %d of the %s is empty", i, m.Role)}
		}
		if m.Role != "assistant" && len(m.ToolCalls) > 0 {
			return Finding{NotAlternating, fmt.Sprintf("message %d of the %s calls tools", i, m.Role)}
		}
		last = m
	}
	if last == nil {
		return Finding{EmptyTurn, "nobody said anything"}
	}
	return Finding{}
}

// wellFormedCalls asks that every call names an offered tool, has an object of
// arguments and is answered once, in order.
func wellFormedCalls(c *Case) Finding {
	messages := c.Rollout.Messages
	for i, m := range messages {
		for j, call := range m.ToolCalls {
			at := fmt.Sprintf("message %d, call %d", i, j)
			if !slices.Contains(c.Task.Tools, call.Name) {
				return Finding{UnknownTool, fmt.Sprintf("%s: no tool %q is offered", at, call.Name)}
			}
			if !isObject(call.Arguments) {
				return Finding{MalformedCall, at + ": the arguments are not a JSON object"}
			}
			if answer := i + 1 + j; answer >= len(messages) || messages[answer].Role != "tool" || messages[answer].ToolCallID != call.ID {
				return Finding{MalformedCall, fmt.Sprintf("%s: no answer to %q", at, call.ID)}
			}
		}
		if end := i + 1 + len(m.ToolCalls); len(m.ToolCalls) > 0 && end < len(messages) && messages[end].Role == "tool" {
			return Finding{MalformedCall, fmt.Sprintf("message %d answers no call", end)}
		}
	}
	return Finding{}
}

// lastWord drops conversations in which the agent leaves the user waiting: the
// agent has to speak last, but for a user who takes their leave.
func lastWord(c *Case) Finding {
	messages := c.Rollout.Messages
	last := messages[len(messages)-1]
	if last.Role == "user" && c.Rollout.Ended == "user_stop" && len(messages) > 1 {
		last = messages[len(messages)-2]
	}
	if last.Role != "assistant" || len(last.ToolCalls) > 0 {
		return Finding{StoppedSilently, "the agent has no last word"}
	}
	return Finding{}
}

// reproduced asks that each tool answers what the conversation says it
// answered, and that the calls lead where the rollout claims.
func reproduced(c *Case) Finding {
	i := 0
	for at, m := range c.Rollout.Messages {
		if m.Role != "tool" {
			continue
		}
		if again := c.Replay.Calls[i]; m.Content != again.Text {
			return Finding{NotReproduced, fmt.Sprintf("message %d: %s answers otherwise when it is called again", at, again.Tool)}
		}
		i++
	}
	if c.Rollout.Digest != c.Replay.Digest {
		return Finding{WrongDigestClaimed, fmt.Sprintf("the calls lead to %s, not to %s", c.Replay.Digest, c.Rollout.Digest)}
	}
	return Finding{}
}
