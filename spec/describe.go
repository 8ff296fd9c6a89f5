package spec

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// describe completes a tool's description: where it is silent on what the tool
// takes or returns, the schemas say it. A text in another language stays as it is.
func describe(t *scaler.Tool) {
	text, takes, returns := t.Description, propertyNames(t.Parameters), resultNames(t.Result)
	low := strings.ToLower(text)
	if text == "" {
		text = headline(t)
	} else if t.Language != "" || len(text) > toolText*2/3 {
		return
	}
	if len(takes) > 0 && mentioned(low, takes)*2 < min(len(takes), 6) {
		text = sentence(text) + " Takes " + series(takes) + "."
	}
	if len(returns) > 0 && !saysOutput(low) && mentioned(low, returns) == 0 {
		text = sentence(text) + " Returns " + series(returns) + "."
	}
	t.Description = text
}

// headline says what a tool does in the words of its name.
func headline(t *scaler.Tool) string {
	name := words.Split(t.Name)
	if len(name) < 2 && t.Method != "" { // "get" alone says too little
		name = words.Split(operationName("", strings.ToLower(t.Method), t.Path, t.Name))
	}
	text := strings.Join(name, " ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// sentence ends a text with a full stop where it has no end.
func sentence(text string) string {
	if strings.HasSuffix(text, "…") || strings.ContainsAny(text[len(text)-1:], ".!?:") {
		return text
	}
	return text + "."
}

// mentioned counts the names a text speaks of: of one of their words, longer than
// id, at least.
func mentioned(low string, names []string) int {
	text := map[string]bool{}
	for _, w := range words.Split(low) {
		text[words.Singular(w)] = true
	}
	n := 0
	for _, name := range names {
		if slices.ContainsFunc(words.Split(name), func(w string) bool { return len(w) > 2 && text[words.Singular(w)] }) {
			n++
		}
	}
	return n
}

// saysOutput says whether a text tells that something comes back.
func saysOutput(low string) bool {
	return slices.ContainsFunc(outputWords, func(w string) bool { return strings.Contains(low, w) })
}

var outputWords = []string{"return", "retriev", "respon", "output", "result", "list ", "lists ", "get ", "gets ", "fetch", "show", "view", "read", "describe"}

func propertyNames(schema []byte) []string {
	v, _ := parseJSON(string(schema))
	o, _ := v.(*object)
	if props := o.object("properties"); props != nil {
		return props.keys
	}
	return nil
}

func resultNames(schema []byte) []string {
	v, _ := parseJSON(string(schema))
	o, _ := v.(*object)
	if items := o.object("items"); items != nil {
		o = items
	}
	if props := o.object("properties"); props != nil {
		return props.keys
	}
	return nil
}

// series lists at most six names as a person would.
func series(names []string) string {
	rest := ""
	if len(names) > 6 {
		names, rest = names[:5], " and more"
	}
	plain := make([]string, len(names))
	for i, n := range names {
		plain[i] = strings.Join(words.Split(n), " ")
	}
	if rest != "" || len(plain) == 1 {
		return strings.Join(plain, ", ") + rest
	}
	return strings.Join(plain[:len(plain)-1], ", ") + " and " + plain[len(plain)-1]
}
