package checkout

import (
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// Scenario is the text of a task's user scenario, as str() of the original's
// model writes it.
func Scenario(v any) string {
	persona, instructions := field(v, "persona"), field(v, "instructions")
	var lines []string
	if persona != nil {
		lines = append(lines, "Persona:", indent(pyjson.Str(persona)))
	}
	text := pyjson.Str(instructions)
	if o, ok := instructions.(*pyjson.Object); ok {
		text = structured(o)
	}
	return strings.Join(append(lines, "Instructions:", indent(text)), "\n")
}

// structured is the text of instructions that come in parts.
func structured(o *pyjson.Object) string {
	lines := []string{"Domain: " + pyjson.Str(field(o, "domain"))}
	for _, part := range []struct {
		key, title string
		may        bool
	}{
		{"reason_for_call", "Reason for call:\n", false}, {"known_info", "Known info:\n", true},
		{"unknown_info", "Unknown info:\n", true}, {"task_instructions", "Task instructions:\n", false},
	} {
		v := field(o, part.key)
		if v == nil && part.may {
			continue
		}
		lines = append(lines, part.title+indent(pyjson.Str(v)))
	}
	return strings.Join(lines, "\n")
}

func field(v any, key string) any {
	if o, ok := v.(*pyjson.Object); ok {
		v, _ := o.Get(key)
		return v
	}
	return nil
}

// indent is textwrap.indent with a tab: lines of nothing but blanks stay as they
// are.
func indent(text string) string {
	var b strings.Builder
	for text != "" {
		end := len(text)
		if i := strings.IndexAny(text, "\n\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029"); i >= 0 {
			end = i + len(breakAt(text[i:]))
		}
		line := text[:end]
		if strings.TrimSpace(line) != "" {
			b.WriteByte('\t')
		}
		b.WriteString(line)
		text = text[end:]
	}
	return b.String()
}

// breakAt is the line break that a text begins with.
func breakAt(text string) string {
	if strings.HasPrefix(text, "\r\n") {
		return text[:2]
	}
	for _, r := range text {
		return string(r)
	}
	return ""
}
