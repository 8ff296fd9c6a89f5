package author

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/world"
	"github.com/rogpeppe/go-internal/txtar"
)

// A pen plays a model: for each role and item its answers in order, the last of
// them again and again; what it has no answer for it leaves as it is.
type pen struct {
	lines map[string][]string

	mu    sync.Mutex // guards heard
	heard map[string][]string
}

func (p *pen) model() llm.Model {
	return llm.Func("quill", func(_ context.Context, req llm.Request) (llm.Response, error) {
		key := strings.TrimPrefix(req.For.Item, "t/")
		if req.For.Role != "author" {
			key = req.For.Role
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.heard == nil {
			p.heard = map[string][]string{}
		}
		p.heard[key] = append(p.heard[key], req.Messages[len(req.Messages)-1].Content)
		lines := p.lines[key]
		if len(lines) == 0 {
			return llm.Reply(llm.Say("I would not change it.")), nil
		}
		return llm.Reply(llm.Say(lines[min(req.For.Turn, len(lines)-1)])), nil
	})
}

// asked is what the model was told about something at a turn.
func (p *pen) asked(t *testing.T, key string, turn int) string {
	t.Helper()
	if len(p.heard[key]) <= turn {
		t.Fatalf("about %s it was asked %d times", key, len(p.heard[key]))
	}
	return p.heard[key][turn]
}

// ticketDesk is a small service: tickets and agents.
func ticketDesk(t testing.TB) []scaler.Tool {
	t.Helper()
	ar, err := txtar.ParseFile("../testdata/build/tickets.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var tools []scaler.Tool
	if err := json.Unmarshal(ar.Files[0].Data, &tools); err != nil {
		t.Fatal(err)
	}
	return tools
}

// built is the world that the built-in builder makes of tools.
func built(t testing.TB, tools []scaler.Tool) *scaler.World {
	t.Helper()
	w, err := world.Builder{}.Build(t.Context(), scaler.Domain{ID: "tickets", Name: "tickets"}, tools, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func write(t *testing.T, p *pen, tools []scaler.Tool) (*scaler.World, scaler.Report) {
	t.Helper()
	w, report, err := Builder{Model: p.model(), Repairs: 1}.Build(t.Context(), scaler.Domain{ID: "tickets", Name: "tickets"}, tools, nil)
	if err != nil {
		t.Fatal(err)
	}
	check, err := contract.Check(t.Context(), w, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if contract.Trouble(check) != "" || len(check.Flaws) > 0 {
		t.Errorf("%s %v\n%s", contract.Trouble(check), check.Flaws, w.Code)
	}
	return w, report
}

// answerOf is an answer in the form that is asked for.
func answerOf(t testing.TB, m manuscript) string {
	t.Helper()
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// closing is a good close_ticket: it keeps the time too.
func closing(code string) manuscript {
	return manuscript{
		Code: code, Effect: scaler.Write, Kind: scaler.Transition, Table: "tickets", Writes: []string{"tickets"},
		Binds: []scaler.Bind{{Param: "ticket_id", Role: "key", Table: "tickets", Column: "ticket_id"}, {Param: "resolution", Role: "set", Table: "tickets", Column: "close_resolution"}},
		Rules: []scaler.Rule{
			{ID: "close_ticket.exists", Kind: "exists", Table: "tickets", Column: "ticket_id", Text: "Only tickets that we know can be closed."},
			{ID: "close_ticket.status", Kind: "state", Table: "tickets", Column: "status", Allowed: []string{"pending", "assigned"}, Text: "A ticket is closed once."},
		},
		Why: "A closed ticket cannot be closed again.",
	}
}

const goodClosing = `def close_ticket(db, args):
    ticket = need(db.tickets, "ticket", args["ticket_id"], rule = "close_ticket.exists")
    if ticket["status"] not in ["pending", "assigned"]:
        refuse("invalid_state", "The ticket %s is %s." % (ticket["ticket_id"], ticket["status"]), rule = "close_ticket.status")
    ticket["status"] = "closed"
    ticket["close_resolution"] = args.get("resolution")
    ticket["closed_at"] = now()
    return ticket
`

// What a model writes well is used: its columns, its code with its rules, its
// words in the handbook; who wrote what stands in the world.
func TestAuthorWritesAWorld(t *testing.T) {
	p := &pen{lines: map[string][]string{
		"schema": {`{"tables": [{"name": "tickets", "entity": "ticket", "key": "ticket_id", "size": 30, "columns": [
			{"name": "closed_at", "type": "string", "format": "date-time"}, {"name": "subject", "type": "string", "examples": ["The kettle hums", "No steam"]}]},
			{"name": "moods", "entity": "mood", "key": "id", "columns": [{"name": "id", "type": "string"}]}]}`},
		"close_ticket": {"```json\n" + answerOf(t, closing(goodClosing)) + "\n```"},
		"handbook":     {`{"summary": "A desk for trouble with kettles.", "keeps": ["Tickets, each about one kettle."], "asks": ["Tickets are opened, looked up and closed."]}`},
	}}
	w, report := write(t, p, ticketDesk(t))
	tool, _ := w.Tool("close_ticket")
	if w.Builder != "llm" || tool.By != "quill" || tool.Tier != scaler.TierStateful || !slices.Equal(tool.Evidence, []string{"written by quill", "it says: A closed ticket cannot be closed again."}) {
		t.Errorf("%s by %q, tier %s: %q", w.Builder, tool.By, tool.Tier, tool.Evidence)
	}
	if !strings.Contains(w.Code, goodClosing) || !strings.Contains(w.Code, "def need(") {
		t.Errorf("the code is not the model's:\n%s", w.Code)
	}
	for _, text := range []string{"A ticket is closed once.", "Only tickets that we know can be closed.", "A desk for trouble with kettles.", "Tickets, each about one kettle."} {
		if !strings.Contains(w.Policy, text) {
			t.Errorf("the handbook does not say %q:\n%s", text, w.Policy)
		}
	}
	tickets, _ := w.Schema.Table("tickets")
	if c, ok := tickets.Column("closed_at"); !ok || !c.Nullable || !strings.Contains(rowText(w), "The kettle hums") {
		t.Errorf("columns %v", tickets.Columns)
	}
	if _, ok := w.Schema.Table("moods"); ok {
		t.Error("a table stays that nothing uses")
	}
	if other, _ := w.Tool("get_ticket"); other.By != "" || !strings.Contains(fmt.Sprint(report.Counts), "{tools that a model wrote 1}") {
		t.Errorf("get_ticket is by %q; %v", other.By, report.Counts)
	}
	page := p.heard["close_ticket"][0]
	for _, text := range []string{"def close_ticket(db, args)", "maybe absent", "db.orders.query(", "def need(", "get_agent", "closed_at"} {
		if !strings.Contains(page, text) {
			t.Errorf("the question does not show %q", text)
		}
	}
	again, _ := write(t, &pen{lines: p.lines}, ticketDesk(t))
	if again.ID != w.ID || again.Code != w.Code || again.Policy != w.Policy {
		t.Error("the same answers give another world")
	}
}

// What is wrong with an answer goes back, and a better one is taken.
func TestAuthorIsToldWhatIsWrong(t *testing.T) {
	fewer := stateless(t)
	noState := closing(strings.ReplaceAll(goodClosing, `if ticket["status"] not in ["pending", "assigned"]:`, `if ticket["status"] == "lost":`))
	aside := closing(goodClosing + "\nticket = 1\n")
	unlisted := closing(goodClosing)
	unlisted.Rules = unlisted.Rules[1:]
	for name, c := range map[string]struct {
		answer string
		want   string
	}{
		"a rule that is not enforced":       {answerOf(t, noState), "rule close_ticket.status: close_ticket accepts the call although status of the ticket is closed"},
		"a rule of the built-in code gone":  {answerOf(t, fewer), "the built-in code has a rule that yours has not: A ticket can be closed only while"},
		"code beside the function":          {answerOf(t, aside), "stands at the margin"},
		"a rule that is not listed":         {answerOf(t, unlisted), `refuses by the rule "close_ticket.exists", which is not listed`},
		"a slip of the pen":                 {answerOf(t, closing(strings.Replace(goodClosing, "now()", "clock()", 1))), "undefined: clock"},
		"a failure on valid arguments":      {answerOf(t, closing(strings.Replace(goodClosing, "now()", `ticket["closed_by"]`, 1))), "succeeds: fails on valid arguments"},
		"an effect that nobody can see":     {answerOf(t, closing(strings.Replace(goodClosing, `ticket["status"] = "closed"`, `ticket = dict(ticket)`, 1))), "observable: it changed nothing"},
		"no JSON":                           {"def close_ticket(db, args): return 1", "not the JSON asked for"},
		"an answer that is the wrong thing": {`{"code": 7}`, "not the JSON asked for"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &pen{lines: map[string][]string{"close_ticket": {c.answer, answerOf(t, closing(goodClosing))}}}
			w, _ := write(t, p, ticketDesk(t))
			if told := p.asked(t, "close_ticket", 1); !strings.Contains(told, c.want) {
				t.Errorf("it was told\n%s\nwant %s", told, c.want)
			}
			if tool, _ := w.Tool("close_ticket"); tool.By != "quill" {
				t.Error("the better answer was not taken")
			}
		})
	}
}

// A rule that the built-in builder only assumed is no concern of the model's.
func TestAuthorIsNotHeldToAssumptions(t *testing.T) {
	tools := ticketDesk(t)
	at := slices.IndexFunc(tools, func(tool scaler.Tool) bool { return tool.Name == "close_ticket" })
	tools[at].Description = "Close a ticket."
	if was, _ := built(t, tools).Tool("close_ticket"); !slices.ContainsFunc(was.Evidence, func(e string) bool { return strings.HasPrefix(e, "assumed: from") }) {
		t.Fatalf("its text says from where: %q", was.Evidence)
	}
	p := &pen{lines: map[string][]string{"close_ticket": {answerOf(t, stateless(t)), answerOf(t, closing(goodClosing))}}}
	write(t, p, tools)
	for _, told := range p.heard["close_ticket"][1:] {
		if strings.Contains(told, "has a rule that yours has not") {
			t.Errorf("it was told\n%s", told)
		}
	}
}

// stateless closes tickets in whatever state they are.
func stateless(t *testing.T) manuscript {
	t.Helper()
	fewer := closing(strings.Replace(goodClosing, `ticket["closed_at"] = now()`, `pass`, 1))
	code := strings.Replace(fewer.Code, `    if ticket["status"] not in ["pending", "assigned"]:
        refuse("invalid_state", "The ticket %s is %s." % (ticket["ticket_id"], ticket["status"]), rule = "close_ticket.status")
`, "", 1)
	if code == fewer.Code {
		t.Fatal("it asks for a state still")
	}
	fewer.Code, fewer.Rules = code, fewer.Rules[:1]
	return fewer
}

// Nonsense, and silence, leave the world as the builder makes it, to the byte.
func TestAuthorWithoutSenseChangesNothing(t *testing.T) {
	want := built(t, ticketDesk(t))
	for _, text := range []string{"", "{}", "[]", "null", `{"code": null}`, `{"tables": 7, "code": [], "keeps": 1}`, `{"tables": [{}]}`, `{"tables": [{"name": "tickets", "key": "nose"}]}`,
		`{"tables": [{"name": "Ünsinn!", "entity": "x", "key": "x"}]}`, strings.Repeat("[", 100_000), `{"code": "` + strings.Repeat("x", 70_000) + `"}`,
		`{"code": "def close_ticket(db, args):\n    return {}", "effect": "read", "kind": "get", "keeps": ["You must never sing."], "asks": ["x"]}`} {
		p := &pen{lines: map[string][]string{"schema": {text}, "handbook": {text}}}
		for _, tool := range ticketDesk(t) {
			p.lines[tool.Name] = []string{text}
		}
		got, _ := write(t, p, ticketDesk(t))
		unchanged(t, contract.Short(text), got, want)
	}
	silent := llm.Func("silent", func(context.Context, llm.Request) (llm.Response, error) {
		return llm.Response{}, errors.New("no answer")
	})
	got, report, err := Builder{Model: silent}.Build(t.Context(), scaler.Domain{ID: "tickets", Name: "tickets"}, ticketDesk(t), nil)
	if err != nil || report.Failed == 0 {
		t.Fatalf("%v, %d failed", err, report.Failed)
	}
	unchanged(t, "silence", got, want)
}

func rowText(w *scaler.World) string {
	var b strings.Builder
	for _, r := range w.Rows {
		b.Write(r.Value)
	}
	return b.String()
}

func unchanged(t *testing.T, what string, got, want *scaler.World) {
	t.Helper()
	if got.ID != want.ID || got.Code != want.Code || got.Policy != want.Policy || rowText(got) != rowText(want) || got.Builder != want.Builder {
		t.Errorf("%s gives another world", what)
	}
}

// Hostile code costs its tool and nothing else.
func TestAuthorWithHostileCode(t *testing.T) {
	body := func(code string) string {
		return answerOf(t, closing("def close_ticket(db, args):\n    t = need(db.tickets, \"ticket\", args[\"ticket_id\"], rule = \"close_ticket.exists\")\n    x = \"close_ticket.status\" # rule = \"close_ticket.status\"\n"+code))
	}
	want := built(t, ticketDesk(t))
	for name, c := range map[string]struct{ answer, want string }{
		"endless loop":   {body("    for i in range(1000000):\n        for j in range(1000000):\n            x = i\n"), "bounded: "},
		"memory bomb":    {body("    return len(\"x\" * 1000000000)\n"), "bounded: "},
		"doubling":       {body("    l = [0]\n    for i in range(64):\n        l = l + l\n    return l\n"), "bounded: "},
		"load":           {body("    load(\"os.star\", \"system\")\n"), "compiles: "},
		"load at top":    {answerOf(t, closing("load(\"os.star\", \"system\")\n"+goodClosing)), "has to begin with def close_ticket(db, args):"},
		"recursion":      {body("    return close_ticket(db, args)\n"), "recursively"},
		"parentheses":    {body("    return " + strings.Repeat("(", 6000) + strings.Repeat(")", 6000) + "\n"), "compiles"},
		"another's name": {answerOf(t, closing(goodClosing+"\ndef get_ticket(db, args):\n    return None\n")), "stands at the margin"},
		"a hidden line":  {answerOf(t, closing(strings.TrimSpace(goodClosing)+"\rx = [i for i in range(10)]\n")), "stands at the margin"},
		"too long":       {body(strings.Repeat("    x = 1\n", 6000)), "at most 32768 are taken"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &pen{lines: map[string][]string{"close_ticket": {c.answer}}}
			got, _ := write(t, p, ticketDesk(t))
			unchanged(t, name, got, want)
			if told := p.asked(t, "close_ticket", 1); !strings.Contains(told, c.want) {
				t.Errorf("it was told\n%s\nwant %s", told, c.want)
			}
		})
	}
}

// A tool that the builder had to leave out comes in when the model can write it.
func TestAuthorWritesWhatTheBuilderCannot(t *testing.T) {
	odd := scaler.Tool{ID: "t/rate_ticket", Name: "rate_ticket", Service: "t", Effect: scaler.Read, Description: "Rate the urgency of a ticket.",
		Parameters: json.RawMessage(`{"type": "object", "required": ["ticket_id"], "properties": {"ticket_id": {"type": "string"}}}`),
		Result:     json.RawMessage(`{"type": "object", "required": ["unit", "ticket_id"], "properties": {"unit": {"type": "string", "not": {"maxLength": 5}}, "ticket_id": {"type": "string"}}}`)}
	desk := append(ticketDesk(t), odd)
	without := built(t, desk)
	if _, ok := without.Tool("rate_ticket"); ok || len(without.Dropped) != 1 {
		t.Fatalf("the builder can write it: %v", without.Dropped)
	}
	p := &pen{lines: map[string][]string{"rate_ticket": {answerOf(t, manuscript{
		Code: `def rate_ticket(db, args):
    ticket = db.tickets.get(args["ticket_id"])
    if ticket == None:
        refuse("not_found", "There is no ticket %s." % args["ticket_id"])
    return {"unit": "flames", "ticket_id": ticket["ticket_id"], "flames": 1}
`, Effect: scaler.Read, Kind: scaler.Get, Table: "tickets", Binds: []scaler.Bind{{Param: "ticket_id", Role: "key", Table: "tickets", Column: "ticket_id"}}})}}}
	w, _ := write(t, p, desk)
	if tool, ok := w.Tool("rate_ticket"); !ok || tool.By != "quill" || len(w.Dropped) > 0 {
		t.Errorf("by %q, dropped %v; it was told %q", tool.By, w.Dropped, p.heard["rate_ticket"][1:])
	}
}

// TestMain lets the test binary be the worker process.
func TestMain(m *testing.M) {
	sandbox.Main()
	os.Exit(m.Run())
}
