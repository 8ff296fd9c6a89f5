package world

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// What an answer holds is told in the texts of tools where no result is
// declared: "Returns name, habitat and diet", "including price and stock", a
// list of fields, a JSON sample.

// told returns the columns that a description says rows hold, in its order.
func told(text, entity string) []scaler.Column {
	text = beforeArguments(text)
	out := sampled(text, entity)
	add := func(c scaler.Column) {
		if c.Name != "" && !slices.ContainsFunc(out, func(have scaler.Column) bool { return have.Name == c.Name }) {
			out = append(out, c)
		}
	}
	for _, m := range fieldLine.FindAllStringSubmatch(text, -1) {
		add(toldColumn(m[1], m[2], entity))
	}
	for _, cue := range toldCues {
		for _, at := range cue.says.FindAllStringIndex(text, -1) {
			items := itemsOf(text[at[1]:])
			if len(items) < cue.least {
				continue
			}
			for _, item := range items {
				add(toldColumn(item, "", entity))
			}
		}
	}
	return out
}

// toldCues begin a list of what an answer holds, with the least number of items
// that make it one. To teach another, add a row.
var toldCues = []struct {
	says  *regexp.Regexp
	least int
}{
	{regexp.MustCompile(`(?i)\b(?:returns?|outputs?|response|provides?|retrieves?|shows?|gets?|fetch(?:es)?|displays?)(?: an?| the| all| its| their)?(?: \w+){0,5}?(?: including| includes| containing| with(?: (?:its|their|the|details like|fields like))?| such as| like)?:? `), 3},
	{regexp.MustCompile(`(?i)\b(?:including|includes?|contain(?:s|ing)|with (?:its|their)|(?:details?|information|info|data|fields?|properties|metadata|stats|statistics|attributes)\)?,? ?(?:\(|:|such as|like|about|on|e\.g\.,?|including)) ?`), 2},
}

// fieldLine is one field of a list: - price (float): the last price.
var fieldLine = regexp.MustCompile("(?:^|\\s)[-*•] [*`'\"]*([A-Za-z][A-Za-z0-9_]*(?: [a-z]+)?)[*`'\"]* ?(?:\\(([a-z]+)\\))?:")

var (
	argumentPart = regexp.MustCompile(`\b(?:Args|Arguments|Parameters|Params|Inputs?|Takes)\b:? ?`)
	answerPart   = regexp.MustCompile(`\b(?:Returns?|Outputs?|Response)\b: ?`)
	examplePart  = regexp.MustCompile(`\b(?:Examples?|Usage|Notes?|Raises|Prompt)\b: ?`)
)

// beforeArguments leaves out what a description says of the arguments.
func beforeArguments(text string) string {
	at := argumentPart.FindStringIndex(text)
	if at == nil {
		return text
	}
	rest := ""
	if i := answerPart.FindStringIndex(text[at[1]:]); i != nil {
		rest = text[at[1]+i[0]:]
		if end := examplePart.FindStringIndex(rest); end != nil {
			rest = rest[:end[0]]
		}
	}
	return text[:at[0]] + "\n" + rest
}

// itemsOf splits the list that a text begins with; none where it is prose.
func itemsOf(text string) []string {
	end := len(text)
	if i := strings.IndexAny(text, ";\n"); i >= 0 {
		end = i
	}
	if i := strings.Index(text[:end], ". "); i >= 0 {
		end = i
	}
	if i := strings.IndexAny(text[:end], "()"); i >= 0 && text[i] == ')' {
		end = i
	}
	text = strings.TrimRight(aside.ReplaceAllString(text[:end], ""), ". )")
	if again := opens.FindStringIndex(text); again != nil {
		text = text[again[1]:] // what stands before it is what holds the rest
	}
	var out []string
	for _, item := range listed.Split(text, 20) {
		item = strings.Trim(strings.TrimSpace(item), "'\"`*")
		w := words.Split(item)
		if strings.Contains(item, "-") {
			continue // a name of something, not of a field
		}
		for len(w) > 0 && (english.Fillers[w[0]] || articles[w[0]]) {
			w = w[1:]
		}
		if i := slices.IndexFunc(w, func(s string) bool {
			return english.Prepositions[s] || s == "that" || s == "which" || s == "if" || s == "whether"
		}); i >= 0 {
			w = w[:i]
		}
		if len(w) == 0 || len(w) > 3 {
			if len(out) > 0 && len(w) > 3 {
				break // the list has run into the sentence
			}
			continue
		}
		out = append(out, strings.Join(w, " "))
	}
	return out
}

