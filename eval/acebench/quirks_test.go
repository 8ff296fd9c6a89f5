package acebench

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
)

func jsonValue(t *testing.T, text string) any {
	t.Helper()
	v, err := pyjson.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return pylit.FromJSON(v)
}

// What the official scorer lets pass and the strict one does not, and the
// other way round.
func TestOneArgument(t *testing.T) {
	for _, c := range []struct {
		property, given, gold string
		official, strict      fault
	}{
		{`{"type": "integer"}`, `5`, `7`, right, valueError},
		{`{"type": "boolean"}`, `False`, `true`, right, valueError},
		{`{"type": "number"}`, `2.5`, `3`, typeError, valueError},
		{`{"type": "number"}`, `2.5`, `3.5`, right, valueError},
		{`{"type": "float"}`, `2`, `2.0`, right, right},
		{`{"type": "string"}`, `'The blue shed, please'`, `"blue shed"`, right, valueError},
		{`{"type": "string"}`, `'BLUE-shed.'`, `"blue shed"`, right, right},
		{`{"type": "string"}`, `'blue'`, `"blue shed"`, stringError, valueError},
		{`{"type": "string"}`, `'true'`, `"true"`, typeError, right},
		{`{"type": "string"}`, `7`, `7`, right, right},
		{`{"type": "array", "items": {"type": "string"}}`, `['A-b', 'c']`, `["ab", "C"]`, right, right},
		{`{"type": "array", "items": {"type": "string"}}`, `['c', 'ab']`, `["ab", "c"]`, listError, valueError},
		{`{"type": "array", "items": {"type": "string"}}`, `[]`, `[]`, typeError, right},
		{`{"type": "array"}`, `['a']`, `["a"]`, valueError, right},
		{`{"type": "object"}`, `{'n': 12, 'm': 'A b'}`, `{"n": 2, "m": "ab"}`, right, valueError},
		{`{"type": "object"}`, `{'n': {'k': 'true'}}`, `{"n": {"k": true}}`, right, valueError},
		{`{"type": "object"}`, `{'n': 1}`, `{"n": 1, "m": 2}`, valueError, valueError},
		{`{"type": "array", "items": {"type": "object"}}`, `[{'a': 1}, {'a': 2}]`, `[{"a": 1}]`, countError, valueError},
		{`{"type": "tuple"}`, `(1, 2)`, `[1, 2]`, valueError, right},
		{`{"type": "odd"}`, `1`, `1`, broken, right},
	} {
		x, err := pylit.Parse(c.given)
		if err != nil {
			t.Fatal(err)
		}
		given, err := reader{bare: asCall}.value(x)
		if err != nil {
			t.Fatal(err)
		}
		property, gold := jsonValue(t, c.property).(*pylit.Dict), jsonValue(t, c.gold)
		if got := checkArgument(property, given, gold); got != c.official {
			t.Errorf("%s %s for %s: %q, officially %q", c.property, c.given, c.gold, got, c.official)
		}
		if got := strictArgument(property, given, gold); got != c.strict {
			t.Errorf("%s %s for %s: %q, strictly %q", c.property, c.given, c.gold, got, c.strict)
		}
	}
}

// Which calls a reply holds.
func TestDecode(t *testing.T) {
	for in, want := range map[string]string{
		`[a.b(x=1, y=-2.5), c()]`:           `[{'a.b': {'x': 1, 'y': -2.5}}, {'c': {}}]`,
		`[f('lost', x=name, y=g(z=1))]`:     `[{'f': {'x': 'name', 'y': {'g': {'z': 1}}}}]`,
		`[f(x=g(1)), f(x=a[0], y=2024-7)]`:  `[{'f': {'x': {'g': {}}}}, {'f': {'x': 'a[0]', 'y': 2017}}]`,
		`f(), g(x=...)`:                     `[{'f': {}}, {'g': {'x': '...'}}]`,
		`[f(x=(1, 'a'), y={'k': [not 1]})]`: `[{'f': {'x': (1, 'a'), 'y': {'k': [-1]}}}]`,
		`[]`:                                `[]`,
	} {
		got, err := decode(in)
		if err != nil || pylit.Repr(got) != want {
			t.Errorf("%s: %s, %v, want %s", in, pylit.Repr(got), err, want)
		}
	}
	for _, in := range []string{`f()`, `[1]`, `[f(x=a.b)]`, `[f(x=-a)]`, `[f(x=1/0)]`, `[f(x={[]: 1})]`, `[f(x=lambda: 0)]`, `[f(x=1<2)]`} {
		if got, err := decode(in); err == nil {
			t.Errorf("%s: %s, want an error", in, pylit.Repr(got))
		}
	}
}

