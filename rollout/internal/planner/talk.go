package planner

import (
	"regexp"
	"strings"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A talk is a conversation as the planner reads it.
type talk struct {
	now       time.Time
	sentences []sentence // the user's, in order
	questions []question // the planner's own, with what the user answered
	calls     []made
	spoke     bool // a message of the user came after the last call
}

// A sentence is one sentence of the user.
type sentence struct {
	text   string
	low    string   // the text in small letters
	words  []string // stems
	values []value
	tokens []token
	turn   int   // index of the user's message
	answer bool  // said in answer to a question
	unless bool  // counts only if something before it fails
	fact   bool  // states a value, asks for nothing
	memo   *memo // what was heard in it before; nil where some of its values do not count
}

// A question is something the planner asked.
type question struct {
	text   string
	answer string
	said   []sentence
}

// A made call is one that has been answered.
type made struct {
	tool      string
	arguments *pyjson.Object
	result    any
	code      string // refusal code; empty means success
	message   string
	text      string
}

// setting marks an instruction that only gives a value.
var setting = regexp.MustCompile(`(?i)^\W*(?:make|set|have) (?:the|my|it)\b[^?]*$`)

var clock = regexp.MustCompile(`\b(20\d\d-\d\d-\d\d)(?:[ T](\d\d:\d\d))?`)

// listen reads a conversation.
func listen(messages []scaler.Message) *talk {
	t := &talk{}
	open := map[string]int{} // tool call ID -> index in t.calls
	asked := ""
	for i, m := range messages {
		switch m.Role {
		case "system":
			t.setClock(m.Content)
		case "user":
			t.hear(m.Content, i, asked)
			asked, t.spoke = "", true
		case "assistant":
			if strings.Contains(m.Content, "?") && len(m.ToolCalls) == 0 {
				asked = m.Content
			}
			for _, c := range m.ToolCalls {
				args, err := pyjson.ParseObject([]byte(c.Arguments))
				if err != nil {
					args = &pyjson.Object{}
				}
				open[c.ID] = len(t.calls)
				t.calls = append(t.calls, made{tool: c.Name, arguments: args})
				t.spoke = false
			}
		case "tool":
			if at, ok := open[m.ToolCallID]; ok {
				t.calls[at].read(m.Content)
			}
		}
	}
	return t
}

// setClock takes the first date of the instructions for today.
func (t *talk) setClock(text string) {
	if found := clock.FindStringSubmatch(text); found != nil && t.now.IsZero() {
		t.now, _ = time.Parse(time.DateOnly, found[1])
	}
}

// hear takes in one message of the user.
func (t *talk) hear(text string, turn int, asked string) {
	var said []sentence
	for _, s := range split(text) {
		said = append(said, t.sentence(s, turn, asked != ""))
	}
	t.sentences = append(t.sentences, said...)
	if asked != "" {
		t.questions = append(t.questions, question{asked, text, said})
	}
}

func (t *talk) sentence(text string, turn int, answer bool) sentence {
	s := recollect(text, t.now, answer).sentence
	s.turn = turn
	return s
}

// conditional marks what is to be done only if something before it fails.
var conditional = regexp.MustCompile(`(?i)^\W*(?:(?:and |but |or )?(?:if|should|were|had|in case|in the event|suppos\w+|assuming|when)\b[^,]*(?:n't|\bnot\b|\bno\b|cannot|impossible|no longer|\bfail|refus|reject|den(?:y|ied)|declin|turned down|out of|unable|trouble|problem|wrong|blank|nothing|already)|failing\b|otherwise\b|or else\b|alternatively\b|[\p{L}' ]{0,12}\b(?:plan b|fallback|second choice|backup)\b)`)

// stating marks a sentence that gives a value and asks for nothing.
var stating = regexp.MustCompile(`(?i)^\W*([\p{L} ]{2,30}:|(?:make|set|have) (?:the|my|it)\b[^?]*$|the|my|our|its|his|her|their|as for|for the|use|it'?s|it is|that'?s|that is)(?:\b| )`)

// read takes in a call's result.
func (m *made) read(text string) {
	m.text = text
	v, err := pyjson.Parse([]byte(text))
	if err != nil {
		m.result = text
		return
	}
	m.result = v
	o, ok := v.(*pyjson.Object)
	if !ok {
		return
	}
	e, ok := o.Get("error")
	if !ok || o.Len() != 1 {
		return
	}
	m.code = "error"
	if e, ok := e.(*pyjson.Object); ok {
		m.code, m.message = textOf(e, "code"), textOf(e, "message")
	}
}

func textOf(o *pyjson.Object, key string) string {
	v, _ := o.Get(key)
	s, _ := v.(string)
	return s
}

// split cuts a text into sentences. A full stop inside a number, an address or
// quotation marks ends none.
func split(text string) []string {
	var out []string
	quoted, start := false, 0
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case r == '"' || r == '“' || r == '”':
			quoted = !quoted
		case quoted:
		case r == '\n', (r == '.' || r == '!' || r == '?' || r == ';') && (i+1 == len(runes) || runes[i+1] == ' ' || runes[i+1] == '\n') && !abbreviated(runes[start:i]):
			out = append(out, strings.TrimSpace(string(runes[start:i+1])))
			start = i + 1
		}
	}
	out = append(out, strings.TrimSpace(string(runes[start:])))
	kept := out[:0]
	for _, s := range out {
		if strings.Trim(s, " .!?;") != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

var abbreviation = regexp.MustCompile(`(?i)(^|\s)(mr|mrs|ms|dr|st|no|nr|vs|etc|e\.g|i\.e|[A-Z])$`)

func abbreviated(before []rune) bool { return abbreviation.MatchString(string(before)) }

// nothing says whether a call found nothing.
func (m made) nothing() bool {
	items, isList := listIn(m.result)
	return m.code == "not_found" || m.code == "" && isList && len(items) == 0
}

// says whether the user has said a value.
func (t *talk) says(v any) bool {
	for _, form := range forms(v) {
		for _, s := range t.sentences {
			if s.says(strings.ToLower(form)) {
				return true
			}
		}
	}
	return false
}
