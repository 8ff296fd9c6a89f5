package world

import (
	_ "embed"
	"strings"

	"github.com/agentscaler/scaler"
)

//go:embed archetypes.txt
var archetypesText string

// archetypes are the fields that things of a kind have, by the one or two words
// for the kind. To add one, add a line to archetypes.txt.
var archetypes = func() map[string][]scaler.Column {
	out := map[string][]scaler.Column{}
	for line := range strings.Lines(archetypesText) {
		kinds, fields, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		var columns []scaler.Column
		for _, f := range strings.Fields(fields) {
			columns = append(columns, archetypeField(f))
		}
		for _, kind := range strings.Split(kinds, ", ") {
			key := strings.ReplaceAll(kind, " ", "_")
			if _, taken := out[key]; !taken {
				out[key] = columns
			}
		}
	}
	return out
}()

func archetypeField(text string) scaler.Column {
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
	return c
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

// archetypeOf returns the fields of the kind that an entity's last words name.
func archetypeOf(entity string) []scaler.Column {
	list := strings.Split(entity, "_")
	for n := min(2, len(list)); n > 0; n-- {
		if fields, ok := archetypes[strings.Join(list[len(list)-n:], "_")]; ok {
			return fields
		}
	}
	return nil
}
