package task

import (
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// A story is what a task is told from: its goals in order and what ties them.
type story struct {
	goals   []goal
	instead bool   // the second goal is wanted where the first is refused
	misread string // the label of a fact that was given wrongly at first
	wrong   scaler.Fact
}

// compose writes the opening and the intent. The opening holds the goals, each
// with what has to be said about it at once; the intent holds everything the
// user knows.
func (w *walk) compose(st story, p phrasing) (opening, intent string) {
	s := &speaker{w: w, phrasing: p, held: w.holdBack(st)}
	var clauses []clause
	var sentences []string
	for i, g := range st.goals {
		c := s.clause(g)
		if st.misread != "" {
			c.text = strings.Replace(c.text, w.textOf(st.misread), st.wrong.Text, 1)
		}
		clauses, sentences = append(clauses, c), append(sentences, s.sentence(c, i, st))
	}
	said := strings.Join(sentences, " ")
	var first, late []string
	for i, sentence := range sentences {
		now, then := s.tell(w.factsOf(st, i), clauses[i].details, said, st)
		first = append(append(first, sentence), now...)
		late = append(late, then...)
	}
	if st.misread != "" && !states(said, st.wrong) {
		f := st.wrong
		f.Label = st.misread
		first = append(first, s.factSentence(f))
	}
	opening = greet(pick(w.rng, p.hello), strings.Join(first, " ")) + pick(w.rng, p.thanks)
	intent = strings.Join(append(first, late...), " ")
	if st.misread != "" {
		f, _ := w.facts.get(st.misread)
		intent += " " + fmt.Sprintf(pick(w.rng, p.misread), f.Label, f.Text)
	}
	return opening, intent
}

// factsOf returns the facts that came up for the i-th goal.
func (w *walk) factsOf(st story, i int) []scaler.Fact {
	from, to := st.goals[i].before, len(w.facts.list)
	if i == 0 {
		from = 0
	}
	if i+1 < len(st.goals) {
		to = st.goals[i+1].before
	}
	return w.facts.list[from:to]
}

func (w *walk) textOf(label string) string { f, _ := w.facts.get(label); return f.Text }

// holdBack chooses the facts that are told only when asked, where the story is
// about one goal.
func (w *walk) holdBack(st story) map[string]bool {
	held := map[string]bool{}
	if len(st.goals) > 1 || st.misread != "" {
		return held
	}
	g := st.goals[0]
	for _, a := range g.leaves {
		l := g.labels[a.path]
		if l != "" && !w.facts.must[l] && w.rng.IntN(4) == 0 {
			held[l] = true
		}
	}
	return held
}

// greet puts a greeting before a sentence, which goes on in lower case after a
// comma.
func greet(hello, text string) string {
	if strings.HasSuffix(hello, ", ") && !strings.HasPrefix(text, "I ") && !strings.HasPrefix(text, "I'") {
		text = strings.ToLower(text[:1]) + text[1:]
	}
	return hello + text
}

// sentence puts a clause into a sentence of its own.
func (s *speaker) sentence(c clause, i int, st story) string {
	forms := s.phrasing.command
	switch {
	case i == 1 && st.instead:
		forms = s.phrasing.instead
	case i > 0 && c.asks:
		forms = s.phrasing.nextAsk
	case i > 0:
		forms = s.phrasing.next
	case c.asks:
		forms = s.phrasing.ask
	}
	text := fmt.Sprintf(pick(s.w.rng, forms), c.text)
	return strings.ToUpper(text[:1]) + text[1:]
}

// tell puts facts that no sentence holds yet into sentences: those that have to
// be said at once and by chance some others first, the rest when asked.
func (s *speaker) tell(facts []scaler.Fact, details []string, said string, st story) (first, late []string) {
	for _, f := range facts {
		if f.Label == st.misread || states(said, f) && !slices.Contains(details, f.Label) {
			continue
		}
		sentence := s.factSentence(f)
		if s.w.facts.must[f.Label] || !s.held[f.Label] && s.w.rng.IntN(100) < 55 {
			first = append(first, sentence)
		} else {
			late = append(late, sentence)
		}
	}
	return first, late
}

// factSentence tells one fact; what is about a person is about the speaker.
func (s *speaker) factSentence(f scaler.Fact) string {
	head, rest, more := strings.Cut(f.Label, " ")
	if more && persons[head] && !s.w.wishes[f.Label] {
		return fmt.Sprintf(pick(s.w.rng, s.phrasing.mine), rest, quoted(f))
	}
	if f.Text == "yes" || f.Text == "no" {
		return fmt.Sprintf("%s: %s.", strings.ToUpper(f.Label[:1])+f.Label[1:], f.Text)
	}
	forms := s.phrasing.fact
	if s.w.wishes[f.Label] {
		forms = s.phrasing.wish
	}
	form := pick(s.w.rng, forms)
	if last := strings.ToLower(f.Label[strings.LastIndexByte(f.Label, ' ')+1:]); words.Singular(last) != last && !strings.Contains(f.Label, "date ") {
		form = strings.NewReplacer("%s is", "%s are", "it's", "they're", "that's", "those are").Replace(form)
	}
	text := fmt.Sprintf(form, f.Label, quoted(f))
	if strings.HasPrefix(form, "%[2]s") {
		return text // an address or a code is written as it is
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// persons are entities that the speaker may be.
var persons = set("customer user member patient guest passenger subscriber employee borrower policyholder tenant student client patron buyer traveler traveller shopper")

// upfront marks the facts that the opening states, and says whether the intent
// states them all.
func (w *walk) upfront(opening, intent string, st story) bool {
	for i := range w.facts.list {
		f := &w.facts.list[i]
		f.Upfront = f.Label != st.misread && states(opening, *f)
		if !states(intent, *f) {
			return false
		}
	}
	return true
}
