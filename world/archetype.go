package world

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

//go:embed archetypes.txt
var archetypesText string

// An archetype is the fields that things of a kind have, where the service
// speaks of certain words: the position of a chess board is none of a company.
type archetype struct {
	context []string // none: wherever nothing else fits
	fields  []scaler.Column
}

// archetypes are what is known of kinds, by the words for the kind. To add one,
// add a line to archetypes.txt.
var archetypes = readArchetypes(archetypesText)

func readArchetypes(text string) map[string][]archetype {
	out := map[string][]archetype{}
	for line := range strings.Lines(text) {
		kinds, fields, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		var a archetype
		kinds, context, _ := strings.Cut(kinds, " @ ")
		a.context = strings.Fields(context)
		for _, f := range fieldsOf(fields) {
			a.fields = append(a.fields, archetypeField(f))
		}
		for _, kind := range strings.Split(kinds, ", ") {
			key := strings.ReplaceAll(kind, " ", "_")
			out[key] = append(out[key], a)
		}
	}
	return out
}

// fieldsOf splits a line's fields at the blanks that stand in no braces.
func fieldsOf(text string) []string {
	depth := 0
	return strings.FieldsFunc(text, func(r rune) bool {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		}
		return r == ' ' && depth == 0
	})
}

// archetypeField reads one field: name, severity{low|high}, age:i[1..90].
func archetypeField(text string) scaler.Column {
	text, values, listed := strings.Cut(strings.TrimSuffix(text, "}"), "{")
	text, span, bounded := strings.Cut(strings.TrimSuffix(text, "]"), "[")
	name, letter, _ := strings.Cut(text, ":")
	c := scaler.Column{Name: name, Type: "string"}
	switch letter {
	case "n":
		c.Type = "number"
	case "i":
		c.Type = "integer"
	case "b":
		c.Type = "boolean"
	case "t":
		c.Format = "date-time"
	case "d":
		c.Format = "date"
	}
	if bounded {
		low, high, _ := strings.Cut(span, "..")
		c.Min, c.Max = numberIn(low), numberIn(high)
	}
	if listed {
		for _, v := range strings.Split(values, "|") {
			c.Enum = append(c.Enum, valueIn(v, c.Type))
		}
	}
	return c
}

func numberIn(text string) *float64 {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil
	}
	return &f
}

// valueIn returns a value of a field as JSON.
func valueIn(text, typ string) json.RawMessage {
	if typ == "string" {
		return pyjson.Marshal(text)
	}
	return json.RawMessage(text)
}

// plainFields are what is kept of a thing that no archetype knows.
var plainFields = []scaler.Column{{Name: "name", Type: "string"}, {Name: "description", Type: "string"}, {Name: "created_at", Type: "string", Format: "date-time"}}

// bare is how few telling columns a table has that is given those of its kind.
const bare = 2

// complete gives a table that its specification says next to nothing about the
// fields that a thing of its kind has, or a name and a description.
func (t *table) complete() {
	telling := t.telling()
	if telling > bare || t.addKind() || telling > 1 || t.alone {
		return
	}
	fields := plainFields
	if telling > 0 {
		fields = plainFields[1:]
	}
	t.addFields(fields)
	t.noteAll("assumed: it has a name and a description")
}

// whereabouts are columns that only say where a row lies, or how it was asked for.
var whereabouts = wordSet("owner repo org organization repository since until before after workspace account project namespace region page limit query q sort order lang locale")

// twins are two names of one thing.
var twins = map[string]string{"title": "name", "name": "title", "text": "message", "author": "user"}

// unkind are last words that say how a thing is asked for and not what it is.
var unkind = wordSet("get info data detail details list search finder lookup getter searcher fetch result basic endpoint api v1 v2 v3 by of the controller")

// archetypeOf returns the fields of the kind that an entity's last words name,
// of several the one of which the service speaks most.
func archetypeOf(entity string, about map[string]bool) []scaler.Column {
	list := strings.Split(entity, "_")
	for len(list) > 1 && (unkind[list[len(list)-1]] || strings.Trim(list[len(list)-1], "0123456789") == "") {
		if fields := kindNamed(list, about); fields != nil {
			return fields
		}
		list = list[:len(list)-1]
	}
	return kindNamed(list, about)
}

// fits says how well a kind's context is that of an entity: the more of its
// words are spoken of besides the kind's own, the better; below 0 not at all.
func (a archetype) fits(kind, entity []string, about map[string]bool) int {
	if len(a.context) == 0 {
		return 1
	}
	score, own := 0, -1
	for _, w := range a.context {
		switch {
		case slices.Contains(kind, w):
			own = 0
		case about[w] || slices.Contains(entity, w):
			score += 2
		}
	}
	if score == 0 {
		return own
	}
	return score
}

func kindNamed(list []string, about map[string]bool) []scaler.Column {
	for n := min(3, len(list)); n > 0; n-- {
		kind := list[len(list)-n:]
		var best []scaler.Column
		most := -1
		for _, a := range archetypes[strings.Join(kind, "_")] {
			if fits := a.fits(kind, list, about); fits > most {
				best, most = a.fields, fits
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// about are the words that a table's service speaks of: in its name, in the
// names of its tools, and in what those of the table say they do.
func (t *table) about() map[string]bool {
	out := map[string]bool{}
	speak := func(text string) {
		for _, w := range words.Split(text) {
			out[words.Singular(w)] = true
		}
	}
	speak(t.Entity)
	for _, o := range t.ops {
		speak(o.tool.Service)
		speak(o.name)
		speak(beforeArguments(o.tool.Description))
		for _, p := range o.params {
			speak(p.Name)
		}
	}
	for _, name := range t.siblings {
		speak(name)
	}
	return out
}

// acquaint tells each table the names of the other tools of its services.
func (a *atlas) acquaint() {
	names := map[string][]string{}
	for _, t := range a.tables {
		for _, o := range t.ops {
			names[o.tool.Service] = append(names[o.tool.Service], o.tool.Name)
		}
	}
	for _, t := range a.tables {
		var seen []string
		for _, o := range t.ops {
			if !slices.Contains(seen, o.tool.Service) {
				seen = append(seen, o.tool.Service)
				t.siblings = append(t.siblings, names[o.tool.Service]...)
			}
		}
	}
}
