package fake

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	showCue   = regexp.MustCompile(`(?i)(?:\bfor example\b|\be\.g\.|\beg\.|\bexamples?(?: values?| format)?(?: is| are|:)|\bsuch as\b|\bfor instance\b)[,:]?\s*`)
	bareWord  = regexp.MustCompile(`^[A-Za-z0-9@#][A-Za-z0-9_.:/@#+=*-]*`)
	bracketed = regexp.MustCompile(`^([a-z][a-z0-9_-]+)(?:(?:, |, or | or )[a-z][a-z0-9_-]+)*\)`)
	goesOn    = regexp.MustCompile(`^(?:,? or |,? and |, |/ ?)`)
)

// quotes are the marks that stand around what is shown, with their other ends.
var quotes = map[string]string{"`": "`", `"`: `"`, "'": "'", "“": "”", "‘": "’"}

// Shown returns the values that a description shows for its field: "The product,
// for example, prod-abcdzk7xy33qa." What is not in quotes has to look like a
// value, not like a word of the sentence.
func Shown(doc string) []string {
	var out []string
	for _, at := range showCue.FindAllStringIndex(doc, 3) {
		for rest := doc[at[1]:]; len(out) < 5; {
			value, after := nextShown(rest)
			if value == "" {
				break
			}
			if !madeToCopy(value) {
				out = append(out, value)
			}
			more := goesOn.FindString(after)
			if more == "" {
				break
			}
			rest = strings.TrimPrefix(strings.TrimPrefix(after[len(more):], "or "), "and ")
		}
	}
	if len(out) == 0 {
		return shownWords(doc)
	}
	return out
}

var (
	wordsCue = regexp.MustCompile(`(?i)(?:\bfor example\b|\be\.g\.|\beg\b|\bexamples?:|\bsuch as\b|\blike\b|\boptions(?: are| include)?:)[,:]?\s*([A-Za-z][A-Za-z ,/-]{4,120})`)
	sortOf   = regexp.MustCompile(`(?i)\b(?:types?|kinds?|categor(?:y|ies)|genres?|styles?|moods?|levels?|sectors?|industr(?:y|ies)|cuisines?|breeds?|species|sports?|instruments?|areas? of|expertise|speciali[sz]ations?|specialt(?:y|ies)|class|era|season|role|group|field|features?|skills?|diet|emotions?|topics?|modes?)\b`)
	plainSay = regexp.MustCompile(`^[A-Za-z][a-z-]+(?: [A-Za-z][a-z-]+)?$`)
)

// shownWords returns plain words that a description of a sort of things shows:
// "the type of animal (e.g. mammal, bird, reptile)".
func shownWords(doc string) []string {
	at := wordsCue.FindStringSubmatchIndex(doc)
	if at == nil || !sortOf.MatchString(doc[:at[0]]) {
		return nil
	}
	list := strings.TrimRight(strings.TrimSpace(doc[at[2]:at[3]]), ",. ")
	if cut := strings.TrimSuffix(list, " etc"); cut != list {
		list = strings.TrimRight(cut, ", ")
	}
	var out []string
	for _, item := range between.Split(list, 14) {
		if item = strings.TrimSpace(item); !plainSay.MatchString(item) {
			break
		}
		out = append(out, item)
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// nextShown cuts a value off the beginning of a text; empty where none stands there.
func nextShown(text string) (value, rest string) {
	for open, end := range quotes {
		inside, ok := strings.CutPrefix(text, open)
		if !ok {
			continue
		}
		if value, rest, ok = strings.Cut(inside, end); ok && len(value) <= 120 {
			return value, rest
		}
		return "", ""
	}
	if at := bracketed.FindStringSubmatch(text); at != nil { // (eg aws)
		return at[1], text[len(at[1]):]
	}
	value = strings.TrimRight(bareWord.FindString(text), ".:/-,")
	rest = text[len(value):]
	if !coding(value) || rest != "" && !strings.ContainsRune(").,;/\n", rune(rest[0])) && goesOn.FindString(rest) == "" {
		return "", ""
	}
	return value, rest
}

// coding says whether a word is none of a language: it holds a digit, a sign
// inside, or capitals where a sentence has none.
func coding(word string) bool {
	if len(word) < 2 {
		return false
	}
	for i, r := range word {
		if unicode.IsDigit(r) || i > 0 && (unicode.IsUpper(r) || strings.ContainsRune("-_/:.@#", r)) {
			return true
		}
	}
	return false
}

// madeToCopy says whether a text is there for the reader to fill in.
func madeToCopy(text string) bool {
	low := strings.ToLower(text)
	for _, start := range []string{"my", "your", "some", "foo", "bar", "string", "xxx", "abc-"} {
		if strings.HasPrefix(low, start) && low != "mysql" {
			return true
		}
	}
	return formText(text) || strings.ContainsAny(text, "<>{}…") || strings.Contains(text, "...") || strings.Contains(low, "xxx")
}
