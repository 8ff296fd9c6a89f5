package sandbox

import (
	"context"
	"testing"
)

// What no service would take for a day or an address is refused; how a time is written
// beyond that, and every other format, is a remark.
func TestFormats(t *testing.T) {
	_, s := echo(t, `{"type": "object", "properties": {"due": {"type": "string", "format": "date"}, "at": {"type": ["string", "null"], "format": "date-time"},
		"mail": {"type": "string", "format": "email"}, "site": {"type": "string", "format": "uri"}, "id": {"type": "string", "format": "uuid"}, "stamp": {"type": "integer", "format": "date-time"}}}`)
	for args, want := range map[string]string{
		`{"due": "2026-03-02"}`:           "",
		`{"due": "2026-03-02T09:00:00Z"}`: "",
		`{"due": "tomorrow"}`:             `due: expected a date such as 2026-03-02, got "tomorrow"`,
		`{"due": "2026-02-30"}`:           `due: expected a date such as 2026-03-02, got "2026-02-30"`,
		`{"at": "2026-03-02 09:00"}`:      "",
		`{"at": null}`:                    "",
		`{"at": "noon"}`:                  `at: expected a time such as 2026-03-02T09:00:00Z, got "noon"`,
		`{"mail": "ada@example.com"}`:     "",
		`{"mail": "ada"}`:                 `mail: expected an e-mail address, got "ada"`,
		`{"site": "not one", "id": "x"}`:  "",
		`{"stamp": 1772442000}`:           "",
	} {
		got := ""
		if r := s.Call(context.Background(), "echo", []byte(args)); r.Refused != nil {
			got = r.Refused.Message
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", args, got, want)
		}
	}
}