func TestWhereTheCallsAre(t *testing.T) {
	if got, _ := firstList(`Sure: [f(x=[1])] and [g()]`); got != `[f(x=[1])]` {
		t.Error(got)
	}
	if _, ok := firstList(`no ] list [`); ok {
		t.Error("a list was found")
	}
	if got, _ := withoutSpace("[f(x='a b')]\u3000\n"); got != `[f(x='ab')]` {
		t.Error(got)
	}
}

// made is a checkout with data of our own: one task of each agent category.
func made(t *testing.T) *Data {
	t.Helper()
	dir := t.TempDir()
	at := filepath.Join(dir, "data_all", "data_en", "possible_answer")
	if err := os.MkdirAll(at, 0o755); err != nil {
		t.Fatal(err)
	}
	row := func(id string) string {
		return `"` + id + `": {"sender_id": "USR100", "receiver_id": "USR101", "message": "Note ` + id + `", "time": "2024-01-0` + id + `"}`
	}
	note := func(id string) string {
		return `"` + id + `": {"reminder_id": 100` + id + `, "title": "T` + id + `", "description": "d", "time": "2024-01-01 10:00", "notified": false}`
	}
	answer := `{"ground_truth": [{"MessageApi": {"inbox": {` + row("1") + "," + row("2") + "," + row("3") + "," + row("4") + "," + row("5") + "," + row("6") +
		`}}}, {"ReminderApi": {"reminder_list": {` + note("1") + "," + note("2") + "," + note("3") + `}}}]}`
	for _, c := range []string{"agent_multi_turn", "agent_multi_step"} {
		task := `{"id": "` + c + `_0", "initial_config": {"BaseApi": {"wifi": true}}, "involved_classes": ["BaseApi", "MessageApi", "FoodPlatform"]}`
		for file, text := range map[string]string{filepath.Join(at, ".."): task, at: answer} {
			if err := os.WriteFile(filepath.Join(file, "data_"+c+".json"), []byte(text+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	d, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func start(t *testing.T, category string) *Session {
	t.Helper()
	d := made(t)
	task, err := d.Agent("en", category+"_0")
	if err != nil {
		t.Fatal(err)
	}
	s, err := d.Start("en", task.Item)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// One reply after the other, with what the executor of dialogues answers.
func TestDialogue(t *testing.T) {
	s := start(t, "agent_multi_turn")
	failed := `{'chars_of': 'Error during execution: {str(e)}'}`
	for _, c := range []struct{ reply, want string }{
		{`[f(x='Eve's')]`, `raises SyntaxError`},
		{``, `raises IndexError`},
		{`[ login_device()]`, `raises IndentationError`},
		{`Hello`, `[]`},
		{`[unknown()]`, failed},
		{`login_device(), unknown(), 7`, `[{'status': True, 'message': 'Device has been logged in'}, {'status': True, 'message': 'Device has been logged in'}]`},
		{`[check_balance('Eve')]`, failed},
		{`[check_balance(user_name='Eve'), get_products(merchant_name=['Heytea'])]`, failed},
		{`[check_balance(user_name='Eve')]`, `[500.0]`},
		{`[add_food_delivery_order(username='Eve', merchant_name='Heytea', items={'product': 'x'})]`, `raises AttributeError`},
		{`[delete_message(message_id=True)]`, `[{'status': True, 'message': 'Message ID True has been successfully deleted.'}]`},
		{`[send_message(sender_name='Eve', receiver_name='Jack', message=7)]`, `[{'status': True, 'message': 'Message successfully sent to Jack.'}]`},
		{`[get_latest_message_id()]`, failed},
		{`[login_food_platform(username='Jack', password='password654'), view_logged_in_users(), login_food_platform(username='Eve', password='password123')]`,
			`[{'status': True, 'message': 'User Jack has successfully logged in!'}, {'status': True, 'logged_in_users': ['Jack', 'Eve']}, {'status': True, 'message': 'User Eve has successfully logged in!'}]`},
	} {
		out := s.Run(c.reply)
		got := pyjson.Repr(out.Value)
		if out.Raises != "" {
			got = "raises " + out.Raises
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.reply, got, c.want)
		}
	}
	state := pyjson.Repr(s.State()[1])
	if want := `'7': {'sender_id': 'USR100', 'receiver_id': 'USR105', 'message': 7}}}}`; state[len(state)-len(want):] != want {
		t.Error(state)
	}
}

// The other executor goes on behind an exception, and tells its text.
func TestSteps(t *testing.T) {
	s := start(t, "agent_multi_step")
	for reply, want := range map[string]string{
		`What now?`:                                 `'` + stepNoCall + `'`,
		`[unknown(), login_device()]`:               `["` + stepError + unboundText + `", {'status': True, 'message': 'Device has been logged in'}]`,
		`[get_products()]`:                          `["` + stepError + `FoodPlatform.get_products() missing 1 required positional argument: 'merchant_name'"]`,
		`[get_products(merchant_name=inn(room=1))]`: `["` + stepError + `name 'inn' is not defined"]`,
	} {
		want := want
		if got := pyjson.Repr(s.Run(reply).Value); got != want {
			t.Errorf("%s: %s, want %s", reply, got, want)
		}
	}
}

// A run in which nothing could be executed leaves no classes behind.
func TestNoState(t *testing.T) {
	s := start(t, "agent_multi_turn")
	s.Run(`[check_balance()]`)
	if state := s.State(); len(state) != 0 {
		t.Error(state)
	}
}

// Gold milestones are met in order; one that is missing uses up the rest.
func TestMilestones(t *testing.T) {
	for _, c := range []struct {
		process []string
		gold    string
		want    float64
	}{
		{[]string{"[a()]", " [b()] ", "[c()]"}, `["[a()]", "[c()]"]`, 1},
		{[]string{"[a()]", "[c()]"}, `["[a()]", "[b()]", "[c()]"]`, 1.0 / 3},
		{[]string{"[c()]"}, `[["[a()]", "[b()]", "[c()]"], ["[c()]", "[d()]"]]`, 0.5},
		{nil, `[["[a()]", "[b()]", "[c()]"]]`, 0},
	} {
		if got := milestones(c.process, jsonValue(t, c.gold)); got != c.want {
			t.Errorf("%v against %s: %v, want %v", c.process, c.gold, got, c.want)
		}
	}
}

// An end state with other classes than gold is passed over, officially.
func TestClasses(t *testing.T) {
	for _, c := range []struct {
		result, gold     string
		official, strict fault
	}{
		{`[{"A": {"n": 1.0}}]`, `[{"A": {"n": 1}}]`, right, right},
		{`[{"A": {"n": 1}}]`, `[{"B": {"n": 2}}]`, right, wrongAttributes},
		{`[{"A": {"rows": {"1": 1, "2": 2}}}]`, `[{"A": {"rows": {"1": 1}}}]`, right, wrongAttributes},
		{`[{"A": {"rows": {}}}]`, `[{"A": {"rows": {"1": 1}}}]`, wrongAttributes, wrongAttributes},
		{`[{"A": {"n": 1, "m": 2}}]`, `[{"A": {"n": 1}}]`, wrongAttributes, wrongAttributes},
		{`[]`, `[{"A": {}}]`, wrongClasses, wrongClasses},
	} {
		for i, want := range []fault{c.official, c.strict} {
			s := &scorer{Scorer: Scorer{strict: i == 1}}
			if got := s.checkClasses(jsonValue(t, c.result), jsonValue(t, c.gold)); got != want {
				t.Errorf("%s against %s, strict %v: %q, want %q", c.result, c.gold, i == 1, got, want)
			}
		}
	}
}
