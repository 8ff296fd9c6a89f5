package spec

import (
	"strings"
	"unicode"
)

// scripts that one language, or mostly one, is written in.
var scripts = []struct {
	table    *unicode.RangeTable
	language string
}{
	{unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"}, {unicode.Hangul, "ko"}, {unicode.Han, "zh"},
	{unicode.Cyrillic, "ru"}, {unicode.Arabic, "ar"}, {unicode.Hebrew, "he"}, {unicode.Greek, "el"},
	{unicode.Thai, "th"}, {unicode.Devanagari, "hi"},
}

// commonWords are short words that name a language once two of them stand in a
// text with none of another's.
var commonWords = map[string]string{
	"the": "en", "of": "en", "to": "en", "for": "en", "and": "en", "with": "en", "is": "en", "by": "en",
	"der": "de", "das": "de", "und": "de", "ein": "de", "eine": "de", "für": "de", "wird": "de", "mit": "de",
	"les": "fr", "des": "fr", "une": "fr", "pour": "fr", "est": "fr", "du": "fr", "et": "fr",
	"el": "es", "los": "es", "las": "es", "para": "es", "una": "es", "por": "es", "y": "es",
	"o": "pt", "os": "pt", "uma": "pt", "com": "pt", "não": "pt", "dos": "pt",
	"il": "it", "di": "it", "che": "it", "gli": "it", "della": "it", "per": "it",
	"het": "nl", "een": "nl", "van": "nl", "voor": "nl",
}

// language returns the ISO 639-1 code of the language a text is written in, and
// "" for English and where it is not clear.
func language(text string) string {
	counts := make([]int, len(scripts))
	letters := 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if r < 0x370 {
			continue
		}
		for i, s := range scripts {
			if unicode.Is(s.table, r) {
				counts[i]++
				break
			}
		}
	}
	for i, n := range counts { // kana before han: Japanese has both
		if n*5 > letters && n > 1 {
			return scripts[i].language
		}
	}
	return latinLanguage(text)
}

func latinLanguage(text string) string {
	votes := map[string]int{}
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		if l, ok := commonWords[strings.Trim(w, ".,;:()")]; ok {
			votes[l]++
		}
	}
	best, second := "", ""
	for _, l := range []string{"en", "de", "fr", "es", "pt", "it", "nl"} {
		if votes[l] > votes[best] {
			best, second = l, best
		} else if votes[l] > votes[second] {
			second = l
		}
	}
	if best == "en" || votes[best] < 2 || votes[best] <= votes[second] || votes["en"] > 0 {
		return ""
	}
	return best
}
