package fake

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// sentence makes one sentence about the thing the value belongs to.
func (m *Maker) sentence(s *Shape) string {
	return m.say(m.one(sentences), s)
}

// say fills a phrase in: {thing} is the entity, {city} a city, {name} a person,
// {item} something from a shop.
func (m *Maker) say(phrase string, s *Shape) string {
	if !strings.Contains(phrase, "{") {
		return phrase
	}
	thing := strings.Join(words.Split(s.Entity), " ")
	if thing == "" {
		thing = "request"
	}
	for _, at := range []string{"{work}", "{item}"} {
		if strings.HasPrefix(phrase, at) {
			phrase = strings.Replace(phrase, at, "{"+strings.ToUpper(at[1:2])+at[2:], 1)
		}
	}
	if strings.HasPrefix(phrase, "{thing}") {
		thing = strings.ToUpper(thing[:1]) + thing[1:]
	}
	out := strings.NewReplacer("{thing}", thing, "{Work}", m.one(m.works()), "{Item}", m.product(s).kind, "{work}", m.one(m.works()), "{item}", strings.ToLower(m.product(s).kind)).Replace(phrase)
	if strings.Contains(out, "{own}") {
		out = strings.ReplaceAll(out, "{own}", m.workIn(m.called(&Shape{Entity: s.Entity, MaxLength: -1})))
	}
	if strings.Contains(out, "{self}") {
		out = strings.ReplaceAll(out, "{self}", m.nameOf(s))
	}
	if strings.Contains(out, "{city}") {
		out = strings.ReplaceAll(out, "{city}", m.place(s).city)
	}
	if strings.Contains(out, "{name}") {
		out = strings.ReplaceAll(out, "{name}", m.person(s).first)
	}
	return out
}

// paragraph is what is said at some length of the thing the value belongs to.
func (m *Maker) paragraph(s *Shape) string {
	if m.In.Technical {
		return technicalLines(m, s).(string) + " " + logLines(m, s).(string) + "."
	}
	for _, w := range owners(s) {
		if w == "request" || w == "ticket" || w == "issue" || w == "incident" || w == "complaint" || w == "repair" {
			return complaints(m, s).(string)
		}
	}
	return m.retold(s)
}

func titles(list ...string) func(*Maker, *Shape) any {
	return func(m *Maker, s *Shape) any { return m.say(m.one(list), s) }
}

// sentences can follow any other.
var sentences = []string{"Nothing else is known.", "This is the current version.", "See the entry before this one.", "More will follow.", "No changes since."}

var noteTexts = []string{"Checked.", "No special requests.", "Follow up later.", "Updated after review.", "Nothing to add.", "Confirmed.", "See the previous entry.", "Needs a second look."}

