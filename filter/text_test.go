package filter

import (
	"strings"
	"testing"
	"time"

	"github.com/agentscaler/scaler/internal/pyjson"

	scaler "github.com/agentscaler/scaler"
)

// When a text states a fact, and when it only looks like it.
func TestStates(t *testing.T) {
	number := func(json, text string, also ...string) scaler.Fact { return fact("number", json, text, also...) }
	for _, c := range []struct {
		fact scaler.Fact
		text string
		want bool
	}{
		{number("12", "12"), "There are 12 of them.", true},
		{number("12", "12"), "There are twelve of them.", true},
		{number("12", "12"), "There are 1234.", false},
		{number("12", "12"), "It costs 12.50.", false},
		{number("12", "12"), "Order ORD-12 is due on 12 March at 12:30.", false},
		{number("12", "12"), "Gate B12", false},
		{number("1234.5", "1234.50"), "The balance is $1,234.50.", true},
		{number("1234.5", "1234.50"), "The balance is EUR 1234.5", true},
		{number("1234.5", "1234.50"), "The balance is 1,234.05", false},
		{number("49.9", "49.90"), "Das kostet 49,90 €", true},
		{number("-24.9", "-24.90"), "The booking is of -£24.90.", true},
		{number("5.0", "5"), "It was rated 5 out of 7", true},
		{fact("date", `"2026-03-05"`, "5 March 2026"), "It arrives on March 5th, 2026.", true},
		{fact("date", `"2026-03-05"`, "5 March 2026"), "It arrives on 2026-03-05.", true},
		{fact("date", `"2026-03-05"`, "5 March 2026"), "It arrives on the 5th of March 2026.", true},
		{fact("date", `"2026-03-05"`, "5 March 2026"), "It arrives on 15 March 2026.", false},
		{fact("date", `"2026-03-05"`, "5 March 2026", "5 March"), "It arrives on Mar 5.", true},
		{fact("time", `"2026-03-05T09:30:00Z"`, "5 March 2026 at 09:30", "2026-03-05 09:30"), "On 2026-03-05T09:30:00Z.", true},
		{fact("time", `"09:30"`, "09:30"), "We open at 9:30 am.", true},
		{fact("time", `"15:05"`, "15:05"), "We open at 3:05 PM.", true},
		{fact("status", `"in_progress"`, "in progress"), "The ticket is IN_PROGRESS.", true},
		{fact("status", `"active"`, "active"), "The card is inactive.", false},
		{fact("status", `"cancelled"`, "cancelled"), "It has been canceled.", true},
		{fact("email", `"marta@example.com"`, "marta@example.com"), "Write to Marta@Example.com.", true},
		{fact("id", `"PRD-331"`, "PRD-331"), "See PRD-3310.", false},
		{fact("id", `"TXN-20260211-0093"`, "TXN-20260211-0093"), "It is TXN-20260211-0093.", true},
		{fact("id", `"cls_a-b-7"`, "cls_a-b-7"), "It is CLS_A-B-7!", true},
		{fact("number", "7", "7"), "It is cls_a-b-7 or 7a or 7-8.", false},
		{fact("title", `"Twelve  Quiet Crimes"`, "Twelve Quiet  Crimes"), `You asked for "Twelve quiet crimes".`, true},
		{fact("nothing", `""`, ""), "Anything", false},
	} {
		if got := states(tokens(c.text), c.fact); got != c.want {
			t.Errorf("%q states %q: %v, want %v (tokens %q)", c.text, c.fact.Text, got, c.want, tokens(c.text))
		}
	}
}

// What the schema makes no difference of makes none between calls.
func TestNormal(t *testing.T) {
	schema, err := pyjson.ParseObject([]byte(`{"type": "object", "required": ["id"], "properties": {
		"id": {"type": "string"}, "limit": {"type": "integer", "default": 20}, "note": {"type": "string"},
		"kind": {"type": "string", "enum": ["Full", "half"]}, "email": {"type": "string", "format": "email"},
		"where": {"type": "object", "properties": {"country": {"type": "string", "default": "SE"}}},
		"tags": {"type": "array", "items": {"type": "string", "enum": ["new", "old"]}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	normal := func(args string) string {
		o, err := pyjson.ParseObject([]byte(args))
		if err != nil {
			t.Fatal(err)
		}
		return string(pyjson.Canonical(normalObject(schema, o)))
	}
	for _, same := range [][2]string{
		{`{"id": "a", "limit": 20}`, `{"id": "a"}`},
		{`{"id": "a", "limit": 5.0}`, `{"limit": 5, "id": "a"}`},
		{`{"id": " a ", "note": null}`, `{"id": "a"}`},
		{`{"id": "a", "kind": "FULL"}`, `{"id": "a", "kind": "Full"}`},
		{`{"id": "a", "email": "A@B.org"}`, `{"id": "a", "email": "a@b.org"}`},
		{`{"id": "a", "where": {}}`, `{"id": "a", "where": {"country": "SE"}}`},
		{`{"id": "a", "tags": ["New"]}`, `{"id": "a", "tags": ["new"]}`},
	} {
		if a, b := normal(same[0]), normal(same[1]); a != b {
			t.Errorf("%s and %s differ: %s and %s", same[0], same[1], a, b)
		}
	}
	for _, other := range [][2]string{
		{`{"id": "a"}`, `{"id": "A"}`},
		{`{"id": "a", "tags": ["new", "old"]}`, `{"id": "a", "tags": ["old", "new"]}`},
		{`{"id": "a", "limit": 19}`, `{"id": "a"}`},
	} {
		if a, b := normal(other[0]), normal(other[1]); a == b {
			t.Errorf("%s and %s are both %s", other[0], other[1], a)
		}
	}
}

// However long a text without a word is, it is read in no time.
func TestTokensOfStrangeTexts(t *testing.T) {
	for _, part := range []string{"a-", "a.", "a_", "1-", "1,", "a@", "1:", "may ", "é", "-"} {
		text := strings.Repeat(part, 2_000)
		began := time.Now()
		tokens(text)
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("%q 2,000 times took %v", part, took)
		}
	}
}

// Any text has tokens, and a text states itself.
func FuzzTokens(f *testing.F) {
	for _, seed := range []string{"On 5th of March, 2026 at 3:05 p.m. it was -£1,234.50 (ORD-12)", "2026-03-05T09:30:00Z", "ſept 31", "1,2,3 .5 a@b.c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if words := tokens(text); len(words) > 0 && !states(words, fact("itself", "null", text)) {
			t.Errorf("%q does not state itself: %q", text, words)
		}
	})
}
