package fake

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agentscaler/scaler/internal/words"
)

// What things are called that no vocabulary has names for: the workloads of a
// technical service.
var (
	workloads = strings.Fields(`Billing Checkout Orders Inventory Search Payments Analytics Notifications Accounts Catalog Reporting
		Messaging Media Scheduler Gateway Identity Ledger Pricing Shipping Support Telemetry Recommendations Invoicing Onboarding Exports Audit`)
	parts        = strings.Fields("Api Worker Web Service Backend Frontend Jobs Events Ingest Sync Cache Replica")
	environments = strings.Fields("Prod Prod Prod Staging Staging Dev Test Qa Demo")
)

// called returns the name of a thing that we have no words for. The same thing
// is always called the same.
func (m *Maker) called(s *Shape) string {
	sub := m.subject(s)
	if sub.called != "" {
		return sub.called
	}
	if name := m.kindName(s); name != "" {
		sub.called = name
		return name
	}
	if m.In.Technical {
		list := []string{m.one(m.works()), m.one(environments)}
		switch x := m.Rand.Float64(); {
		case x < 0.35:
			list[1] = m.one(parts)
		case x < 0.6:
			list = slices.Insert(list, 1, m.one(parts))
		}
		sub.called = slugged(strings.Join(list, " "))
		return sub.called
	}
	sub.called = m.numberedName(s)
	return sub.called
}

// label is the name of a thing that we have no words for, in the style of the
// field that it stands in: billing-prod, or Billing Prod where it is shown.
func (m *Maker) label(s *Shape) string {
	name := m.called(s)
	if !m.In.Technical {
		return name
	}
	return spelledFor(s, name)
}

// toShow says whether a name is made for people to read.
func toShow(s *Shape) bool {
	return slices.ContainsFunc(s.Words, func(w string) bool { return shown[w] })
}

// shown are words of the names that are made for people to read.
var shown = flags("display title friendly label headline caption subject summary")

func slugged(name string) string { return strings.Join(words.Split(plainAscii(name)), "-") }

// plainAscii drops what no slug can hold.
func plainAscii(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\'':
			return -1
		case r >= utf8.RuneSelf:
			return ' '
		}
		return r
	}, s)
}

// spellings are the ways in which services write a name: where one does not
// fit, the next may.
var spellings = []func(string) string{
	func(s string) string { return strings.TrimRight(notLetters.ReplaceAllString(s, ""), " ") },
	slugged,
	func(s string) string { return strings.ReplaceAll(slugged(s), "-", "_") },
	func(s string) string { return strings.ReplaceAll(slugged(s), "-", "") },
	func(s string) string {
		var b strings.Builder
		for _, w := range words.Split(plainAscii(s)) {
			b.WriteString(strings.ToUpper(w[:1]) + w[1:])
		}
		return b.String()
	},
	func(s string) string { return strings.ToUpper(strings.ReplaceAll(slugged(s), "-", "_")) },
	func(s string) string { return strings.ToUpper(slugged(s)) },
}

// notLetters are what a sentence can do without.
var notLetters = regexp.MustCompile(`[^A-Za-z0-9 ]`)

// respelled writes a value so that the shape allows it.
func (s *Shape) respelled(v string) (string, bool) {
	for _, spell := range spellings {
		out := spell(v)
		if s.allowsText(out) {
			return out, true
		}
		if s.MaxLength > 3 && len(out) > s.MaxLength {
			if out = strings.Trim(out[:s.MaxLength], "-_"); s.allowsText(out) {
				return out, true
			}
		}
	}
	return "", false
}