var (
	taskTitle = titles("Prepare the quarterly report", "Call {name} about the renewal", "Update the price list", "Review the contract draft", "Order {item}",
		"Book travel to {city}", "Clean up old records", "Send the invoice to {name}", "Schedule the team meeting", "Fix the broken link on the home page", "Plan the {city} launch",
		"Write the release notes")
	anyIssue = titles("Login fails after password reset", "Invoice shows the wrong amount", "Export to CSV stops halfway", "{item} arrived damaged", "Page loads slowly in {city}",
		"Cannot change the delivery address", "Notification e-mails arrive twice", "Search returns no results", "Payment declined without a reason", "App crashes on startup",
		"Missing item in the parcel", "Wrong time zone in reports")
	devIssue = titles("Flaky {work} test on main", "Timeout when {work} starts", "Upgrade {work} to the new client", "Memory leak in {work} worker", "Wrong status code from {work}", "Document the {work} configuration",
		"Retry failed {work} requests", "{work} ignores the page size", "Add metrics to {work}", "Crash on empty {work} response")
	eventTitle    = titles("Weekly planning", "Product review", "Quarterly business review", "Team lunch", "Budget workshop", "Design critique", "Onboarding session", "Annual conference", "Yoga class", "Monthly all-hands", "Open house", "Kick-off")
	campaignTitle = titles("Spring Sale", "Welcome Series", "{city} Launch", "Back to School", "Loyalty Rewards", "Holiday Newsletter", "Win-Back Offer", "Early Access", "Refer a Friend")
	projectTitle  = titles("Website Redesign", "{city} Expansion", "Mobile App", "Data Migration", "Customer Portal", "Warehouse Automation", "Brand Refresh", "Payment Integration",
		"Energy Audit", "Hiring Plan", "Search Improvements")
	articleTitle = titles("How to choose the right {item}", "Ten things to do in {city}", "A beginner's guide to budgeting", "What we learned from our customers", "Five tips for remote teams",
		"Behind the scenes in {city}", "Why small habits matter", "The year in review", "Getting started in ten minutes")
	reportTitle    = titles("Monthly Sales", "Customer Satisfaction", "Inventory Turnover", "{city} Performance", "Support Response Times", "Revenue by Region", "Churn Overview", "Budget against Actuals")
	headings       = titles("Question about the {thing}", "Short update", "Thank you", "Change of plans", "Reminder for next week", "A few more details", "Following up", "First impressions")
	technicalLines = titles("{thing} of the {own} team.", "{thing} for {own}, managed by Terraform.", "Used by {own}. Owned by the platform team.", "{self}, reviewed every quarter.",
		"Created by the deployment pipeline of {own}.", "Primary {thing} for {own}.", "{thing} used by the {own} service.", "Managed centrally; ask the {own} team before changing it.")
	biographies = titles("Usually reached by e-mail.", "Prefers phone calls in the afternoon.", "Joined last year.", "Available on weekdays.", "Speaks two languages.", "Answers within a day.")
	outlays     = titles("Taxi to the airport", "Team lunch in {city}", "Train to {city}", "Two nights in {city}", "Printer paper and pens", "Client dinner with {name}", "Conference ticket", "Parking in {city}", "Phone bill")
	remarks     = titles("Looks good to me.", "Thanks, that helped.", "Could you add a few more details?", "As discussed.", "Checked again, still the same.", "No objections.", "Done and ready for review.", "Thanks for looking into this.", "I agree.", "Please have another look.")
	logLines    = titles("{work} started in 412 ms", "Connection to {work} restored", "Retrying {work} request (attempt 2 of 5)", "Deployed {work} to production", "Health check of {work} passed", "Rotated credentials of {work}",
		"Cache of {work} warmed up", "Fix flaky {work} test", "Add retry to {work} client", "Bump dependencies of {work}", "Document {work} configuration")
	messages = titles("Hi, thanks for getting back to me so quickly.", "Sounds good.", "Yes, that works for me.", "Running ten minutes late.", "Can you send me the details?", "See you tomorrow then.", "Just saw your message.", "Let me check and come back to you.", "Great news, thank you!", "Is this still open?")
	verdicts = titles("Great service, I would order again.", "Exactly what I needed.", "Arrived later than promised, but well packed.", "Good value for the price.", "Not as described, I sent it back.", "Friendly staff and a quick answer.",
		"Works as expected.", "Would recommend it to a friend.", "The quality could be better.")
	productLines = titles("A well-made {item} for everyday use.", "Our most popular {item}, now in more colors.", "Lightweight {item} that lasts for years.", "A {item} with a two-year warranty.",
		"Simple, sturdy {item} at a fair price.", "Compact {item}, easy to clean and store.", "The {item} that our customers recommend most.")
	visits     = titles("Annual check-up", "Follow-up visit", "New prescription", "Back pain", "Vaccination", "Lab results", "Routine cleaning", "Consultation")
	complaints = titles("Reported last week.", "Happens every few days, cause unknown.", "Worked until yesterday.", "Second report of the same kind.", "Still there after a restart.", "Only some users are affected.")
	causes     = titles("Requested by phone", "Change of plans", "Schedule conflict", "Routine", "Duplicate entry", "Follow-up needed")
	changes    = titles("Changed my mind", "Found a better price", "Arrived too late", "Ordered by mistake", "No longer needed", "Wrong item")
)

func fileTitle(m *Maker, s *Shape) any {
	stem := []string{"invoice", "report", "contract", "summary", "photo", "budget", "minutes", "schedule", "receipt", "statement"}
	if m.In.Technical {
		stem = []string{"export", "backup", "config", "manifest", "dataset", "results", "template", "metrics", "inventory", "snapshot"}
	}
	return m.one(stem) + "_" + m.Now.Format("2006") + "_" + m.faker.DigitN(3) + "." + extensions[m.fileKind(s)].ext
}

// fileKind is what kind of file the row is about, as a place in extensions.
func (m *Maker) fileKind(s *Shape) int {
	sub := m.subject(&Shape{Entity: s.Entity})
	if sub.file == 0 {
		sub.file = 1 + m.Rand.IntN(len(extensions))
	}
	return sub.file - 1
}

// saysName says of a field, whatever it is called, that it holds a name.
var saysName = regexp.MustCompile(`(?i)^(?:the |an? )?(?:(?:display|full|short|unique) )?name (?:of|for) `)

