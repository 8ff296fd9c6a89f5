package filter

import (
	"fmt"
	"strings"
)

// Limits beyond which an agent is taken to be stuck.
const (
	gram       = 5   // words of an n-gram
	enough     = 20  // n-grams from which a text can be called repetitive
	repeated   = 0.6 // share of n-grams that stood in the text before
	sameSpeech = 3   // times the agent may say the same to the word
	longSpeech = 6   // words from which that is not mere politeness
	sameCall   = 4   // times in a row that the agent may make the same call
)

// repetition drops agents that are stuck: texts and thoughts that go round in
// circles, the same speech again and again, the same call again and again.
func repetition(c *Case) Finding {
	speeches := map[string]int{}
	for i, m := range c.Rollout.Messages {
		if m.Role != "assistant" {
			continue
		}
		for _, text := range []string{m.Content, m.Reasoning} {
			words := strings.Fields(strings.ToLower(text))
			if share := repeats(words); share > repeated {
				return Finding{Repetitive, fmt.Sprintf("message %d repeats %.0f %% of its %d-grams", i, 100*share, gram)}
			}
			speech := strings.Join(words, " ")
			speeches[speech]++
			if len(words) >= longSpeech && speeches[speech] > sameSpeech {
				return Finding{Repetitive, fmt.Sprintf("message %d was said %d times before", i, sameSpeech)}
			}
		}
	}
	return loops(c)
}

// repeats returns the share of n-grams that stood earlier in the text. Short
// texts repeat nothing.
func repeats(words []string) float64 {
	total := len(words) - gram + 1
	if total < enough {
		return 0
	}
	seen := make(map[string]bool, total)
	for i := range total {
		seen[strings.Join(words[i:i+gram], " ")] = true
	}
	return float64(total-len(seen)) / float64(total)
}

func loops(c *Case) Finding {
	last, times := "", 0
	for _, m := range c.Rollout.Messages {
		for _, call := range m.ToolCalls {
			now := call.Name + call.Arguments
			if now != last {
				last, times = now, 0
			}
			if times++; times > sameCall {
				return Finding{Looping, fmt.Sprintf("%s was called more than %d times in a row with the same arguments", call.Name, sameCall)}
			}
		}
	}
	return Finding{}
}
