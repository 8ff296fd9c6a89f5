package planner

import (
	"regexp"
	"sort"
	"strings"
	"time"
)

// A kind is what a value looks like.
type kind int

const (
	quoted kind = iota
	email
	link
	moment // a date with a time
	day
	hour
	phone
	code   // letters and digits, or capitals only
	number // also money
	name   // a run of capitalised words
)

// A value is something in a text that may fill a parameter.
type value struct {
	kind       kind
	text       string // as a parameter takes it: dates in ISO form, numbers in digits
	start, end int    // bytes in the sentence
}

const months = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?`

// patterns find values, the most telling first: what one has taken is not
// looked at again.
var patterns = []struct {
	kind kind
	re   *regexp.Regexp
}{
	{quoted, regexp.MustCompile(`"([^"]+)"|“([^”]+)”|(?:^|\s)'([^']+)'`)},
	{email, regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)},
	{link, regexp.MustCompile(`https?://[^\s,;]+[^\s,;.?!]`)},
	{moment, regexp.MustCompile(`\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?`)},
	{moment, regexp.MustCompile(`(?i)\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:` + months + `)\.?,? \d{4},? at \d{1,2}:\d\d(?: ?[ap]m)?`)},
	{moment, regexp.MustCompile(`(?i)\b(?:` + months + `)\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4},? at \d{1,2}:\d\d(?: ?[ap]m)?`)},
	{day, regexp.MustCompile(`\b\d{4}-\d\d-\d\d\b`)},
	{day, regexp.MustCompile(`(?i)\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:` + months + `)\b\.?(?:,? \d{4})?`)},
	{day, regexp.MustCompile(`(?i)\b(?:` + months + `)\.? \d{1,2}(?:st|nd|rd|th)?\b(?:,? \d{4})?`)},
	{day, regexp.MustCompile(`\b\d{1,2}/\d{1,2}/\d{4}\b`)},
	{day, regexp.MustCompile(`(?i)\b(?:today|tomorrow|yesterday)\b`)},
	{hour, regexp.MustCompile(`\b\d{1,2}:\d\d(?::\d\d)?\b`)},
	{phone, regexp.MustCompile(`\+\d[\d ().-]{6,}\d|\(\d{3}\) ?\d{3}[ -]\d{4}|\b\d{3}[-. ]\d{3,4}[-. ]?\d{4}\b|\b\d{3}-\d{4}\b`)},
	{code, regexp.MustCompile(`#?\b(?:[A-Za-z0-9]+[-_:./])*[A-Za-z0-9]*(?:[A-Za-z][A-Za-z0-9]*[-_:/]?\d|\d[-_:/]?[A-Za-z]|\d-\d|[a-z]_[a-z]|[A-Za-z0-9]-[A-Z0-9])[A-Za-z0-9]*(?:[-_:./]+[A-Za-z0-9]+)*`)},
	{number, regexp.MustCompile(`[$€£#]?-?\b\d[\d,]*(?:\.\d+)?\b`)},
	{name, regexp.MustCompile(`\b\p{Lu}\p{Ll}[\p{L}'’.-]*(?: (?:(?:of|the|de|la|on|upon) )?\p{Lu}[\p{L}'’.-]*)*, [A-Z]{2,3}\b`)},
	{code, regexp.MustCompile(`\b[A-Z]{2,8}\b`)},
	{name, regexp.MustCompile(`\b\p{Lu}[\p{L}\d'’.&-]*(?: (?:(?:of|the|de|van|von|and|&|in|to|for|a|an|on|at) )*[\p{Lu}\d][\p{L}\d'’.&-]*)*(?:, [A-Z]{2,3}\b)?`)},
}

// values returns what a sentence holds, in its order.
func values(text string, now time.Time) []value {
	var out []value
	free := []byte(text)
	for _, p := range patterns {
		for _, at := range p.re.FindAllSubmatchIndex(free, -1) {
			start, end := at[0], at[1]
			for i := 2; i+1 < len(at); i += 2 { // the quoted text without its marks
				if at[i] >= 0 {
					start, end = at[i], at[i+1]
				}
			}
			v, ok := valueOf(p.kind, text[start:end], now)
			if !ok || p.kind == name && start == firstLetter(text) && !strings.Contains(text[start:end], " ") {
				continue
			}
			v.start, v.end = start, end
			out = append(out, v)
			for i := at[0]; i < at[1]; i++ {
				free[i] = 0
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].start < out[j].start })
	return out
}