// description says something of the thing that it belongs to.
func (m *Maker) description(s *Shape) any {
	if saysName.MatchString(s.Doc) {
		return m.nameOf(s)
	}
	list := owners(s)
	for _, w := range list {
		switch w {
		case "product", "item", "variant", "good":
			if m.In.Cloud != "" {
				continue
			}
			return productLines(m, s)
		case "request", "ticket", "issue", "incident", "claim", "complaint", "bug", "case", "repair", "damage", "defect", "fault", "outage":
			return complaints(m, s)
		}
		if w == "expense" || w == "receipt" || w == "reimbursement" {
			return outlays(m, s)
		}
		if m.isPerson(w) {
			return biographies(m, s)
		}
	}
	if m.In.Technical {
		return technicalLines(m, s)
	}
	return m.retold(s)
}

func (m *Maker) reason(s *Shape) any {
	if m.In.Cloud != "" {
		return m.fault(s)
	}
	for _, w := range owners(s) {
		switch w {
		case "appointment", "visit", "consultation", "referral":
			return visits(m, s)
		case "cancel", "cancellation", "return", "refund", "order", "exchange":
			return changes(m, s)
		}
	}
	return causes(m, s)
}

func (m *Maker) title(s *Shape) any {
	if f := m.nameMaker(s); f != nil {
		return f(m, s)
	}
	if m.In.Technical || !slices.ContainsFunc(owners(s), func(w string) bool { return spokenIn[w] }) {
		return m.label(s)
	}
	return headings(m, s)
}

// explaining are things whose message says what went wrong.
var explaining = flags("error failure fault problem status state condition diagnostic reason")

// logged are things that say what computers did.
var logged = flags("log event entry line record activity audit trace output console message commit")

// headed are things whose summary is their title.
var headed = flags("issue ticket task bug story event incident meeting epic")

// issueTitle is what somebody reports: of software where the world is technical.
func issueTitle(m *Maker, s *Shape) any {
	if m.In.Technical {
		return devIssue(m, s)
	}
	return anyIssue(m, s)
}

// spokenIn are things in which somebody speaks to somebody.
var spokenIn = flags("message email mail conversation thread notification chat letter reply discussion topic post comment inquiry enquiry request")

var textSemantics = []Semantic{
	{"title", "string", []string{"title", "subject", "headline", "heading", "caption", "label"}, (*Maker).title},
	{"summary", "string", []string{"summary", "short summary"}, func(m *Maker, s *Shape) any {
		if slices.ContainsFunc(owners(s), func(w string) bool { return headed[w] }) {
			return m.title(s)
		}
		return m.description(s)
	}},
	{"sentence", "string", []string{"sentence", "description", "short description", "tagline", "bio", "instructions", "overview", "desc", "subtitle", "excerpt", "biography", "detail", "info", "purpose", "abstract", "synopsis", "explanation", "rationale", "additional info", "summary text", "about me", "plot", "snippet text"}, (*Maker).description},
	{"paragraph", "string", []string{"paragraph", "body", "content", "details", "about", "long description", "article", "html"},
		func(m *Maker, s *Shape) any {
			return m.paragraph(s)
		}},
	{"message", "string", []string{"message", "comment", "text", "review", "feedback", "reply", "review text", "msg", "answer", "response", "output", "display text", "text content", "prompt", "question text"}, func(m *Maker, s *Shape) any {
		if slices.ContainsFunc(owners(s), func(w string) bool { return explaining[w] }) {
			return m.fault(s)
		}
		if last := s.Words[len(s.Words)-1]; m.In.Cloud != "" && (last == "message" || last == "msg") && !slices.ContainsFunc(owners(s), func(w string) bool { return logged[w] }) {
			if v := m.fault(s); m.failed() || v == "" {
				return v
			}
			return "Completed successfully."
		}
		if m.In.Technical {
			return logLines(m, s)
		}
		for _, w := range owners(s) {
			switch w {
			case "review", "rating", "feedback", "testimonial":
				return verdicts(m, s)
			case "message", "chat", "sms", "conversation", "thread", "mail", "email":
				return messages(m, s)
			}
		}
		return remarks(m, s)
	}},
	{"note", "string", []string{"note", "notes", "remarks", "remark", "special requests", "special instructions", "memo"},
		func(m *Maker, s *Shape) any { return m.say(m.one(noteTexts), s) }},
	{"reason", "string", []string{"reason", "cancellation reason", "cancel reason", "return reason"}, (*Maker).reason},
	{"object", "string", []string{"object", "object name", "kind name"}, func(m *Maker, s *Shape) any { return words.Snake(s.Entity) }},
	{"tag", "string", []string{"tag", "label name", "keyword", "topic", "tags", "labels", "keywords"}, one(tags...)},
	{"query", "string", []string{"query", "q", "search", "search term", "term"}, func(m *Maker, s *Shape) any {
		return strings.Fields(strings.ToLower(m.product(s).name))[1]
	}},
}
