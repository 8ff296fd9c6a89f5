package author

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// kettles is a design with rows of its own for the ticket desk.
const kettles = `{"tables": [{"name": "lids", "entity": "lid", "key": "id", "columns": [{"name": "id", "type": "string"}, {"name": "size", "type": "integer"}]}, {"name": "tickets", "entity": "ticket", "key": "ticket_id", "columns": [{"name": "closed_at", "type": "string", "format": "date-time"}]}],
	"rows": {
		"agents": [{"agent_id": "A-1", "name": "Ines Moreau", "email": "ines@kettles.example"}, {"agent_id": "A-2", "name": "Tom Vail", "email": "tom@kettles.example"}],
		"tickets": [
			{"ticket_id": "T-900", "subject": "The kettle hums", "customer_email": "a@x.example", "agent_id": null, "status": "pending"},
			{"ticket_id": "T-901", "subject": "No steam", "customer_email": "b@x.example", "agent_id": "A-2", "status": "assigned"},
			{"ticket_id": "T-902", "subject": "Lid lost", "customer_email": "c@x.example", "agent_id": "A-1", "status": "closed", "close_resolution": "Sent a lid.", "closed_at": "2026-02-11T10:00:00Z"}]},
	"gone": ["agents.phone", "tickets.status", "agents"]}`

// Rows that a model gives are the rows of the world, filled up with what was
// drawn for columns they are silent about; what it wants gone goes where no code
// needs it.
func TestAuthorFillsTheWorld(t *testing.T) {
	w, _ := write(t, &pen{lines: map[string][]string{"schema": {kettles}}}, ticketDesk(t))
	var keys []string
	for _, r := range w.Rows {
		if r.Table == "tickets" {
			keys = append(keys, r.Key)
		}
	}
	if !slices.Equal(keys, []string{"T-900", "T-901", "T-902"}) {
		t.Errorf("tickets %q", keys)
	}
	text := rowText(w)
	for _, want := range []string{`"subject":"No steam"`, `"agent_id":"A-2"`, `"close_resolution":"Sent a lid."`, `"created_at":"202`, `"closed_at":null`, `"priority":null`} {
		if !strings.Contains(strings.ReplaceAll(text, `": `, `":`), want) {
			t.Errorf("%s is not in the rows", want)
		}
	}
	tickets, _ := w.Schema.Table("tickets")
	if _, ok := tickets.Column("status"); !ok {
		t.Error("a column went that code needs")
	}
	agents, ok := w.Schema.Table("agents")
	if !ok {
		t.Error("a table went that code needs")
	}
	if _, ok := agents.Column("phone"); ok || strings.Contains(text, "phone") {
		t.Error("a column stays that nothing needs")
	}
}

// What is wrong with rows goes back, with the place.
func TestAuthorIsToldWhatIsWrongWithRows(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"another table":                {`"agents": [`, `"cooks": [{"id": 1}], "agents": [`, `rows of the table "cooks", which is not there`},
		"no key":                       {`"ticket_id": "T-900", `, ``, "row 1 of tickets has no ticket_id, which is its key"},
		"a key twice":                  {`"T-901"`, `"T-900"`, "two rows of tickets have the key T-900"},
		"a field too many":             {`"subject": "No steam"`, `"steam": 0`, "row 2 of tickets has a field steam, which is no column of it"},
		"a wrong type":                 {`"No steam"`, `7`, "row 2 of tickets: its subject is of type integer, not string"},
		"null where a value has to be": {`"agents": [`, `"lids": [{"id": "l"}], "agents": [`, "row 1 of lids has no size, which may not be null"},
		"no value of it":               {`"closed",`, `"lost",`, "row 3 of tickets: its status is none of its column's values"},
		"a loose reference":            {`"agent_id": "A-2", "status"`, `"agent_id": "A-9", "status"`, "row 2 of tickets: its agent_id A-9 names no row of agents"},
		"another type":                 {`"closed_at", "type": "string", "format": "date-time"`, `"subject", "type": "object"`, "the column tickets.subject is string and has to stay so"},
		"an odd column":                {`"name": "closed_at"`, `"name": "closed at"`, `the column "closed at" of tickets: names are letters`},
		"another key":                  {`"key": "ticket_id"`, `"key": "subject"`, "the key of tickets is ticket_id and has to stay"},
		"a state of nothing":           {`"tables": [`, `"tables": [{"name": "cups", "entity": "cup", "key": "id", "columns": [{"name": "id", "type": "string"}], "status": {"column": "x", "initial": "a", "moves": []}}, `, `its column "x" is not there`},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(kettles, c.old) {
				t.Fatal("nothing is changed")
			}
			p := &pen{lines: map[string][]string{"schema": {strings.Replace(kettles, c.old, c.new, 1), kettles}}}
			w, _ := write(t, p, ticketDesk(t))
			if told := p.asked(t, "schema", 1); !strings.Contains(told, c.want) {
				t.Errorf("it was told\n%s\nwant %s", told, c.want)
			}
			if !strings.Contains(rowText(w), "The kettle hums") {
				t.Error("the better answer was not taken")
			}
		})
	}
}

