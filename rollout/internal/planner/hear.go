package planner

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// A hearing is a value that the user gave for a parameter, and how sure that is:
// 1 and more where it stands beside the parameter's label.
type hearing struct {
	value any
	text  string
	score float64
	turn  int
}

// hear finds what the user gave for a parameter, in a goal's clause before the
// rest of the talk.
func hear(t *talk, tool *tool, p *param, clause sentence, not ...string) (hearing, bool) {
	best, found := t.answered(tool, p)
	consider := func(s sentence, bonus float64, loose bool) {
		h, ok := hearIn(s.without(not), tool, p, loose)
		if ok && h.score+bonus > best.score {
			h.score += bonus
			h.turn = s.turn
			best, found = h, true
		}
	}
	if !found {
		consider(clause, 0.2, true)
		for _, s := range t.sentences {
			if !s.unless && s.text != clause.text {
				bonus := 0.0
				if !s.answer && !tool.kit.telling(s) {
					bonus = -0.3 // it is about something else
				}
				consider(s, bonus, s.turn == clause.turn && p.required)
			}
		}
	}
	return best, found && best.score >= 0.3
}

// marked is hear for a goal whose tool an earlier goal has too: only what is
// called new or second, or stands in the goal's own clause.
func marked(t *talk, g goal, p *param) (hearing, bool) {
	var best hearing
	for _, s := range append([]sentence{g.clause}, t.sentences...) {
		if s.text != g.clause.text && !another.MatchString(s.text) {
			continue
		}
		for _, part := range parts.Split(s.text, -1) {
			if s.text != g.clause.text && !another.MatchString(part) {
				continue
			}
			if h, ok := hearIn(t.sentence(part, s.turn, s.answer), g.tool, p, false); ok && h.score > best.score {
				best = h
			}
		}
	}
	return best, best.score >= 0.6
}

var (
	another = regexp.MustCompile(`(?i)\b(new|second|other)\b`)
	parts   = regexp.MustCompile(`(?:,| and) the `)
)

// without returns a sentence in which some values do not count.
func (s sentence) without(texts []string) sentence {
	if len(texts) > 0 {
		s.memo = nil
		s.values = slices.DeleteFunc(slices.Clone(s.values), func(v value) bool { return slices.Contains(texts, v.text) })
	}
	return s
}

// answered returns what the user said when asked for a parameter.
func (t *talk) answered(tool *tool, p *param) (hearing, bool) {
	for _, q := range slices.Backward(t.questions) {
		if !asksFor(q.text, p) || unknowing.MatchString(q.answer) {
			continue
		}
		alone := !strings.Contains(q.text, ", or the ")
		best := hearing{}
		for _, s := range q.said {
			if h, ok := hearIn(s, tool, p, alone); ok && h.score > best.score {
				best = h
			}
		}
		if best.score < 0.6 && alone && p.required && free(p) && !tellsNothing(q.answer, p.said(tool)) {
			best = hearing{value: core(q.answer, p.said(tool)), score: 0.5}
		}
		if alone && free(p) && best.score > 0 {
			if whole := core(q.answer, p.said(tool)); strings.Contains(whole, best.text) && !severalFacts.MatchString(whole) {
				best.value, best.text = whole, whole // not only the name in it
			}
		}
		if best.score > 0 {
			best.score += 1
			return best, true
		}
	}
	return hearing{}, false
}

// free says whether a parameter takes any text.
func free(p *param) bool {
	return p.kind == "string" && !p.key && len(p.enum) == 0 && p.format == ""
}

// severalFacts is found where an answer gives more than one value.
var severalFacts = regexp.MustCompile(`(?i) (?:as|for|is|are) (?:the|my|it) |, the `)

// unknowing is how people say that they cannot tell.
var unknowing = regexp.MustCompile(`(?i)\b(don'?t (?:know|have|remember|recall)|do not (?:know|have)|no idea|not sure|can'?t (?:say|tell|remember)|couldn'?t (?:say|tell)|afraid|haven'?t got|no clue|wouldn'?t know|beyond me)\b`)

// asksFor says whether a question names a parameter's label.
func asksFor(question string, p *param) bool {
	for _, label := range []string{"the " + p.label, "the new " + p.label} {
		_, after, found := strings.Cut(question, label)
		if found && (after == "" || strings.ContainsRune("?,.!", rune(after[0]))) {
			return true
		}
	}
	return false
}

// hearIn finds a parameter's value in one sentence; loose also takes one that
// stands without a label.
func hearIn(s sentence, tool *tool, p *param, loose bool) (hearing, bool) {
	if s.memo != nil {
		return s.memo.hear(s, tool, p, loose)
	}
	return listenFor(s, tool, p, loose)
}