// firstLetter is where a sentence begins: a capital there says nothing.
func firstLetter(text string) int {
	return strings.IndexFunc(text, func(r rune) bool { return r != ' ' && r != '"' && r != '(' })
}

func valueOf(k kind, text string, now time.Time) (value, bool) {
	switch k {
	case day, moment:
		iso, ok := isoDate(text, now)
		return value{kind: k, text: iso}, ok
	case number:
		text = strings.ReplaceAll(strings.TrimLeft(text, "$€£#"), ",", "")
	case code:
		text = strings.TrimRight(strings.TrimPrefix(text, "#"), ".:/")
		if keyWords[strings.ToLower(text)] {
			return value{}, false // the ID is a label
		}
	case name:
		text = strings.TrimRight(text, ".'’-&")
		for _, end := range []string{" and I", " I"} { // where the speaker goes on
			text = strings.TrimSuffix(text, end)
		}
		for {
			first, rest, _ := strings.Cut(text, " ")
			word := strings.ToLower(strings.ReplaceAll(first, "’", "'"))
			if !pronouns[word] || rest != "" && (word == "the" || word == "a") { // a title may begin so
				break
			}
			text = rest
		}
		if keyWords[strings.ToLower(text)] {
			return value{}, false
		}
	}
	return value{kind: k, text: text}, text != ""
}

// pronouns are words that may have a capital where a name begins and are no part of it.
var pronouns = map[string]bool{"i": true, "i'm": true, "i'd": true, "i've": true, "i'll": true, "a": true, "the": true, "hi": true, "hello": true, "please": true, "thanks": true, "ok": true, "if": true, "my": true,
	"it's": true, "it": true, "that's": true, "that": true, "sure": true, "yes": true, "no": true, "make": true, "use": true, "then": true, "also": true, "as": true, "for": true, "in": true, "at": true, "on": true, "to": true, "from": true, "and": true, "but": true}

var (
	ordinalEnd = regexp.MustCompile(`(\d)(?:st|nd|rd|th)\b`)
	datePunct  = strings.NewReplacer(",", "", ".", "", " of ", " ", " at ", " ")
	layouts    = []string{
		time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2 January 2006 15:04", "January 2 2006 15:04", "2 January 2006 3:04 PM", "January 2 2006 3:04 PM",
		time.DateOnly, "2 January 2006", "January 2 2006", "2 Jan 2006", "Jan 2 2006", "01/02/2006", "1/2/2006", "2 January", "January 2", "2 Jan", "Jan 2",
	}
)

// isoDate reads a date as people write it. One without a year is in the
// conversation's year, or the next if that is over.
func isoDate(text string, now time.Time) (string, bool) {
	switch strings.ToLower(text) {
	case "today":
		return now.Format(time.DateOnly), !now.IsZero()
	case "tomorrow":
		return now.AddDate(0, 0, 1).Format(time.DateOnly), !now.IsZero()
	case "yesterday":
		return now.AddDate(0, 0, -1).Format(time.DateOnly), !now.IsZero()
	}
	plain := ordinalEnd.ReplaceAllString(text, "$1")
	if !strings.Contains(plain, "T") {
		plain = strings.Join(strings.Fields(datePunct.Replace(plain)), " ")
	}
	for _, layout := range layouts {
		t, err := time.Parse(layout, plain)
		if err != nil {
			t, err = time.Parse(layout, capital(plain))
		}
		if err != nil {
			continue
		}
		if t.Year() == 0 {
			t = t.AddDate(now.Year(), 0, 0)
			if t.Before(now.AddDate(0, -6, 0)) {
				t = t.AddDate(1, 0, 0)
			}
		}
		if strings.Contains(layout, ":04") || layout == time.RFC3339 {
			return t.UTC().Format("2006-01-02T15:04:05Z"), true
		}
		return t.Format(time.DateOnly), true
	}
	return "", false
}

// capital writes month names as Go's layouts want them.
func capital(s string) string {
	f := strings.Fields(strings.ToLower(s))
	for i, w := range f {
		f[i] = strings.ToUpper(w[:1]) + w[1:]
		if f[i] == "Sept" {
			f[i] = "Sep"
		}
	}
	return strings.Join(f, " ")
}
