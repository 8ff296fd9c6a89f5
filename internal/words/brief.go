package words

import "strings"

// Brief returns the beginning of a text on one line: at most so many characters,
// the last of them dots where there is more.
func Brief(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}
