package export

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// LLaMA-Factory's ShareGPT form, as src/llamafactory/data reads it at commit
// ff6d4d1: turns alternate strictly, human or observation first and gpt or
// function_call second; the results of parallel calls are one observation.
const (
	betweenResults = "\n</tool_response>\n<tool_response>\n"
	openCalls      = "<tool_call>"
	closeCalls     = "</tool_call>"
)

// What cannot be said in that form.
var (
	errGreeting = errors.New("the agent speaks first")
	errMarks    = errors.New("a text contains the form's own marks")
)

// llamaFactory writes a row of ShareGPT. A last word of the user, to which
// nothing answers, is left out.
func llamaFactory(l Line) ([]byte, error) {
	var system string
	rest := l.Messages
	if len(rest) > 0 && rest[0].Role == "system" {
		system, rest = rest[0].Content, rest[1:]
	}
	if len(rest) > 0 && rest[0].Role != "user" {
		return nil, errGreeting
	}
	if last := len(rest) - 1; last >= 0 && rest[last].Role == "user" {
		rest = rest[:last]
	}
	turns, err := turns(rest)
	if err != nil {
		return nil, err
	}
	return pyjson.Marshal(object("id", l.ID, "conversations", turns, "system", system, "tools", toolText(l.Tools, false))), nil
}

func turns(list []Message) ([]any, error) {
	var out []any
	add := func(from, value string) { out = append(out, object("from", from, "value", value)) }
	for i := 0; i < len(list); i++ {
		m := list[i]
		if marked(m) {
			return nil, errMarks
		}
		switch {
		case m.Role == "user":
			add("human", m.Content)
		case m.Role == "assistant" && len(m.ToolCalls) > 0:
			calls, err := callText(m)
			if err != nil {
				return nil, err
			}
			add("function_call", thought(m)+calls)
		case m.Role == "assistant":
			add("gpt", thought(m)+m.Content)
		case i > 0 && list[i-1].Role == "tool":
			last := out[len(out)-1].(*pyjson.Object)
			last.Set("value", str(last, "value")+betweenResults+m.Content)
		default:
			add("observation", m.Content)
		}
	}
	return out, nil
}

// marked says whether a text of the message would be read as the form's own.
func marked(m Message) bool {
	texts := []string{m.Content, m.Reasoning}
	for _, c := range m.ToolCalls {
		texts = append(texts, c.Arguments)
	}
	return slices.ContainsFunc(texts, marks.MatchString)
}

var marks = regexp.MustCompile(`</?(tool_call|tool_response|think)>`)

func thought(m Message) string {
	if m.Reasoning == "" {
		return ""
	}
	return "<think>\n" + m.Reasoning + "\n</think>\n\n"
}

// callText writes calls as the list that the trainer's own templates render.
// Text before them is kept by wrapping the list in the marks it looks for.
func callText(m Message) (string, error) {
	var calls []any
	for _, c := range m.ToolCalls {
		arguments, err := pyjson.ParseObject([]byte(c.Arguments))
		if err != nil {
			return "", fmt.Errorf("arguments of %s: %w", c.Name, err)
		}
		calls = append(calls, object("name", c.Name, "arguments", arguments))
	}
	list := string(pyjson.Marshal(calls))
	if m.Content == "" {
		return list, nil
	}
	return m.Content + "\n" + openCalls + list + closeCalls, nil
}

var thoughtOf = regexp.MustCompile(`(?s)^<think>\n(.*?)\n</think>\n\n`)

// readLlamaFactory reads what llamaFactory wrote.
func readLlamaFactory(text []byte) (Line, error) {
	o, err := pyjson.ParseObject(text)
	if err != nil {
		return Line{}, err
	}
	l := Line{ID: str(o, "id"), Messages: []Message{{Message: scaler.Message{Role: "system", Content: str(o, "system")}}}}
	if l.Tools, err = readTools(str(o, "tools")); err != nil {
		return Line{}, err
	}
	value, _ := o.Get("conversations")
	list, _ := value.([]any)
	for i, item := range list {
		turn, ok := item.(*pyjson.Object)
		if !ok {
			return Line{}, fmt.Errorf("turn %d is not an object", i)
		}
		if err := readTurn(&l, i, str(turn, "from"), str(turn, "value")); err != nil {
			return Line{}, fmt.Errorf("turn %d: %w", i, err)
		}
	}
	if len(list) == 0 || len(list)%2 != 0 {
		return Line{}, fmt.Errorf("%d turns do not end on the agent's", len(list))
	}
	return l, nil
}

func readTurn(l *Line, i int, from, value string) error {
	asks := from == "human" || from == "observation"
	if asks != (i%2 == 0) {
		return fmt.Errorf("%s is out of turn", from)
	}
	m := scaler.Message{Role: "assistant", Content: value}
	if found := thoughtOf.FindStringSubmatch(value); !asks && found != nil {
		m.Reasoning, m.Content = found[1], value[len(found[0]):]
	}
	switch from {
	case "human":
		m.Role = "user"
	case "gpt":
	case "observation":
		for _, result := range strings.Split(value, betweenResults) {
			l.Messages = append(l.Messages, Message{Message: scaler.Message{Role: "tool", Content: result}})
		}
		return nil
	case "function_call":
		if err := readCalls(&m); err != nil {
			return err
		}
	default:
		return fmt.Errorf("nobody is called %q", from)
	}
	l.Messages = append(l.Messages, Message{Message: m, Train: m.Role == "assistant"})
	return nil
}

func readCalls(m *scaler.Message) error {
	list := m.Content
	m.Content = ""
	if before, after, marked := strings.Cut(list, "\n"+openCalls); marked {
		m.Content, list = before, strings.TrimSuffix(after, closeCalls)
	}
	value, err := pyjson.Parse([]byte(list))
	if err != nil {
		return err
	}
	calls, _ := value.([]any)
	for _, item := range calls {
		call, ok := item.(*pyjson.Object)
		if !ok {
			return fmt.Errorf("a call is not an object")
		}
		arguments, _ := call.Get("arguments")
		m.ToolCalls = append(m.ToolCalls, scaler.ToolCall{Name: str(call, "name"), Arguments: string(pyjson.Marshal(arguments))})
	}
	return nil
}

// datasetInfo registers the files with LLaMA-Factory: dataset_dir is their
// folder, dataset one of the names.
func datasetInfo(m *Manifest) map[string][]byte {
	info := &pyjson.Object{}
	for _, p := range m.Parts {
		name := "agentscaler_" + p.Config
		if p.Split == Test {
			name += "_test"
		}
		info.Set(name, object("file_name", p.Config+"-"+p.Split+".jsonl", "formatting", "sharegpt",
			"columns", object("messages", "conversations", "system", "system", "tools", "tools")))
	}
	return map[string][]byte{"llamafactory/dataset_info.json": append(pyjson.Marshal(info), '\n')}
}
