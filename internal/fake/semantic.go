package fake

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// A Semantic says what a value is about and how to make one.
type Semantic struct {
	Name  string
	Types string   // the JSON types it comes in
	Words []string // how names that mean it end: "first name"
	Make  func(m *Maker, s *Shape) any
}

// Semantics lists everything a value can be about. To add one, add a row.
var Semantics = slices.Concat(personSemantics, placeSemantics, thingSemantics, timeSemantics, numberSemantics, codeSemantics, textSemantics, technicalSemantics, vocabulary())

var byName, byPhrase = index()

func index() (map[string]*Semantic, map[string][]*Semantic) {
	names, phrases := map[string]*Semantic{}, map[string][]*Semantic{}
	for i := range Semantics {
		sem := &Semantics[i]
		names[sem.Name] = sem
		for _, p := range sem.Words {
			phrases[p] = append(phrases[p], sem)
		}
	}
	return names, phrases
}

// formatSemantics says what a format means where the name says nothing.
var formatSemantics = map[string]string{
	"date": "date", "date-time": "datetime", "time": "time", "email": "email", "uri": "url", "url": "url", "uuid": "id",
	"ipv4": "ip", "ipv6": "ip", "hostname": "hostname", "duration": "duration", "iri": "url", "uri-reference": "url",
	"phone": "phone", "currency": "currency", "password": "secret", "unix-time": "datetime", "google-datetime": "datetime", "google-duration": "duration.text", "google-fieldmask": "field.mask",
	"timestamp": "datetime", "datetime": "datetime", "html": "paragraph", "markdown": "paragraph", "color": "color", "country": "country", "ip": "ip", "cidr": "cidr", "arn": "arn", "binary": "blob", "base64": "blob",
}

// guess finds what a shape is about by its name: the longest phrase that its
// name ends with, then its format, then any phrase inside the name.
func guess(s *Shape) string {
	if s.Type == "object" || s.Type == "array" || len(s.Words) == 0 {
		return ""
	}
	if s.Type == "boolean" {
		return "boolean"
	}
	if len(s.Enum) > 0 {
		return ""
	}
	switch sem := lookup(s, s.Words); {
	case sem == "state" && ofThing(s):
		if s.Entity == "properties" {
			return "condition"
		}
		return "states: status"
	case sem == "computing: expression" && arithmetic.MatchString(s.Doc):
		return "computing: arithmetic expression"
	case sem == "time" && moment(s):
		return "datetime"
	case sem == "person.name" && ofRepository(s):
		return "repository"
	case sem == "id" && s.Words[len(s.Words)-1] == "key" && storedFile.MatchString(s.Doc):
		return "path"
	case sem == "kinds: role" && iamRole.MatchString(s.Doc):
		return "arn"
	case (sem == "person.name" || sem == "username" || sem == "by") && shownBy(s) == "email":
		return "email"
	case sem != "":
		return sem
	}
	if s.unglue() {
		return guess(s)
	}
	if sem, ok := formatSemantics[s.Format]; ok && s.Type != "integer" {
		return sem
	}
	if s.Type == "string" && s.Pattern == nil {
		if last := s.Words[len(s.Words)-1]; people[last] { // several would be a list
			return "person.name"
		} else if named[last] != nil {
			return "called"
		}
	}
	if sem := shownBy(s); sem != "" {
		return sem
	}
	if sem := told(s); sem != "" {
		return sem
	}
	if s.Type == "string" && s.Pattern == nil { // a number in words
		number := *s
		number.Type = "number"
		if sem := lookup(&number, s.Words); sem != "" {
			return sem
		}
	}
	if s.Type == "string" && !trailing[s.Words[len(s.Words)-1]] {
		return ""
	}
	for end := len(s.Words) - 1; end > 0; end-- {
		if sem := lookup(s, s.Words[:end]); sem != "" && sem != "name" && !strings.HasPrefix(sem, "date") {
			return sem
		}
	}
	return ""
}

// ofRepository says whether a full name is that of a repository.
func ofRepository(s *Shape) bool {
	return strings.Join(s.Words, " ") == "full name" && (strings.HasSuffix(s.Entity, "repository") || strings.HasSuffix(s.Entity, "repo"))
}

// storedFile is how a description calls what a key of a store names.
var storedFile = regexp.MustCompile(`(?i)\b(file|object key|s3 object|name of the object|thumbnail|artwork)\b`)

// iamRole is how a description calls a role that a service takes on.
var iamRole = regexp.MustCompile(`\bIAM\b|\bARN\b|Amazon Resource Name|(service|execution) role`)

