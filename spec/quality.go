package spec

import (
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// A weakness is a reason not to offer a tool to anybody.
type weakness struct {
	code string
	has  func(t *scaler.Tool) bool
}

// weaknesses lists every check of the quality filter. To add one, add a row.
var weaknesses = []weakness{
	{"says-nothing", saysNothing},
	{"test-endpoint", isTest},
	{"scrape-noise", isNoise},
}

// weak returns the code of the first weakness of a tool, or "".
func weak(t *scaler.Tool) string {
	for _, w := range weaknesses {
		if w.has(t) {
			return w.code
		}
	}
	return ""
}

// saysNothing: neither a description nor a title nor parameters nor a path tell
// what it does, and the name is a word or less.
func saysNothing(t *scaler.Tool) bool {
	return t.Description == "" && t.Title == "" && t.Path == "" && len(propertyNames(t.Parameters)) == 0 &&
		len(words.Split(t.Name)) < 2
}

// isNoise: a button of the page that a crawler took for a tool.
func isNoise(t *scaler.Tool) bool {
	return t.Title == "Optional Settings" && t.Path == "" && len(propertyNames(t.Parameters)) == 0
}

// testWords are the words of which a name of a mere test is made.
var testWords = wordSet(`test tests testing demo example sample foo bar baz dummy hello world asdf lorem ipsum untitled
	tool function endpoint api my get post the a say`)

var testMarks = wordSet(`test tests testing demo foo dummy asdf hello untitled lorem`)

// isTest: the whole name is words such as test, demo, foo, hello world, and the
// description says no more. What runs tests says that it does.
func isTest(t *scaler.Tool) bool {
	telling := 0
	for _, w := range words.Split(t.Description) {
		if len(w) > 2 && !testWords[w] && !filler[w] {
			telling++
		}
	}
	if telling > 1 {
		return false
	}
	marked := false
	for _, w := range words.Split(t.Name) {
		w = strings.TrimRight(w, "0123456789")
		if w != "" && !testWords[w] {
			return false
		}
		marked = marked || testMarks[w]
	}
	return marked
}

// emptyTexts are descriptions that stand where there is none.
var emptyTexts = map[string]bool{
	"description not available": true, "no description available": true, "no description": true, "description": true,
	"not available": true, "n/a": true, "none": true, "null": true, "undefined": true, "default endpoint": true,
	"this endpoint": true, "link to api reference": true, "for more details contact us": true, "tbd": true,
}

// isEmptyText says whether a description says nothing.
func isEmptyText(text string) bool {
	low := strings.ToLower(strings.Trim(text, " .!-"))
	return len(low) < 2 || emptyTexts[low]
}