func listenFor(s sentence, tool *tool, p *param, loose bool) (hearing, bool) {
	switch {
	case len(p.enum) > 0:
		return hearChoice(s, tool, p)
	case p.kind == "boolean":
		return hearBool(s, tool, p)
	}
	best := hearing{}
	take := func(text string, score float64) {
		if v, ok := convert(text, p); ok && score > best.score {
			best = hearing{value: v, text: text, score: score}
		}
	}
	for _, l := range labels(s, tool, p) {
		for _, v := range s.values {
			if !tool.writes && becomes(s, v) {
				continue
			}
			if fit := fits(v, p); fit > 0 && (!l.name || v.kind == name || v.kind == quoted) {
				take(v.text, float64(l.score*fit*nearness(s.text, l, v, tool, p)))
			}
		}
		if p.kind == "string" && p.format == "" && !p.key && !l.name {
			if text := beside(s, l, tool, p); len(strings.Fields(text)) > 1 {
				take(text, 0.98*l.score)
			} else {
				take(text, 0.7*l.score)
			}
		}
	}
	if best.score < 0.9 && len(s.values) == 1 && !s.answer && tool.kit.telling(s) {
		for _, l := range labels(s, tool, p) { // the only value belongs to the only label
			if v := s.values[0]; !l.name && (v.end <= l.start || v.start >= l.end) {
				take(v.text, float64(0.95*l.score*fits(v, p)))
			}
		}
	}
	if loose {
		for _, v := range s.values {
			if fit := fits(v, p); fit > 0 && best.score < 0.3 && (s.answer || !attached(s, v, p, tool)) && !((tool.writes || p.key) && within.MatchString(s.text[:v.start])) {
				take(v.text, 0.45*fit)
			}
		}
	}
	return best, best.score > 0
}

// becomes says whether a value is what something is to be changed to.
func becomes(s sentence, v value) bool {
	return change.MatchString(s.text) && changedTo.MatchString(s.text[:v.start]) && endsSoon.MatchString(s.text[v.end:])
}

var change = regexp.MustCompile(`(?i)\b(?:chang|set|updat|switch|edit|modif|correct|becom|put|replac|swap|amend|adjust|fix|revis)`)

// attached says whether the words right before a value make it another
// parameter's: "the member number 17" gives no locker.
func attached(s sentence, v value, p *param, tool *tool) bool {
	near := 0
	for i := len(s.tokens) - 1; i >= 0 && near < 2; i-- {
		t := s.tokens[i]
		if t.end > v.start || len(lex.Words(t.word)) == 0 {
			continue
		}
		near++
		if keyStems[t.stem] || t.stem == tool.verb {
			continue
		}
		return !says(p.words, t.stem) && !slices.Contains(p.doc, t.stem) && t.end >= v.start-12
	}
	return false
}

// copula is what stands between a label and what it is.
const copula = `(?:is|are|was|were|(?:should|must|will|would|ought to|has to|have to|needs to) (?:be|read|say)|reads?|says?|it'?s|that'?s|it is|that is|they'?re|those are|becomes|be)`

var (
	linked    = regexp.MustCompile(`(?i)^[\s"'“(]*(?:(?:,?\s*(?:i have|` + copula + `)|=|:|to|as|by|number|no\.?|code|id|called|named|titled|#)[\s"'“(#]*)*$`)
	linkedOf  = regexp.MustCompile(`(?i)^\s+(?:of|at|on|from|in|by|under|for)\s+["'“(]?$`)
	turned    = regexp.MustCompile(`(?i)^["'”)]?,?\s+(?:(?:that|this|which) )?(?:` + copula + `|as|for|in)\s+(?:the|my|a|an|our|its|your|their|his|her)?\s*(?:[\p{L}]+\s+){0,2}$`)
	changedTo = regexp.MustCompile(`(?i)\b(?:to|becomes|into|with|by|at)\s+["'“(]?$`)
	endsSoon  = regexp.MustCompile(`(?i)^["'”)]?(?:\s*[.,!?;]|\s+(?:and|for|please|instead|in|on|at)\b|\s*$)`)
)

