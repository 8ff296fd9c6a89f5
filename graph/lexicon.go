package graph

import (
	"strings"
	"unicode"

	"github.com/agentscaler/scaler/internal/vocab"
	"github.com/agentscaler/scaler/internal/words"
)

// A lexicon splits names and texts into singular words and remembers what it
// split: specifications repeat themselves. It serves one goroutine.
type lexicon struct {
	names map[string][]string
	one   map[string]string
	whole map[string]string
}

func newLexicon() *lexicon {
	return &lexicon{names: map[string][]string{}, one: map[string]string{}, whole: map[string]string{}}
}

// name returns the words of an identifier, singular: "listProjectIDs" is list,
// project, id. The result is shared and must not be changed.
func (l *lexicon) name(s string) []string {
	if w, ok := l.names[s]; ok {
		return w
	}
	split := words.Split(s)
	out := make([]string, 0, len(split))
	for _, w := range split {
		out = append(out, l.singular(w))
	}
	l.names[s] = out
	return out
}

func (l *lexicon) singular(w string) string {
	if s, ok := l.one[w]; ok {
		return s
	}
	s := words.Singular(w)
	l.one[w] = s
	return s
}

// join returns words as one name; equal names are one string.
func (l *lexicon) join(words []string) string {
	name := strings.Join(words, "_")
	if known, ok := l.whole[name]; ok {
		return known
	}
	l.whole[name] = name
	return name
}

// text returns the content words of the first sentences of a description.
func (l *lexicon) text(s string) []string {
	const enough = 240
	if len(s) > enough {
		s = s[:enough]
	}
	var out []string
	for _, field := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' }) {
		for _, w := range l.name(field) {
			if len(w) > 2 && !vocab.Stop[w] && !vocab.Verbs[w].Known() && !vocab.Keys[w] {
				out = append(out, w)
			}
		}
	}
	return out
}
