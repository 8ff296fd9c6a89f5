package task

import (
	"slices"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

func TestSay(t *testing.T) {
	for _, c := range []struct {
		value any
		money bool
		text  string
		also  []string // some of the other forms
	}{
		{1234.5, true, "1234.50", []string{"1,234.50", "1234.5"}},
		{12.0, true, "12.00", []string{"12", "12.0"}},
		{12.0, false, "12", []string{"12.0"}},
		{int64(12000), false, "12000", []string{"12,000"}},
		{"2026-03-05", false, "5 March 2026", []string{"2026-03-05", "March 5, 2026", "March 5th, 2026", "5 March"}},
		{"2026-03-05T14:30:00Z", false, "5 March 2026 at 14:30", []string{"2026-03-05T14:30:00Z", "5 March 2026"}},
		{"in_progress", false, "in progress", []string{"in_progress"}},
		{"cancelled", false, "cancelled", []string{"canceled"}},
		{"ORD-17", false, "ORD-17", nil},
		{true, false, "yes", []string{"true"}},
		{[]any{"a", "b", "c"}, false, "a, b and c", nil},
	} {
		text, also := say(c.value, c.money)
		if text != c.text {
			t.Errorf("say(%v) = %q, want %q", c.value, text, c.text)
		}
		for _, form := range c.also {
			if !slices.Contains(also, form) {
				t.Errorf("say(%v) may not be said as %q, only as %q", c.value, form, also)
			}
		}
	}
}

func TestStates(t *testing.T) {
	fact := scaler.Fact{Text: "12", Also: []string{"twelve"}}
	for text, want := range map[string]bool{
		"It costs 12.": true, "It costs 12, all told": true, "Twelve of them": true,
		"It costs 120": false, "It costs 12.50": false, "A12": false, "on 2012": false,
	} {
		if got := states(text, fact); got != want {
			t.Errorf("states(%q) = %v", text, got)
		}
	}
}

func TestLabel(t *testing.T) {
	for _, c := range []struct{ path, entity, want string }{
		{"order_id", "order", "order ID"}, {"id", "order", "order ID"}, {"shipping_address.city", "order", "shipping address city"},
		{"items[].productId", "order", "item product ID"}, {"created_at", "", "date created"}, {"name", "pet", "pet name"},
		{"isbn", "book", "ISBN"},
	} {
		if got := label(c.path, c.entity); got != c.want {
			t.Errorf("label(%q, %q) = %q, want %q", c.path, c.entity, got, c.want)
		}
	}
}

func TestActionOf(t *testing.T) {
	for name, want := range map[string]string{
		"cancel_order": "cancel|order|", "conversations_archive": "archive|conversation|", "createSiteBuild": "create|site build|",
		"addToCart": "add||to the cart", "getUserById": "get|user|", "takeRoomOutOfService": "take|room|out of service",
		"repos-create-commit-comment": "create|commit comment|", "admin_conversations_restrictAccess_removeGroup": "remove|group|",
		"checkInBooking": "check in|booking|", "returnRoomToService": "return|room|to service",
		"admin_inviteRequests_deny": "deny|invite request|", "admin_emoji_rename": "rename|emoji|", "chat.postMessage": "post|message|",
	} {
		a := actionOf(&tool{WorldTool: scaler.WorldTool{Name: name}})
		object := ""
		for i, w := range a.object {
			if i > 0 {
				object += " "
			}
			object += w
		}
		if got := a.verb + "|" + object + "|" + a.tail; got != want {
			t.Errorf("actionOf(%s) = %s, want %s", name, got, want)
		}
	}
}

func TestArticle(t *testing.T) {
	for phrase, want := range map[string]string{
		"order": "an order", "user": "a user", "unit": "a unit", "loan": "a loan", "hour": "an hour", "unpaid bill": "an unpaid bill",
	} {
		if got := article(phrase); got != want {
			t.Errorf("article(%q) = %q", phrase, got)
		}
	}
}

// The sets of phrasings have no form in common, so that holding one out holds
// out all of its wordings.
func TestPhrasingsAreDisjoint(t *testing.T) {
	forms := func(p phrasing) []string {
		return slices.Concat(p.command, p.ask, p.next, p.nextAsk, p.fact, p.wish, p.mine, p.instead, p.misread, p.change, p.alter)
	}
	for i, p := range phrasings {
		for _, other := range phrasings[i+1:] {
			for _, form := range forms(p) {
				if slices.Contains(forms(other), form) {
					t.Errorf("two sets hold %q", form)
				}
			}
		}
	}
}

// A person carries the number of an order, not the id of a customer that can be
// looked up; an id that nothing shows has to come from the person.
func TestHorizon(t *testing.T) {
	w, env := library(t)
	s, err := env.Start(scaler.Init{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	h := newHorizon(newView(w, nil), names(w), sampler(s))
	for table, want := range map[string]bool{"books": false, "members": true} {
		if h.knows(table) != want {
			t.Errorf("the user knows keys of %s: %v, want %v", table, !want, want)
		}
	}
}

func TestMisspell(t *testing.T) {
	rng := scaler.Rand(1, "misspell")
	for _, text := range []string{"ORD-1234", "1004", "anna@example.org"} {
		wrong, ok := misspell(rng, text)
		if !ok || wrong == text || len(wrong) != len(text) {
			t.Errorf("misspell(%q) = %q, %v", text, wrong, ok)
		}
	}
	if _, ok := misspell(rng, "Gardens of the North"); ok {
		t.Error("a title was misspelt")
	}
}