// nearness says how surely a value belongs to a label: 1 where nothing but a
// linking word is between them, little where other things are.
func nearness(text string, l span, v value, tool *tool, p *param) float64 {
	if v.start >= l.end {
		between := text[l.end:v.start]
		switch {
		case linked.MatchString(between):
			return 1
		case !p.key && linkedOf.MatchString(between):
			return 0.85
		case tool.writes && changedTo.MatchString(between) && endsSoon.MatchString(text[v.end:]):
			return 0.95
		case p.key || strings.ContainsAny(between, ",;") || strings.Contains(between, " and ") || strings.Contains(between, " with ") || strings.Contains(between, " of "):
			return 0
		}
		return max(0, 0.75-0.1*float64(len(strings.Fields(between))))
	}
	if v.end <= l.start {
		between := text[v.end:l.start]
		if turned.MatchString(between) {
			return 0.95
		}
	}
	return 0
}

// fits says how well a value suits a parameter's type, 0 to 1.
func fits(v value, p *param) float64 {
	switch p.format {
	case "email":
		return one(v.kind == email)
	case "uri", "url":
		return one(v.kind == link)
	case "date":
		return one(v.kind == day || v.kind == moment)
	case "date-time":
		return max(one(v.kind == moment), 0.7*one(v.kind == day))
	}
	switch p.kind {
	case "integer", "number":
		return one(v.kind == number && (p.kind == "number" || !strings.Contains(v.text, ".")))
	}
	if p.key {
		return fitsKey(v, p)
	}
	labelled := func(stems ...string) bool {
		return slices.ContainsFunc(stems, func(w string) bool { return slices.Contains(p.last, lex.Stem(w)) })
	}
	switch v.kind {
	case quoted:
		return 1
	case email:
		return one(labelled("email", "mail", "contact", "login", "to", "recipient"))
	case day, moment:
		return one(labelled("date", "day", "on", "at", "due", "from", "until", "since", "time", "birth", "start", "end"))
	case hour:
		return one(labelled("time", "at", "hour", "slot", "start", "end"))
	case phone:
		return one(labelled("phone", "mobile", "telephone", "number", "fax", "contact"))
	case name:
		return 0.95
	case code:
		return 0.5
	case number:
		return 0.3
	}
	return 0
}

func fitsKey(v value, p *param) float64 {
	if v.kind != code && v.kind != number && v.kind != quoted && v.kind != name {
		return 0
	}
	if v.kind == number && strings.Contains(v.text, ".") {
		return 0
	}
	if len(p.examples) > 0 {
		if slices.ContainsFunc(p.examples, func(e string) bool { return shape(e) == shape(v.text) }) {
			return 1
		}
		return 0.4
	}
	switch v.kind {
	case name:
		return 0.4
	case quoted:
		return 0.6
	}
	return 0.9
}

// shape is what identifiers of one kind share: "BK-90114" is "BK-9".
func shape(s string) string {
	var b strings.Builder
	digit := false
	for _, r := range s {
		if r >= '0' && r <= '9' {
			if !digit {
				b.WriteByte('9')
			}
			digit = true
			continue
		}
		digit = false
		b.WriteRune(r)
	}
	return b.String()
}

func one(ok bool) float64 {
	if ok {
		return 1
	}
	return 0
}

// convert turns a text into a parameter's JSON value.
func convert(text string, p *param) (any, bool) {
	switch p.kind {
	case "integer":
		n, err := strconv.ParseInt(text, 10, 64)
		return n, err == nil
	case "number":
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n, true
		}
		f, err := strconv.ParseFloat(text, 64)
		return f, err == nil
	}
	if p.format == "date" && len(text) > 10 && text[10] == 'T' {
		text = text[:10]
	}
	if p.format == "date-time" && len(text) == 10 {
		text += "T00:00:00Z"
	}
	return text, text != ""
}

// hearChoice finds one of an enum's values, as it is spelt or as it is said.
func hearChoice(s sentence, tool *tool, p *param) (hearing, bool) {
	best := hearing{}
	ls := labels(s, tool, p)
	for _, e := range p.enum {
		spelt := pyjson.Str(e)
		for _, at := range places(s.tokens, lowerWords(spelt)) {
			v := value{start: at.start, end: at.end}
			score := 0.5
			for _, l := range ls {
				score = max(score, float64(1.1*l.score*nearness(s.text, l, v, tool, p)))
			}
			score += 0.002 * float64(len(spelt)) // "in progress" is not "progress"
			if score > best.score {
				best = hearing{value: e, text: spelt, score: score}
			}
		}
	}
	return best, best.score > 0
}

// places finds where a sentence says words in a row.
func places(tokens []token, want []string) []span {
	var out []span
	for i := 0; len(want) > 0 && i+len(want) <= len(tokens); i++ {
		same := true
		for j, w := range want {
			same = same && (tokens[i+j].word == w || tokens[i+j].stem == lex.Stem(w) && len(w) > 4)
		}
		if same {
			out = append(out, span{start: tokens[i].start, end: tokens[i+len(want)-1].end, score: 1})
		}
	}
	return out
}

