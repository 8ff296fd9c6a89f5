package fake

import (
	"regexp"
	"strings"
)

// A description often tells how a time is written by the letters of its parts:
// HH:MM:SS, YYYY-MM-DD. Such letters are a form, never a value.

// formLetters are the parts of a written time: two or more, joined by signs.
const formLetters = `(?:YYYY|yyyy|MM|mm|DD|dd|HH|hh|SS|ss)(?:[-/:. T]{1,2}(?:YYYY|yyyy|YY|yy|MM|mm|DD|dd|HH|hh|SS|ss)){1,5}Z?`

var (
	saidForm = regexp.MustCompile(`\b` + formLetters + `\b`)
	onlyForm = regexp.MustCompile(`^` + formLetters + `$`)
	hoursOn  = regexp.MustCompile(`[Hh]{2}:[Mm]{2}`)

	minutesOn = regexp.MustCompile(`[Mm]{2}:[Ss]{2}`)
)

// formText says whether a text is the form of a time and no time.
func formText(text string) bool { return onlyForm.MatchString(text) }

// saidLayout returns the layout of the times whose form a description tells;
// empty where it tells none.
func saidLayout(doc string) string {
	form := saidForm.FindString(doc)
	if form == "" {
		return ""
	}
	form = hoursOn.ReplaceAllString(form, "15:04") // the same letters are months and minutes
	if minutesOn.MatchString(form) {
		return "" // how long, not when
	}
	return strings.NewReplacer("YYYY", "2006", "yyyy", "2006", "YY", "06", "yy", "06", "MM", "01", "mm", "01", "DD", "02", "dd", "02",
		"HH", "15", "hh", "15", "SS", "05", "ss", "05").Replace(form)
}
