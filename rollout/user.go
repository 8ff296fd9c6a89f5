package rollout

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// ScriptedUser returns the built-in user. It reads the same text that a model in
// its place reads, opens as it is told to, tells what it knows when asked for
// it, and stops when the agent reports instead of asking. The seed varies its
// wording; phrasings 0 to 3 are sets of wordings with nothing in common, the
// third held out from the planner to measure how much it leans on words.
func ScriptedUser(seed uint64, phrasing int) llm.Model {
	return llm.Func("scripted", func(_ context.Context, req llm.Request) (llm.Response, error) {
		u, err := readPersona(req.Messages)
		if err != nil {
			return llm.Response{}, err
		}
		u.wording, u.seed = &wordings[phrasing], seed^req.Seed
		return llm.Reply(llm.Say(u.speak())), nil
	})
}

// patience is how often a user answers before giving up, and how often the same
// question is borne.
const (
	patience = 16
	repeats  = 2
)

// A persona is what the scripted user knows, and the talk as it sees it.
type persona struct {
	intent, opening string
	known           []known
	heard           []string // the agent's messages
	said            []string // its own
	several         bool     // whether the last question asks for several things
	wording         *wording
	seed            uint64
}

// A known thing is something the user can tell.
type known struct {
	label, text string
	words       []string
}

// readPersona takes apart the user's instructions and the talk.
func readPersona(messages []scaler.Message) (*persona, error) {
	if len(messages) == 0 || messages[0].Role != "system" {
		return nil, fmt.Errorf("scripted user: the first message has to be its instructions")
	}
	u := &persona{}
	for title, body := range sections(messages[0].Content) {
		switch title {
		case "What you want":
			u.intent = body
		case "How you open":
			u.opening = body
		case "What you know":
			u.known = readKnown(body)
		}
	}
	if u.opening == "" {
		return nil, fmt.Errorf("scripted user: the instructions have no part \"How you open\"")
	}
	for _, m := range messages[1:] {
		if m.Role == "assistant" {
			u.said = append(u.said, m.Content)
		} else {
			u.heard = append(u.heard, m.Content)
		}
	}
	return u, nil
}

// sections yields the parts of the instructions by their headings.
func sections(text string) map[string]string {
	parts := map[string]string{}
	for _, part := range strings.Split("\n"+text, "\n# ")[1:] {
		title, body, _ := strings.Cut(part, "\n")
		parts[strings.TrimSpace(title)] = strings.TrimSpace(body)
	}
	return parts
}

func readKnown(body string) []known {
	var out []known
	for line := range strings.Lines(body) {
		item, ok := strings.CutPrefix(strings.TrimSpace(line), "- ")
		if !ok {
			continue
		}
		label, text, _ := strings.Cut(item, ": ")
		out = append(out, known{label, text, lex.Words(label)})
	}
	return out
}

// speak returns the user's next message.
func (u *persona) speak() string {
	if len(u.said) == 0 {
		return u.opening
	}
	last := u.heard[len(u.heard)-1]
	questions := questionsIn(last)
	if len(u.said) >= patience || len(questions) == 0 || u.count(last) > repeats {
		return Stop
	}
	u.several = len(asks.Split(strings.Join(questions, " "), -1)) > 1
	if facts := u.askedFor(questions); len(facts) > 0 {
		return u.tell(facts)
	}
	for _, q := range questions {
		switch {
		case confirming.MatchString(q):
			return u.pick("yes", u.wording.yes)
		case openEnded.MatchString(q):
			return u.more()
		}
	}
	return u.pick("unknown", u.wording.unknown)
}

// count says how often the agent has said the same.
func (u *persona) count(text string) int {
	n := 0
	for _, h := range u.heard {
		if h == text {
			n++
		}
	}
	return n
}

