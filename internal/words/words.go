// Package words turns the names that specifications use into English words and
// back into identifiers: listProjectIDs is list, project, ids.
//
// Every stage that compares names splits them here, so that a name has the same
// words everywhere.
package words

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// brands are words that are spelt with a capital inside.
var brands = strings.NewReplacer("IPv", "Ipv", "OAuth", "Oauth", "GitHub", "Github", "GitLab", "Gitlab",
	"PayPal", "Paypal", "YouTube", "Youtube", "LinkedIn", "Linkedin", "iOS", "Ios")

// Split returns the words of a name in lower case. Words end at anything that is
// no letter or digit and where the case changes; a run of capitals is one word
// (HTTPServer is http, server), with its plural s (IDs is ids). A version such as
// v2 stays one word, and digits stay with the letters before them.
func Split(name string) []string {
	if out, ok := splitSmall(name); ok {
		return out
	}
	return splitAny(name)
}

func splitAny(name string) []string {
	var out []string
	runes := []rune(brands.Replace(name))
	for i := 0; i < len(runes); {
		if !isWord(runes[i]) {
			i++
			continue
		}
		end := wordEnd(runes, i)
		out = append(out, strings.ToLower(string(runes[i:end])))
		i = end
	}
	return out
}

// splitSmall is Split for the many names of small ASCII letters, in which there
// is nothing to decide.
func splitSmall(name string) (out []string, ok bool) {
	start := 0
	for i := range len(name) {
		switch c := name[i]; {
		case c >= 'a' && c <= 'z':
			continue
		case c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c >= utf8.RuneSelf:
			return nil, false
		}
		if i > start {
			out = append(out, name[start:i])
		}
		start = i + 1
	}
	if start < len(name) {
		out = append(out, name[start:])
	}
	return out, true
}

// wordEnd returns where the word that starts at i ends.
func wordEnd(r []rune, i int) int {
	end := i + 1
	switch {
	case unicode.IsDigit(r[i]):
		end = skip(r, end, unicode.IsDigit)
		if end < len(r) && unicode.IsLower(r[end]) {
			end = skip(r, end, unicode.IsLower) // 3d, 2nd
		}
		return end
	case unicode.IsUpper(r[i]):
		caps := skip(r, end, unicode.IsUpper)
		if caps-i > 1 {
			return endOfCapitals(r, i, caps)
		}
		end = skip(r, end, isSmall)
	default:
		end = skip(r, end, isSmall)
	}
	return skip(r, end, unicode.IsDigit)
}

// endOfCapitals decides where a run of two or more capitals from i to caps ends:
// HTTPServer gives its last capital to the next word, IDs keeps its s.
func endOfCapitals(r []rune, i, caps int) int {
	if caps == len(r) || !isSmall(r[caps]) {
		return skip(r, caps, unicode.IsDigit)
	}
	if r[caps] == 's' && (caps+1 == len(r) || !isSmall(r[caps+1])) {
		return caps + 1
	}
	return max(caps-1, i+1)
}

func skip(r []rune, i int, ok func(rune) bool) int {
	for i < len(r) && ok(r[i]) {
		i++
	}
	return i
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// isSmall says whether r can go on a word that began with one capital.
func isSmall(r rune) bool { return isWord(r) && !unicode.IsUpper(r) && !unicode.IsDigit(r) }

// snakes remembers names already joined: a world is built from the same few, asked
// for thousands of times.
var snakes sync.Map

// Snake returns a name as words joined by underscores: orderItems is order_items.
func Snake(name string) string {
	if s, ok := snakes.Load(name); ok {
		return s.(string)
	}
	s := strings.Join(Split(name), "_")
	snakes.Store(name, s)
	return s
}

// Last returns the last word of words joined by underscores.
func Last(name string) string { return name[strings.LastIndexByte(name, '_')+1:] }

// Ident returns name as an identifier of [a-zA-Z0-9_-], at most max bytes long.
// A name that is one already comes back as it is; other characters become one
// underscore each run, and a name too long is cut at a word where that loses
// little. The result is empty if nothing of the name can be kept.
func Ident(name string, max int) string {
	var b strings.Builder
	gap := false
	for _, r := range name {
		if !isIdent(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('_')
			gap = false
		}
		b.WriteRune(r)
	}
	s := b.String()
	if len(s) <= max {
		return s
	}
	s = s[:max]
	if i := strings.LastIndexAny(s, "_-"); i > max*3/4 {
		s = s[:i]
	}
	return s
}

func isIdent(r rune) bool {
	return r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
