package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// Lists of tools that were read off web pages have arguments that are none: the
// words of a description, or the name of the tool that stood next.

// unscraped returns the tool without such arguments; others are the names of
// the tools of its service.
func unscraped(t scaler.Tool, others map[string]bool) scaler.Tool {
	params := schema.Parse(t.Parameters)
	props, ok := params.Object("properties")
	if !ok || t.Method != "" {
		return t
	}
	said := words.Split(firstSentence(t.Description))
	var names []string
	torn := false
	for name, p := range props.All() {
		if v := schema.Of(p); v.Text("description") == "" && !strongID(name) && (v.Type() == "string" || v.Type() == "") {
			names = append(names, name)
			torn = torn || particles[name] || name != strings.ToLower(name) && len(said) > 0 && strings.ToLower(name) == said[0]
		}
	}
	torn = torn || reads(said, names, words.Split(t.Name))
	drop := map[string]bool{}
	for _, name := range names {
		word := strings.ToLower(name)
		if others[name] || name == "True" || name == "False" || torn && (slices.Contains(said, word) || particles[word] || english.Verbs[word] != "") {
			drop[name] = true
		}
	}
	if len(drop) == 0 {
		return t
	}
	t.Parameters = pyjson.Marshal(lessProperties(params.Words, drop))
	return t
}

// lessProperties returns an object schema without some of its properties.
func lessProperties(whole *pyjson.Object, drop map[string]bool) *pyjson.Object {
	out, s := whole.Shallow(), schema.Of(whole)
	props := pyjson.NewObject(0)
	have, _ := s.Object("properties")
	for name, p := range have.All() {
		if !drop[name] {
			props.Set(name, p)
		}
	}
	out.Set("properties", props)
	required := []any{}
	for _, name := range s.List("required") {
		if text, ok := name.(string); !ok || !drop[text] {
			required = append(required, name)
		}
	}
	if len(required) > 0 {
		out.Set("required", required)
	} else {
		out.Delete("required")
	}
	return out
}

// reads says whether arguments are called by three words in a row of what the
// tool says it does, or by its last two where the tool is named after the last.
func reads(said, names, tool []string) bool {
	row := 0
	for i, w := range said {
		if !slices.Contains(names, w) {
			row = 0
			continue
		}
		if row++; row > 2 || row == 2 && i == len(said)-1 && slices.Contains(tool, w) {
			return true
		}
	}
	return false
}

// particles are words that no argument is called by.
var particles = wordSet("a an the of specific and or with your my this that new existing")