var negated = regexp.MustCompile(`(?i)\b(no|not|without|don't|off|false)\b`)

func hearBool(s sentence, tool *tool, p *param) (hearing, bool) {
	n := 0
	for _, w := range p.last {
		if slices.Contains(s.words, w) {
			n++
		}
	}
	if n == 0 || n < len(p.last) {
		return hearing{}, false
	}
	for _, l := range labels(s, tool, p) {
		if m := yesNo.FindStringSubmatch(s.text[l.end:]); m != nil {
			return hearing{value: affirming[strings.ToLower(m[1])], score: 1}, true
		}
	}
	if !tool.writes && !only.MatchString(s.text) {
		return hearing{}, false // it may be what is asked for
	}
	return hearing{value: !negated.MatchString(s.text), score: 1}, true
}

var (
	yesNo     = regexp.MustCompile(`(?i)^\s*(?:[:,]|is|it'?s|should be|to be|to)?\s*(yes|no|true|false)\b`)
	affirming = map[string]bool{"yes": true, "true": true}
	only      = regexp.MustCompile(`(?i)\b(only|that (?:is|are)|which (?:is|are))\b`)
)

func lowerWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127)
	})
}

// A token is a word where it stands.
type token struct {
	word, stem string
	start, end int
}

var word = regexp.MustCompile(`[\p{L}\d]+(?:[-'’][\p{L}\d]+)*`)

func tokenize(text string) []token {
	var out []token
	for _, at := range word.FindAllStringIndex(text, -1) {
		w := strings.ToLower(text[at[0]:at[1]])
		w = strings.NewReplacer("-", "", "'s", "", "’s", "").Replace(w)
		if n := len(out); (w == "in" || w == "out") && n > 0 && out[n-1].word == "check" {
			out[n-1] = token{"check" + w, "check" + w, out[n-1].start, at[1]}
			continue
		}
		out = append(out, token{w, lex.Stem(w), at[0], at[1]})
	}
	return out
}

// A span is where a label stands, and how well it names the parameter.
type span struct {
	start, end int
	score      float64
	name       bool // it is the thing's noun, behind which its name may stand
}

// labels finds where a sentence names a parameter: by its own words, by those
// without "min" or "new", or, for a key, by what it is the key of.
func labels(s sentence, tool *tool, p *param) []span {
	tokens := s.tokens
	wants := [][]string{p.last}
	if core := p.core(); len(core) > 0 && len(core) < len(p.last) {
		wants = append(wants, core)
	}
	if e := p.entity(tool); p.key && len(e) > 0 {
		wants = [][]string{e[len(e)-1:]}
	}
	if p.key && p.required && len(tool.nouns) > 0 && len(wants[0]) > 0 && !tool.kit.things[wants[0][0]] {
		wants = append(wants, tool.nouns[len(tool.nouns)-1:])
	}
	own := len(wants)
	if !p.key && len(p.last) == 1 && naming[p.last[0]] && len(tool.nouns) > 0 {
		wants = append(wants, tool.nouns[len(tool.nouns)-1:])
	}
	context := append(slices.Clone(p.words), tool.nouns...)
	var out []span
	for i := range tokens {
		for n, want := range wants {
			length, score := match(tokens[i:], want)
			if length == 0 {
				continue
			}
			end := i + length
			if p.key && end < len(tokens) && keyStems[tokens[end].stem] {
				end++
				score += 0.1
			}
			if i > 0 && slices.Contains(context, tokens[i-1].stem) && tokens[i-1].stem != want[0] {
				score += 0.1
			} else if i > 0 && foreign(tokens[i-1], p, tool) {
				score -= 0.25
			}
			if n > 0 && n < own && i > 0 && len(lex.Words(tokens[i-1].word)) > 0 && !says(tool.nouns, tokens[i-1].stem) && !says(p.words, tokens[i-1].stem) {
				continue // the due date is not the date
			}
			if i > 0 && tokens[i-1].word == "new" && !tool.writes {
				continue // what is to become of a thing does not find it
			}
			if p.key && tool.writes && i > 0 && tokens[i-1].word == "of" {
				score -= 0.25 // what something else belongs to
			}
			if tool.writes && !p.key && !creating[tool.verb] && i > 0 && slices.Contains(tool.nouns, tokens[i-1].stem) && (being.MatchString(s.text[tokens[end-1].end:]) || beingSo.MatchString(s.text[:tokens[i-1].start]) && !wishing.MatchString(s.text)) {
				continue // it says what is, not what is to be
			}
			if tool.writes && !p.key && qualifying.MatchString(s.text[:tokens[i].start]) {
				continue // it says which thing is meant
			}
			out = append(out, span{tokens[i].start, tokens[end-1].end, score - 0.1*float64(n), n >= own})
		}
	}
	return out
}

