package planner

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// A frame is what people say around a value: "I think it was ... as the city".
// It is made of words that carry no meaning, of words about talking, and of the
// label's own; what is left of an answer without its frame is what it tells.

// core strips a text of its frame. own says whether a stem may be of the label.
func core(text string, own func(stem string) bool) string {
	tokens := tokenize(text)
	plain := func(t token) bool {
		return len(lex.Words(t.word)) == 0 || talking[t.word] || own(t.stem)
	}
	start, linked := 0, -2
	for i, t := range tokens {
		if !plain(t) {
			break
		}
		switch {
		case pauses(text[t.end:]):
			start = t.end
		case linkedBy(text, t) && (linked == -2 || linked == i-1):
			start, linked = t.end, i
		case offering[t.word] && linked == -2:
			start = t.end
		}
	}
	end := len(text)
	labelled := false
	for _, t := range slices.Backward(tokens) {
		if t.start < start || !plain(t) {
			break
		}
		labelled = labelled || own(t.stem)
		if (linkedBy(text, t) || labelled && (t.word == "as" || t.word == "for" || t.word == "should" || t.word == "would")) && strings.Trim(text[start:t.start], " ,") != "" {
			end = t.start
		}
	}
	return strings.Trim(dangling.ReplaceAllString(text[start:end], ""), " \t,.:;!…\"“”")
}

// dangling is what a frame behind a value may begin with.
var dangling = regexp.MustCompile(`(?i), (?:that|this|it|which)\s*$`)

// pauses says whether a text begins with a mark after which another part begins.
func pauses(text string) bool {
	return strings.HasPrefix(text, ":") || strings.HasPrefix(text, "…") ||
		len(text) > 1 && strings.ContainsRune(".!?", rune(text[0])) && strings.ContainsRune(" .", rune(text[1]))
}

// linkedBy says whether a word says that something is so.
func linkedBy(text string, t token) bool {
	written := strings.ToLower(text[t.start:t.end])
	return copulas[t.word] || strings.HasSuffix(written, "'s") || strings.HasSuffix(written, "’s")
}

// tellsNothing says whether an answer without its frame still only talks:
// "no idea", "nobody told me that".
func tellsNothing(answer string, own func(stem string) bool) bool {
	left := tokenize(core(answer, own))
	unsure := false
	for _, t := range left {
		if len(lex.Words(t.word)) > 0 && !talking[t.word] && !own(t.stem) {
			return false
		}
		unsure = unsure || talking[t.word] || denying[t.word]
	}
	return unsure || len(left) == 0
}

var (
	copulas  = set("is are was were be been its thats reads read says say said shows becomes")
	offering = set("go use put down want have has got take with see enter write make try")
	denying  = set("no not none nor dont cant cannot im id")
	talking  = set(`go think believe guess suppose reckon assume say says said read reads show shows know knew known far moment second sec minute see seen sure use
		put down take try write written wrote enter note notes records paper papers screen hmm hm um er well probably maybe perhaps actually let lets yes yeah yep ok
		okay right correct here there thing something anything nothing nobody never none idea clue remember recall tell told give gave given got find found look
		looks looked sorry afraid unfortunately help can't don't didn't doesn't couldn't haven't wouldn't won't isn't not unsure unknown forgot forgotten wait hold
		looking hand handy mind memory answer honest honestly i'm i've i'd i'll you'll should ought would wouldn't clueless wondering myself remind`)
)