// A model that keeps to its code after it was told how the built-in one differs
// may be right.
func TestAuthorMayDifferFromTheBuilder(t *testing.T) {
	free := closing(strings.Replace(goodClosing, `    if ticket["status"] not in ["pending", "assigned"]:
        refuse("invalid_state", "The ticket %s is %s." % (ticket["ticket_id"], ticket["status"]), rule = "close_ticket.status")
`, "", 1))
	free.Rules = free.Rules[:1]
	p := &pen{lines: map[string][]string{"close_ticket": {answerOf(t, free)}}}
	w, _ := write(t, p, ticketDesk(t))
	if told := p.asked(t, "close_ticket", 1); !strings.Contains(told, "has a rule that yours has not") || !strings.Contains(told, "answer with the same code again") {
		t.Errorf("it was told\n%s", told)
	}
	if tool, _ := w.Tool("close_ticket"); tool.By != "quill" || len(rulesOf(w.Rules, "close_ticket")) != 1 {
		t.Errorf("by %q, with the rules %v", tool.By, rulesOf(w.Rules, "close_ticket"))
	}
}

// A tool that is first remarked on when no question is left meets the contract all
// the same; so does one whose second answer is none.
func TestAuthorKeepsWhatWasRemarkedOnLast(t *testing.T) {
	free := closing(strings.Replace(goodClosing, `    if ticket["status"] not in ["pending", "assigned"]:
        refuse("invalid_state", "The ticket %s is %s." % (ticket["ticket_id"], ticket["status"]), rule = "close_ticket.status")
`, "", 1))
	free.Rules = free.Rules[:1]
	slip := free
	slip.Code = strings.Replace(free.Code, "now()", "clock()", 1)
	for name, c := range map[string]struct {
		answers []string
		by      string
	}{
		"remarked on last":    {[]string{answerOf(t, slip), answerOf(t, free)}, "quill"},
		"silent when told":    {[]string{answerOf(t, free), "The built-in code is wrong."}, "quill"},
		"worse when told":     {[]string{answerOf(t, free), answerOf(t, slip)}, ""},
		"never any better":    {[]string{answerOf(t, slip)}, ""},
		"worse, then as told": {[]string{answerOf(t, slip), answerOf(t, closing(goodClosing))}, "quill"},
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := write(t, &pen{lines: map[string][]string{"close_ticket": c.answers}}, ticketDesk(t))
			if tool, _ := w.Tool("close_ticket"); tool.By != c.by {
				t.Errorf("it is by %q, want %q", tool.By, c.by)
			}
		})
	}
}

// Rows of tables without given ones refer to those that were given.
func TestLaidMovesReferences(t *testing.T) {
	w := built(t, ticketDesk(t))
	given := map[string][]json.RawMessage{"agents": {json.RawMessage(`{"agent_id": "A-1"}`), json.RawMessage(`{"agent_id": "A-2"}`)}}
	rows, found := laid(w.Rows, w.Schema, w.Schema, given)
	if len(found) > 0 {
		t.Fatal(found)
	}
	seen := map[string]int{}
	for _, r := range rows {
		var row struct {
			Agent *string `json:"agent_id"`
		}
		if err := json.Unmarshal(r.Value, &row); err != nil {
			t.Fatal(err)
		}
		if r.Table == "tickets" && row.Agent != nil {
			seen[*row.Agent]++
		}
	}
	if len(seen) != 2 || seen["A-1"] == 0 || seen["A-2"] == 0 {
		t.Errorf("tickets refer to %v", fmt.Sprint(seen))
	}
}

