package tau2

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Task is one of the benchmark: how its world begins, and how it is scored.
type Task struct {
	ID          string
	Data        [2]*pyjson.Object // replaces data of the agent's and the user's side; nil: as it is
	Init        []Function
	History     []Message // said and done before the conversation begins
	Actions     []Action  // one way to solve it
	Assertions  []Function
	Communicate []string // what the agent has to say
	Judged      []string // judged by a model
	Basis       []string // what counts: DB, ENV_ASSERTION, ACTION, COMMUNICATE, NL_ASSERTION
	Unscored    bool     // it has no criteria
	Stateless   bool     // it has neither gold actions nor assertions: any data will do
	Body        *pyjson.Object
}

// A Function is one of a side that sets a world up or checks it.
type Function struct {
	Side, Name string
	Arguments  *pyjson.Object
	Want       bool // of an assertion
}

// An Action is a call of a tool.
type Action struct {
	ID              string // of a call in a conversation, by which its answer finds it
	Requestor, Name string
	Arguments       *pyjson.Object
	Compare         []string // arguments that count; nil: those that the other call has
}

// Tasks reads the tasks of a domain, in the order of the file.
func Tasks(dir, domain string) ([]Task, error) {
	path := filepath.Join(folder(dir, domain), "tasks.json")
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	v, err := pyjson.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var tasks []Task
	for _, item := range objects(v) {
		t, err := ReadTask(item)
		if err != nil {
			return nil, fmt.Errorf("%s: task %s: %w", path, t.ID, err)
		}
		tasks = append(tasks, t)
	}
	return tasks, nil
}

// field follows a path through objects; nil where it ends early.
func field(v any, path ...string) any {
	for _, key := range path {
		o, ok := v.(*pyjson.Object)
		if !ok {
			return nil
		}
		v, _ = o.Get(key)
	}
	return v
}

func objects(v any) []*pyjson.Object {
	var out []*pyjson.Object
	list, _ := v.([]any)
	for _, item := range list {
		if o, ok := item.(*pyjson.Object); ok {
			out = append(out, o)
		}
	}
	return out
}

func texts(v any) []string {
	var out []string
	list, _ := v.([]any)
	for _, item := range list {
		if s, ok := item.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

func text(v any, path ...string) string {
	s, _ := field(v, path...).(string)
	return s
}

func dict(v any, path ...string) *pyjson.Object {
	if o, ok := field(v, path...).(*pyjson.Object); ok {
		return o
	}
	return pyjson.NewObject(0)
}

// ReadTask reads a task as the data and result files hold it.
func ReadTask(body *pyjson.Object) (Task, error) {
	t := Task{ID: pyjson.Str(field(body, "id")), Body: body}
	for side, key := range []string{"agent_data", "user_data"} {
		t.Data[side], _ = field(body, "initial_state", "initialization_data", key).(*pyjson.Object)
	}
	for _, m := range objects(field(body, "initial_state", "message_history")) {
		t.History = append(t.History, ReadMessage(m))
	}
	t.Init = Functions(field(body, "initial_state", "initialization_actions"))
	criteria := field(body, "evaluation_criteria")
	t.Unscored = criteria == nil
	t.Stateless = field(criteria, "actions") == nil && field(criteria, "env_assertions") == nil
	for _, a := range objects(field(criteria, "actions")) {
		action := readAction(a)
		action.Compare = texts(field(a, "compare_args"))
		if field(a, "compare_args") != nil && action.Compare == nil {
			action.Compare = []string{}
		}
		t.Actions = append(t.Actions, action)
	}
	t.Assertions = Functions(field(criteria, "env_assertions"))
	t.Communicate = texts(field(criteria, "communicate_info"))
	t.Judged = texts(field(criteria, "nl_assertions"))
	t.Basis = texts(field(criteria, "reward_basis"))
	if t.Basis == nil {
		t.Basis = []string{"DB", "COMMUNICATE"}
	}
	return t, nil
}

// Functions reads functions of the environment.
func Functions(v any) []Function {
	var out []Function
	for _, f := range objects(v) {
		want, given := field(f, "assert_value").(bool)
		out = append(out, Function{text(f, "env_type"), text(f, "func_name"), dict(f, "arguments"), want || !given})
	}
	return out
}

// counts says whether a component gates the reward.
func (t *Task) counts(basis string) bool { return slices.Contains(t.Basis, basis) }

// Statements are what a judge is asked about: those in words, where they count.
func (t *Task) Statements() []string {
	if !t.counts("NL_ASSERTION") {
		return nil
	}
	return t.Judged
}
