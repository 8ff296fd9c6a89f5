package sandbox

import (
	"errors"
	"strings"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A format of JSON Schema is a remark by default; services refuse a due date of
// "tomorrow" all the same. Those are asserted of which services take the same, in the
// form that all of them take.

// A format says of which texts it is.
type format struct {
	is   func(text string) bool
	like string // what to say is expected
}

var formats = map[string]format{
	"date":      {isDay, "a date such as 2026-03-02"},
	"date-time": {isDay, "a time such as 2026-03-02T09:00:00Z"}, // its clock and zone are left out or abbreviated by many
	"email":     {isEmail, "an e-mail address"},
}

// remarks are the formats that the validator would assert of its own.
var remarks = []string{"duration", "hostname", "ipv4", "ipv6", "iri", "iri-reference", "idn-email", "idn-hostname", "json-pointer", "period", "regex",
	"relative-json-pointer", "semver", "time", "uri", "uri-reference", "uri-template", "uuid"}

// assertFormats lets a compiler assert our formats and no others.
func assertFormats(c *jsonschema.Compiler) {
	c.AssertFormat()
	for _, name := range remarks {
		c.RegisterFormat(&jsonschema.Format{Name: name, Validate: func(any) error { return nil }})
	}
	for name, f := range formats {
		c.RegisterFormat(&jsonschema.Format{Name: name, Validate: func(v any) error {
			if text, ok := v.(string); ok && !f.is(text) {
				return errFormat
			}
			return nil
		}})
	}
}

var errFormat = errors.New("not of its format") // explain says what was expected

// isDay says whether a text is a day, or a time that begins with one.
func isDay(text string) bool {
	day, rest := text[:min(len(text), len(time.DateOnly))], text[min(len(text), len(time.DateOnly)):]
	_, err := time.Parse(time.DateOnly, day)
	return err == nil && (rest == "" || rest[0] == 'T' || rest[0] == 't' || rest[0] == ' ')
}

func isEmail(text string) bool {
	at := strings.LastIndexByte(text, '@')
	return at > 0 && at < len(text)-1 && !strings.ContainsAny(text[at:], " \t\n")
}