// Each row that a list of references is copied to has references of its own, and
// what is wrong is found in one order.
func TestLaidIsSteady(t *testing.T) {
	s := scaler.Schema{Tables: []scaler.Table{
		{Name: "cups", Key: "id", Columns: []scaler.Column{{Name: "id", Type: "string"}}},
		{Name: "trays", Key: "id", Columns: []scaler.Column{{Name: "id", Type: "string"}, {Name: "cups", Type: "array", Ref: "cups"}}},
	}}
	drawn := []scaler.Row{{Table: "cups", Key: "1", Value: json.RawMessage(`{"id": "1"}`)}, {Table: "cups", Key: "2", Value: json.RawMessage(`{"id": "2"}`)},
		{Table: "trays", Key: "9", Value: json.RawMessage(`{"id": "9", "cups": ["1", "2"]}`)}}
	given := map[string][]json.RawMessage{"cups": {json.RawMessage(`{"id": "A"}`), json.RawMessage(`{"id": "B"}`)}, "trays": {json.RawMessage(`{"id": "X"}`), json.RawMessage(`{"id": "Y"}`)}}
	rows, found := laid(drawn, s, s, given)
	if len(found) > 0 || len(rows) != 4 {
		t.Fatal(rows, found)
	}
	for _, r := range rows[2:] {
		if !strings.HasSuffix(string(r.Value), `["A", "B"]}`) {
			t.Errorf("row %s", r.Value)
		}
	}
	for _, name := range strings.Fields("pans lids spoons knives forks") {
		given[name] = nil
	}
	_, want := laid(drawn, s, s, given)
	for range 20 {
		if _, got := laid(drawn, s, s, given); len(got) != 5 || !slices.Equal(got, want) {
			t.Fatalf("%q, then %q", want, got)
		}
	}
}

// A null that a model gives is one that its schema allows.
func TestAdmitting(t *testing.T) {
	s := scaler.Schema{Tables: []scaler.Table{{Name: "cups", Key: "id", Columns: []scaler.Column{{Name: "id", Type: "string"}, {Name: "size", Type: "string"}, {Name: "glaze", Type: "string"}}}}}
	got := admitting(s, []scaler.Row{{Table: "cups", Value: json.RawMessage(`{"id": "1", "size": null, "glaze": "ash"}`)}, {Table: "cups", Value: json.RawMessage(`{"id": "2", "size": "L", "glaze": "ash"}`)}})
	if c := got.Tables[0].Columns; c[0].Nullable || !c[1].Nullable || c[2].Nullable || s.Tables[0].Columns[1].Nullable {
		t.Errorf("%+v of %+v", c, s.Tables[0].Columns)
	}
}

// What a model leaves empty says nothing.
func TestTame(t *testing.T) {
	for in, want := range map[string]string{``: "", `null`: "", `{}`: "", `[]`: "", `7`: "", `{"type": "string", "minLength": 100000000}`: `{"type": "string"}`,
		`{"items": null, "properties": 7}`: `{"items": {}, "properties": {}}`} {
		if got := string(tame(json.RawMessage(in))); got != want {
			t.Errorf("of %s stays %s, want %s", in, got, want)
		}
	}
}

// A world to fall back on does not learn of what was left out since.
func TestForsakeSparesTheFloor(t *testing.T) {
	before := &scaler.World{Dropped: make([]scaler.Dropped, 1, 4)}
	k := &desk{floor: before}
	k.forsake([]*sheet{{name: "close_ticket", was: &scaler.WorldTool{}}})
	if len(before.Dropped) != 1 || len(k.floor.Dropped) != 2 || before.Dropped[:2][1].Name != "" {
		t.Errorf("%v and %v", before.Dropped, k.floor.Dropped)
	}
}

// A column that code needs keeps the table that it refers to.
func TestGoneColumnInUseKeepsItsTable(t *testing.T) {
	w := built(t, ticketDesk(t))
	k := &desk{gone: map[string]bool{"tickets.agent_id": true, "agents": true}}
	w.Tools, w.Rules = slices.DeleteFunc(w.Tools, func(tool scaler.WorldTool) bool { return tool.Name != "get_ticket" }), nil
	w.Code = "def get_ticket(db, args):\n    return db.tickets.get(\"x\")[\"agent_id\"]\n"
	if idle := k.idle(w); idle["agents"] || idle["tickets.agent_id"] {
		t.Errorf("idle are %v", idle)
	}
}