var (
	aside    = regexp.MustCompile(`\s*\([^)]*\)`)
	listed   = regexp.MustCompile(`,? and |,? or |, ?|/`)
	opens    = regexp.MustCompile(`(?i)\b(?:including|includes?|containing|contains?|such as|like|with (?:its|their)) `)
	articles = wordSet("its their other and or both any each relevant basic key additional current detailed general various important essential comprehensive overall related associated respective")
)

// toldColumn makes a column of what a text calls a field; none where nothing
// says what to fill it with, or it is no field.
func toldColumn(item, typ, entity string) scaler.Column {
	w := words.Split(item)
	if len(w) == 0 {
		return scaler.Column{}
	}
	last := w[len(w)-1]
	one := words.Singular(last)
	if !isNounPhrase(w) {
		return scaler.Column{}
	}
	if emptyWords[last] || emptyWords[one] || one == lastWord(entity) || len(w) == 1 && english.Verbs[last] != "" && !english.NounVerbs[last] {
		return scaler.Column{}
	}
	c := scaler.Column{Type: typeWords[typ]}
	if severalTexts[last] && typ == "" {
		c.Name, c.Type, c.Schema = strings.Join(w, "_"), "array", json.RawMessage(`{"type":"string"}`)
		return c
	}
	if last != one && !tallied[one] {
		w[len(w)-1] = one
	}
	c.Name = plainName(entity, strings.Join(w, "_"))
	if c.Type == "" {
		c.Type = guessType(strings.Join(w, "_"))
	}
	if c.Type == "string" {
		if dated[one] {
			c.Format = "date-time"
		}
		if !fake.Known(fake.Column(c, entity)) {
			return scaler.Column{}
		}
	}
	return c
}

// isNounPhrase says whether words can be the name of a field: no part of a
// sentence, such as "helping analysts" or "investors keep track".
func isNounPhrase(w []string) bool {
	for i, s := range w {
		_, verb := english.Verbs[s]
		if len(w) > 1 && (verb && !english.NounVerbs[s] || sentence[s] || strings.HasSuffix(s, "ing") && i == 0 && !gerunds[s]) {
			return false
		}
	}
	return true
}

var (
	sentence = wordSet("keep is are be can will may must should has have make makes help helps allow allows you your we our they this these those not no need needs want how when where why what who if use uses using used")
	gerunds  = wordSet("opening closing shipping billing booking meeting rating pricing spelling parking boiling melting building trading operating")
)

// emptyWords say nothing that could be a field.
var emptyWords = wordSet(`data error successful success result response list detail information info dictionary dict json object string array
	message text etc more more value content metadata item thing option parameter input output request user tool function api
	following string row format time example type name's id's everything all one none null true false failure confirmation the`)

// severalTexts are fields that hold a list of words.
var severalTexts = wordSet("authors tags genres ingredients languages categories keywords colors sizes features currencies timezones skills topics labels actors amenities synonyms antonyms platforms developers publishers artists directors")

// tallied are nouns whose number is meant where a field is called by them.
var tallied = wordSet("view like download point star fork comment follower win loss goal assist rebound play share retweet vote visit click impression")

var dated = wordSet("timestamp datetime")

var typeWords = map[string]string{"str": "string", "string": "string", "text": "string", "float": "number", "number": "number", "double": "number",
	"int": "integer", "integer": "integer", "bool": "boolean", "boolean": "boolean"}

// sampled reads the columns off a JSON sample in a description.
func sampled(text, entity string) []scaler.Column {
	at := answerPart.FindStringIndex(text)
	if at == nil {
		return nil
	}
	begin := strings.IndexAny(text[at[1]:], "{[")
	if begin < 0 || begin > 200 {
		return nil
	}
	var raw json.RawMessage
	if json.NewDecoder(strings.NewReader(text[at[1]+begin:])).Decode(&raw) != nil {
		return nil
	}
	v, err := pyjson.Parse(raw)
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	o, ok := v.(*pyjson.Object)
	if err != nil || !ok || o.Len() < 2 {
		return nil
	}
	var out []scaler.Column
	for name, value := range o.All() {
		c := scaler.Column{Name: plainName(entity, name), Type: schema.TypeOf(value)}
		if value == nil || c.Type == "object" || c.Type == "array" || emptyWords[snake(name)] && name != "id" {
			continue
		}
		c.Examples = []json.RawMessage{pyjson.Marshal(value)}
		out = append(out, c)
	}
	return out
}
