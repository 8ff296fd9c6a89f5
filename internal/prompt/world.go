package prompt

import (
	"embed"
	"fmt"
	"strings"
	"text/template"
)

//go:embed world_*.md
var worldTexts embed.FS

var worldPages = template.Must(template.ParseFS(worldTexts, "world_*.md"))

// A ToolLine is a tool in one line.
type ToolLine struct{ Name, Effect, Description string }

// A SchemaPage asks for the database of a service.
type SchemaPage struct {
	Name, Summary string
	Now           string // the world's clock, RFC 3339
	Tools         []ToolPage
	Schema        string // as inferred
}

// Clock is the world's time with the day of the week.
func (p SchemaPage) Clock() string { return clock(p.Now) }

// A CodePage asks for the code of one tool.
type CodePage struct {
	Name, Summary string
	Tool          ToolPage
	Schema        string
	Rows          string // some of the rows there are, a line each
	Others        []ToolLine
	Dialect       string   // what the code may use
	Helpers       string   // functions that are there as well
	Code          string   // what the built-in builder wrote; may be empty
	Contract      []string // what is asked of the code
	Kinds         string
}

// A ToolPage is a tool as its specification describes it.
type ToolPage struct {
	Name, Function, Place, Description string
	Parameters, Result, Effect         string
}

// A PolicyPage asks for the parts of a handbook that state no rule.
type PolicyPage struct {
	Name, Summary      string
	Tables             string // their names
	Rules, Keeps, Asks []string
	Tools              []ToolLine
}

// String returns the question.
func (p SchemaPage) String() string { return page("world_schema.md", p) }

// String returns the question.
func (p CodePage) String() string { return page("world_tool.md", p) }

// String returns the question.
func (p PolicyPage) String() string { return page("world_policy.md", p) }

func page(name string, data any) string {
	var b strings.Builder
	if err := worldPages.ExecuteTemplate(&b, name, data); err != nil {
		panic(fmt.Sprintf("prompt: %v", err)) // unreachable: the templates are fixed, and a Builder takes everything
	}
	return strings.TrimSpace(b.String()) + "\n"
}

// Findings says what is wrong with an answer, and asks for another.
func Findings(found []string) string {
	return "This was tried, and could not be used as it is:\n- " + strings.Join(found, "\n- ") + "\nAnswer again in the same form, with all of it."
}