// A reference that is gone goes before the code is tried: what deletes an agent is not
// told of a column that nobody sees.
func TestGoneReferencesAreNotHeld(t *testing.T) {
	w := built(t, ticketDesk(t))
	k := &desk{gone: map[string]bool{"tickets.agent_id": true, "tickets.priority": true}}
	w.Tools, w.Rules = slices.DeleteFunc(w.Tools, func(tool scaler.WorldTool) bool { return tool.Name != "get_ticket" }), nil
	w.Tools[0].Binds, w.Tools[0].Writes = nil, []string{"agents"}
	w.Code = "def get_ticket(db, args):\n    return db.tickets.get(\"x\")\n"
	k.shedUnseen(w)
	tickets, _ := w.Schema.Table("tickets")
	if tickets.Has("agent_id") || !tickets.Has("priority") || strings.Contains(rowText(w), "agent_id\": \"A") {
		t.Errorf("tickets have %+v", tickets.Columns)
	}
}

// A table that a tool says it may write stays, though its code does not.
func TestDeclaredWritesKeepTheirTable(t *testing.T) {
	much := closing(goodClosing)
	much.Writes = append(much.Writes, "lids")
	w, _ := write(t, &pen{lines: map[string][]string{"schema": {kettles}, "close_ticket": {answerOf(t, much)}}}, ticketDesk(t))
	if tool, _ := w.Tool("close_ticket"); tool.By != "quill" {
		t.Errorf("by %q", tool.By)
	}
	if _, ok := w.Schema.Table("lids"); !ok {
		t.Error("the table is gone")
	}
}

// Calls that a model names are tried first, where drawn ones hardly succeed.
func TestAuthorNamesCalls(t *testing.T) {
	picky := closing(strings.Replace(goodClosing, `    ticket["status"] = "closed"`, `    if args.get("resolution") != "Sent a lid to Mr. Vail.":
        refuse("invalid_arguments", "This is no resolution.")
    ticket["status"] = "closed"`, 1))
	named := picky
	named.Calls = []json.RawMessage{json.RawMessage(`{"ticket_id": "T-900", "resolution": "Sent a lid to Mr. Vail."}`)}
	wrong := picky
	wrong.Calls = []json.RawMessage{json.RawMessage(`{"ticket": "T-900"}`)}
	p := &pen{lines: map[string][]string{"schema": {kettles}, "close_ticket": {answerOf(t, wrong), answerOf(t, named)}}}
	w, _ := write(t, p, ticketDesk(t))
	if told := p.asked(t, "close_ticket", 1); !strings.Contains(told, "call 1 has an argument ticket, which is no parameter of the tool") {
		t.Errorf("it was told\n%s", told)
	}
	if tool, _ := w.Tool("close_ticket"); tool.By != "quill" || len(tool.Calls) != 1 {
		t.Errorf("by %q with the calls %s", tool.By, tool.Calls)
	}
	without := &pen{lines: map[string][]string{"schema": {kettles}, "close_ticket": {answerOf(t, picky)}}}
	write(t, without, ticketDesk(t))
	if told := without.asked(t, "close_ticket", 1); !strings.Contains(told, "succeeds: no call of") {
		t.Errorf("it was told\n%s", told)
	}
}

// Where no reading tool shows a change, the reading tools are asked again too.
func TestAuthorReopensReadingTools(t *testing.T) {
	get := func(columns string) string {
		return answerOf(t, manuscript{Code: `def get_ticket(db, args):
    return pick(need(db.tickets, "ticket", args["ticket_id"], rule = "get_ticket.exists"), [` + columns + `])
`, Effect: scaler.Read, Kind: scaler.Get, Table: "tickets", Binds: []scaler.Bind{{Param: "ticket_id", Role: "key", Table: "tickets", Column: "ticket_id"}},
			Rules: []scaler.Rule{{ID: "get_ticket.exists", Kind: "exists", Table: "tickets", Column: "ticket_id", Text: "Only tickets that we know can be shown."}}})
	}
	search := answerOf(t, manuscript{Code: "def search_tickets(db, args):\n    return [pick(r, [\"ticket_id\", \"subject\"]) for r in db.tickets.all()]\n", Effect: scaler.Read, Kind: scaler.List, Table: "tickets"})
	p := &pen{lines: map[string][]string{
		"close_ticket":   {answerOf(t, closing(strings.Replace(goodClosing, `    ticket["status"] = "closed"`+"\n", "", 1)))},
		"get_ticket":     {get(`"ticket_id", "subject"`), get(`"ticket_id", "subject", "closed_at"`)},
		"search_tickets": {search}}}
	desk := slices.DeleteFunc(ticketDesk(t), func(tool scaler.Tool) bool { return tool.Name == "assign_agent" }) // which answers with the ticket
	w, _ := write(t, p, desk)
	told := strings.Join(p.heard["get_ticket"][1:], "\n")
	if !strings.Contains(told, "nothing that close_ticket changes in tickets shows in an answer of a reading tool, and this is one") {
		t.Errorf("it was told %s", told)
	}
	for _, name := range []string{"close_ticket", "get_ticket"} {
		if tool, _ := w.Tool(name); tool.By != "quill" {
			t.Errorf("%s is by %q", name, tool.By)
		}
	}
}