var (
	creating = map[string]bool{"creat": true, "add": true, "regist": true, "open": true, "place": true, "plac": true, "submit": true, "fil": true, "file": true, "book": true, "mak": true, "make": true, "request": true, "report": true}
	beingSo  = regexp.MustCompile(`(?i)\b(?:as|that'?s|which is) (?:the|my|our|its) $`)
	wishing  = regexp.MustCompile(`(?i)\b(?:put|use|want|make|enter|go|set|take|write)\b`)
	being    = regexp.MustCompile(`(?i)^,? (?:is|it'?s|that'?s) `)
)

// qualifying is what stands before a label that tells one thing from others:
// "the loan with the due date".
var qualifying = regexp.MustCompile(`(?i)\bwith (?:the |an? )?(?:[\p{L}]+ )?$|\bwith the [^.,]* and (?:the )?(?:[\p{L}]+ )?$`)

// within is what stands somewhere before a value that tells which thing is meant.
var within = regexp.MustCompile(`(?i)\bwith (?:the|an?) `)

// foreign says whether the word before a label makes it another thing's: the
// book title is not the loan's.
func foreign(before token, p *param, tool *tool) bool {
	return tool.kit.things[before.stem] && !says(p.words, before.stem) && !says(tool.nouns, before.stem)
}

// naming are last words of parameters that take what a thing is called by.
var naming = map[string]bool{"nam": true, "name": true, "titl": true, "title": true, "queri": true, "query": true, "q": true, "search": true, "keyword": true, "text": true, "term": true}

// match says how many tokens make up the wanted words, and how exactly.
func match(tokens []token, want []string) (int, float64) {
	if len(want) == 0 || len(tokens) < len(want) {
		return 0, 0
	}
	score := 0.0
	for i, w := range want {
		a := lex.Akin(tokens[i].stem, w)
		if a < 0.7 {
			return 0, 0
		}
		score += a
	}
	return len(want), score / float64(len(want))
}

var (
	afterLabel  = regexp.MustCompile(`(?i)^[\s,:=]*(?:` + copula + `|to|as|of|under|named|called|titled|=|:|,)(?:\s+|$)(?:to |` + copula + ` )?`)
	furtherFact = regexp.MustCompile(`(?i),? and the [\p{L} ]+ (?:is|it'?s|should be) `)
	ordered     = regexp.MustCompile(`(?i)^\W*(?:and )?(?:make|set) (?:the|my)\s+(?:[\p{L}]+\s+){0,2}$`)
	factBefore  = regexp.MustCompile(`(?i) (?:as|for) (?:the|my) [\p{L} ]+?(?:,| and) `)
	lastTo      = regexp.MustCompile(`(?i)^.*?\b(?:to|becomes|into)\s+`)
)

// beside takes free text next to a label: behind it, or before one that ends
// its sentence.
func beside(s sentence, l span, tool *tool, p *param) string {
	text := s.text
	after := strings.TrimRight(strings.TrimSpace(text[l.end:]), ".!?")
	if at := furtherFact.FindStringIndex(after); at != nil {
		after = after[:at[0]]
	}
	if m := afterLabel.FindString(after); m != "" && len(strings.Fields(m)) > 0 && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(m)), "of") {
		if strings.Trim(m, ", ") == "" { // "for the city, go with Delft"
			return core(after[len(m):], p.said(tool))
		}
		return strings.Trim(after[len(m):], `"“” `)
	}
	if m := lastTo.FindString(after); m != "" && tool.writes {
		for _, v := range s.values {
			if at := strings.Index(text[l.end:], after) + l.end + len(m); v.start >= at && v.start <= at+1 && endsSoon.MatchString(text[v.end:]) {
				return v.text
			}
		}
		return strings.Trim(after[len(m):], `"“” `)
	}
	if after != "" {
		if ordered.MatchString(text[:l.start]) {
			return strings.Trim(after, `"“” `)
		}
		return ""
	}
	from := 0
	for _, at := range factBefore.FindAllStringIndex(text[:l.start], -1) {
		from = at[1]
	}
	told := core(text[from:], p.said(tool))
	if at := strings.Index(text, told); told == "" || at+len(told) >= l.start {
		return ""
	}
	return told
}