// glued are ends of names that some services write without a break: duedate,
// taskname, listuuid, color2.
var glued = regexp.MustCompile(`^([a-z]{3,})(uuid|name|date|url|number|count|status|email|slug|title|[1-9])$`)

// unglue takes the last word of a name apart where it is two.
func (s *Shape) unglue() bool {
	last := len(s.Words) - 1
	at := glued.FindStringSubmatch(s.Words[last])
	if at == nil || single[s.Words[last]] {
		return false
	}
	s.Words = append(slices.Clone(s.Words[:last]), at[1], at[2])
	return true
}

// single are words that only look like two.
var single = flags("update candidate invalidate liquidate mandate validate consolidate rename surname nickname username discount account recount")

// arithmetic is how a description calls what can be worked out.
var arithmetic = regexp.MustCompile(`(?i)\b(arithmetic|math|mathematical)\b`)

// postal are words before state that mean a part of a country.
var postal = flags(`address home billing shipping mailing origin destination ship bill us birth residence delivery venue location business
	city company organization store branch hotel property airport warehouse supplier school county office restaurant clinic bank site weather zip state
	vendor merchant hospital lead account place region park station listing`)

// ofThing says whether a state is the condition of a thing: its provisioning
// state, or the state among its properties.
func ofThing(s *Shape) bool {
	last := len(s.Words) - 1
	if s.Words[last] != "state" {
		return false
	}
	if last == 0 {
		list := words.Split(s.Entity)
		return len(list) > 0 && !postal[list[len(list)-1]] && !people[list[len(list)-1]]
	}
	return !postal[s.Words[last-1]] && !people[s.Words[last-1]]
}

// lookup finds the semantic whose phrase the words end with, the longest first.
func lookup(s *Shape, name []string) string {
	for len(name) > 1 && noise[name[len(name)-1]] {
		name = name[:len(name)-1]
	}
	if last := len(name) - 1; last == 0 && name[0] != "name" { // the type of an animal is not that of a phone
		thing := strings.Fields(strings.ReplaceAll(words.Snake(s.Entity), "_", " "))
		for n := min(2, len(thing)); n > 0; n-- {
			owner := strings.Join(thing[len(thing)-n:], " ")
			if sem := phrase(s, owner+" "+name[0]); sem != "" {
				return sem
			}
			if name[0] == "state" && ofThing(s) || name[0] == "phase" {
				if sem := phrase(s, owner+" status"); sem != "" {
					return sem
				}
			}
		}
	} else if last > 0 && strings.Trim(name[last], "0123456789") == "" {
		name = name[:last] // address line 2, team 1
	}
	for n := min(3, len(name)); n > 0; n-- {
		if sem := phrase(s, strings.Join(name[len(name)-n:], " ")); sem != "" {
			return sem
		}
	}
	if last := len(name) - 1; last >= 0 {
		if one := words.Singular(name[last]); one != name[last] && s.Type == "string" {
			return lookup(s, append(slices.Clone(name[:last]), one))
		}
	}
	return ""
}

// trailing are last words that only say which one is meant.
var trailing = flags(`usd eur gbp cents number no primary secondary alternate alt main work home mobile current new old previous original final raw formatted value local
	from to in out min max a b one two english en legal public private internal external default only override hint list`)

// noise are last words that say how a value is written.
var noise = flags("utc gmt iso str string text")

// phrase returns the meaning of exactly these words for a value of the type.
func phrase(s *Shape, text string) string {
	for _, sem := range byPhrase[text] {
		if s.Type == "" || strings.Contains(sem.Types, s.Type) {
			return sem.Name
		}
	}
	return ""
}

var stamped = regexp.MustCompile(`(?i)timestamp|rfc.?3339|iso.?8601|date and time`)

// moment says whether a time is a date too: that of a creation, one that its
// service writes as a timestamp.
func moment(s *Shape) bool {
	if strings.Contains(s.Format, "datetime") || stamped.MatchString(s.Doc) {
		return true
	}
	for _, w := range s.Words[:len(s.Words)-1] {
		if strings.HasSuffix(w, "tion") || strings.HasSuffix(w, "ated") {
			return true // deletion, activation
		}
		if _, step := stages[w]; step && w != "date" {
			return true
		}
		if plans[w] == 2 {
			return true
		}
	}
	return s.Words[0] == "delete" || s.Words[0] == "completion" || s.Words[0] == "request" || s.Words[0] == "event"
}

// Formats lists the formats of columns that values are made after.
func Formats() []string {
	known := maps.Clone(formatSemantics)
	for name := range formats {
		known[name] = ""
	}
	return slices.Sorted(maps.Keys(known))
}