// Built-in code that does not fit what the model made of the database goes, and
// where that is too much of the world, the world stays as it was built.
func TestBuiltInToolsGiveWay(t *testing.T) {
	cases := `{"tables": [{"name": "cases", "entity": "case", "key": "ticket_id", "columns": [{"name": "ticket_id", "type": "string"}, {"name": "subject", "type": "string"}]}],
		"rows": {"cases": [{"ticket_id": "T-1", "subject": "No steam"}, {"ticket_id": "T-2", "subject": "A lid"}]}, "gone": ["tickets"]}`
	answers := map[string][]string{"schema": {cases},
		"get_ticket": {answerOf(t, manuscript{Code: "def get_ticket(db, args):\n    return need(db.cases, \"ticket\", args[\"ticket_id\"], rule = \"get_ticket.exists\")\n",
			Effect: scaler.Read, Kind: scaler.Get, Table: "cases", Binds: []scaler.Bind{{Param: "ticket_id", Role: "key", Table: "cases", Column: "ticket_id"}},
			Rules: []scaler.Rule{{ID: "get_ticket.exists", Kind: "exists", Table: "cases", Column: "ticket_id", Text: "Only tickets that we know can be shown."}}})},
		"search_tickets": {answerOf(t, manuscript{Code: "def search_tickets(db, args):\n    return db.cases.query(where = [(\"subject\", \"contains\", args.get(\"query\"))])\n", Effect: scaler.Read, Kind: scaler.List, Table: "cases"})}}
	for _, c := range []struct {
		desk string
		want string // the tools there are
	}{
		{"create_ticket get_ticket search_tickets list_agents get_agent", "get_agent get_ticket list_agents search_tickets"},
		{"create_ticket get_ticket search_tickets", "create_ticket get_ticket search_tickets"},
	} {
		desk := slices.DeleteFunc(ticketDesk(t), func(tool scaler.Tool) bool { return !slices.Contains(strings.Fields(c.desk), tool.Name) })
		w, _ := write(t, &pen{lines: answers}, desk)
		var names []string
		for _, tool := range w.Tools {
			names = append(names, tool.Name)
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("of %s there are %s, want %s", c.desk, got, c.want)
		}
		if _, ok := w.Schema.Table("cases"); ok == (len(names) == len(desk)) {
			t.Errorf("of %s the tables are %v", c.desk, w.Schema.Tables)
		}
		if len(names) < len(desk) && (len(w.Dropped) != 1 || w.Dropped[0].Name != "create_ticket" || !strings.Contains(w.Dropped[0].Reason, "does not fit the database")) {
			t.Errorf("dropped: %v", w.Dropped)
		}
	}
}

// How text looks is the model's to say where it gives the rows.
func TestAmendedColumn(t *testing.T) {
	built := scaler.Column{Name: "number", Type: "string", Format: "date-time", Schema: json.RawMessage(`{"pattern": "^x-[0-9]+$"}`), Nullable: true}
	said := scaler.Column{Name: "number", Type: "string", Semantic: "code"}
	if got := amendedColumn(built, said, true, false); got.Format != "" || got.Schema != nil || got.Semantic != "code" || !got.Nullable {
		t.Errorf("with rows %+v", got)
	}
	if got := amendedColumn(built, said, false, false); got.Format != "date-time" || got.Schema == nil || got.Semantic != "code" {
		t.Errorf("without %+v", got)
	}
}

// A model is shown the parameters that calls will have, and what it writes keeps the
// status codes of its tool.
func TestAuthorSeesWhatIsOffered(t *testing.T) {
	tool := scaler.Tool{Parameters: json.RawMessage(`{"required": ["tenant"]}`), Statuses: []int{204}}
	s := &sheet{tool: tool, was: &scaler.WorldTool{Parameters: json.RawMessage(`{"required": []}`)}, text: new(manuscript)}
	if got := toolPage(s).Parameters; got != `{"required": []}` {
		t.Errorf("shown are %s", got)
	}
	s.was = nil
	if got := s.worldTool("quill"); string(got.Parameters) != toolPage(s).Parameters || !slices.Equal(got.Statuses, []int{204}) {
		t.Errorf("it has %s and answers with %d", got.Parameters, got.Statuses)
	}
}