var (
	request    = regexp.MustCompile(`(?i)\b(please (?:provide|give|tell|share|send|confirm|specify)|(?:could|can|may|would) (?:you|i) (?:please )?(?:provide|give|tell|share|have|confirm|specify|let)|i(?:'ll| will)? need (?:the|your|to know)|let me know)\b`)
	farewell   = regexp.MustCompile(`(?i)\b(anything else|something else|any other|else (?:i|we) can|further (?:help|questions|assistance)|other questions)\b`)
	confirming = regexp.MustCompile(`(?i)\b(shall i|should i|do you want|would you like|is (?:that|this|it) (?:correct|right|ok|okay|fine)|confirm|proceed|go ahead|are you sure|is that what)\b`)
	openEnded  = regexp.MustCompile(`(?i)\b(more (?:details?|information|about)|what (?:exactly )?(?:would you like|do you (?:want|need))|how can i help|what can i do|could you (?:explain|rephrase|clarify))\b`)
	sentenceRE = regexp.MustCompile(`[^.!?\n]*(?:\.\S[^.!?\n]*)*[.!?\n]?`)
)

// questionsIn returns the sentences that want an answer. An offer of more help
// wants none.
func questionsIn(text string) []string {
	var out []string
	for _, s := range sentenceRE.FindAllString(text, -1) {
		if (strings.HasSuffix(s, "?") || request.MatchString(s)) && !farewell.MatchString(s) {
			out = append(out, s)
		}
	}
	return out
}

// askedFor returns what the questions ask for among the things known: for each
// thing asked, the label that says it best.
func (u *persona) askedFor(questions []string) []known {
	var out []known
	for _, q := range questions {
		for _, part := range asks.Split(q, -1) {
			out = append(out, u.closest(lex.Words(part), out)...)
		}
	}
	return out
}

// asks parts a question that asks for several things.
var asks = regexp.MustCompile(`,| or | and `)

// closest returns the known things whose labels fit what is asked best, without
// those that are in told already.
func (u *persona) closest(asked []string, told []known) []known {
	var best []known
	top := 0.0
	for _, k := range u.known {
		score := named(asked, k.words)
		if score == 0 || score < top || slices.ContainsFunc(told, func(o known) bool { return o.label == k.label }) {
			continue
		}
		if score > top {
			best, top = nil, score
		}
		best = append(best, k)
	}
	return best
}

// named says how well a question names a label, 0 to 1: its last word has to be
// said, and one more where that alone says little.
func named(asked, label []string) float64 {
	said := func(w string) bool {
		return slices.ContainsFunc(asked, func(a string) bool { return lex.Alike(a, w) >= 0.7 })
	}
	n := 0
	for _, w := range label {
		if said(w) {
			n++
		}
	}
	if slices.Contains(asked, "new") && n < len(label) && !slices.Contains(label, "new") {
		return 0 // what it was does not say what it is to be
	}
	if len(label) == 0 || !said(label[len(label)-1]) || n == 1 && len(label) > 1 && generic[label[len(label)-1]] {
		return 0
	}
	return float64(n)/float64(len(label)) + 0.01*float64(n)
}

// generic are last words of labels that say nothing by themselves.
var generic = map[string]bool{lex.Stem("id"): true, lex.Stem("number"): true, lex.Stem("code"): true, lex.Stem("reference"): true}

// tell puts what is known into one sentence.
func (u *persona) tell(facts []known) string {
	var parts []string
	for _, f := range facts {
		parts = append(parts, strings.NewReplacer("{label}", f.label, "{text}", f.text).Replace(u.wording.part))
	}
	if len(facts) == 1 && !u.several {
		form := u.pick("one", u.wording.one)
		return strings.NewReplacer("{label}", facts[0].label, "{text}", facts[0].text).Replace(form)
	}
	text := parts[len(parts)-1] + "."
	if n := len(parts); n > 1 {
		text = strings.Join(parts[:n-1], ", ") + " and " + text
	}
	if strings.HasPrefix(u.wording.part, "{text}") {
		return text // an address or a code is written as it is
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// more says again what is wanted, with all that belongs to it.
func (u *persona) more() string {
	if slices.Contains(u.said, u.intent) {
		return u.pick("unknown", u.wording.unknown)
	}
	return u.intent
}

func (u *persona) pick(what string, forms []string) string {
	return forms[scaler.Rand(u.seed, "user", what, strconv.Itoa(len(u.said))).IntN(len(forms))]
}
