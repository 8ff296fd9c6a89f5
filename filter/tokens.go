package filter

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// tokens splits a text into words so that texts stating the same thing have the
// same words: 1,234.50 is 1234.5, "5th of March, 2026" is 2026-03-05, In_Progress
// is "in progress". An identifier, a date or a number is one word, so that 12
// does not stand in 1234, 12.50, ORD-12 or 12 March.
func tokens(text string) []string {
	var out []string
	for _, m := range lexeme.FindAllStringSubmatchIndex(text, -1) {
		for i, kind := range kinds {
			if start, end := m[2*i+2], m[2*i+3]; start >= 0 {
				out = append(out, kind.spell(text[start:end])...)
				break
			}
		}
	}
	return out
}

// kinds lists what tokens recognises; at one place of a text the first that
// matches wins. Groups inside a pattern do not capture; what looks ahead does
// so for a few words only, so that no text takes longer than its length warrants.
var kinds = []struct {
	pattern string
	spell   func(string) []string
}{
	{`\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})?`, spellTimestamp},
	{`\d{4}-\d{2}-\d{2}\b`, one},
	{`\d{1,2}(?:st|nd|rd|th)?(?: of)? ` + months + `\b(?:,? \d{4}\b)?`, spellDate},
	{months + `\.? \d{1,2}(?:st|nd|rd|th)?\b(?:,? \d{4}\b)?`, spellDate},
	{`\d{1,2}:\d{2}(?::\d{2})?\b(?: ?[ap]\.?m\b\.?)?`, spellTime},
	{`[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+){0,5}@[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)+`, one},
	{`[A-Za-z]+(?:[-_][A-Za-z]+){0,4}[-_./#]?\d[\w-]*|\d+(?:-\d+){0,4}[-_]?[A-Za-z][\w-]*|\d+(?:-\d+)+`, one},
	{`[-−]?(?:[$€£¥] ?)?\d{1,3}(?:,\d{3})+(?:\.\d+)?\b|[-−]?(?:[$€£¥] ?)?[-−]?\d+(?:[.,]\d+)?`, spellNumber},
	{`[\pL\pN]+(?:['’][\pL]+)?`, spellWord},
}

const months = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`

var lexeme = func() *regexp.Regexp {
	var patterns []string
	for _, k := range kinds {
		patterns = append(patterns, "("+k.pattern+")")
	}
	return regexp.MustCompile(`(?i)` + strings.Join(patterns, "|"))
}()

func one(s string) []string { return []string{strings.ToLower(s)} }

// spellTimestamp makes a date and a time of it; the seconds of a whole minute
// go unsaid.
func spellTimestamp(s string) []string {
	return append(one(s[:10]), spellTime(s[11:])...)
}

var clock = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?: ?([AaPp]))?`)

// spellTime writes a time of day with 24 hours.
func spellTime(s string) []string {
	m := clock.FindStringSubmatch(s)
	hour, _ := strconv.Atoi(m[1])
	switch {
	case strings.EqualFold(m[4], "p") && hour < 12:
		hour += 12
	case strings.EqualFold(m[4], "a") && hour == 12:
		hour = 0
	}
	text := fmt.Sprintf("%02d:%s", hour, m[2])
	if m[3] != "" && m[3] != "00" {
		text += ":" + m[3]
	}
	return []string{text}
}

var dateParts = regexp.MustCompile(`(?i)(\d{4})|(\d{1,2})|` + "(" + months + ")")

// spellDate writes a date as 2026-03-05, and one without its year as --03-05.
func spellDate(s string) []string {
	year, month, day := "-", 0, 0
	for _, m := range dateParts.FindAllStringSubmatch(s, -1) {
		switch {
		case m[1] != "":
			year = m[1]
		case m[2] != "":
			day, _ = strconv.Atoi(m[2])
		default:
			month = strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(m[3][:3]))/3 + 1
		}
	}
	return []string{fmt.Sprintf("%s-%02d-%02d", year, month, day)}
}

// spellNumber leaves out what carries no value: currency signs, commas between
// thousands, zeros at the end.
func spellNumber(s string) []string {
	s = strings.NewReplacer("−", "-", "$", "", "€", "", "£", "", "¥", "", " ", "").Replace(s)
	whole, fraction, point := strings.Cut(s, ".")
	if before, after, comma := strings.Cut(whole, ","); comma && !point && len(after) != 3 {
		whole, fraction = before, after // a decimal comma
	}
	whole = strings.ReplaceAll(whole, ",", "")
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		return []string{whole + "." + fraction}
	}
	return []string{whole}
}

var numerals = map[string]string{
	"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
	"nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}

// spellWord writes small numbers in digits and American spellings as British ones.
func spellWord(s string) []string {
	s = strings.ReplaceAll(strings.ToLower(s), "’", "'")
	if digits, ok := numerals[s]; ok {
		return []string{digits}
	}
	if british, ok := spellings[s]; ok {
		return []string{british}
	}
	return []string{s}
}

var spellings = map[string]string{"canceled": "cancelled", "canceling": "cancelling", "traveled": "travelled", "labeled": "labelled", "gray": "grey"}
