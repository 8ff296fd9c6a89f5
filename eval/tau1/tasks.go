package tau1

import (
	"errors"
	"fmt"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
)

// tasks reads the list of Task(...) in a module.
func (c *Checkout) tasks(domain, split string) ([]Task, error) {
	file := tasksFile(domain, split)
	module, err := c.module(file)
	if err != nil {
		return nil, err
	}
	for _, v := range module.Values {
		list, ok := v.X.(*pylit.ListExpr)
		if !ok {
			continue
		}
		tasks := make([]Task, len(list.Items))
		for i, x := range list.Items {
			if tasks[i], err = readTask(x); err != nil {
				return nil, fmt.Errorf("tau-bench: %s: task %d: %w", file, i, err)
			}
		}
		return tasks, nil
	}
	return nil, fmt.Errorf("tau-bench: %s has no list of tasks", file)
}

// readTask reads Task(user_id=..., instruction=..., actions=[Action(...)], outputs=[...]).
func readTask(x pylit.Expr) (t Task, err error) {
	fields, err := keywords(x, "Task")
	if err != nil {
		return t, err
	}
	t.Actions = []Action{}
	t.Outputs = []string{}
	if t.User, err = stringOf(fields["user_id"]); err != nil {
		return t, err
	}
	if t.Instruction, err = stringOf(fields["instruction"]); err != nil {
		return t, err
	}
	for _, x := range itemsOf(fields["actions"]) {
		a, err := readAction(x)
		if err != nil {
			return t, err
		}
		t.Actions = append(t.Actions, a)
	}
	for _, x := range itemsOf(fields["outputs"]) {
		s, err := stringOf(x)
		if err != nil {
			return t, err
		}
		t.Outputs = append(t.Outputs, s)
	}
	return t, nil
}

func readAction(x pylit.Expr) (a Action, err error) {
	fields, err := keywords(x, "Action")
	if err != nil {
		return a, err
	}
	if a.Name, err = stringOf(fields["name"]); err != nil {
		return a, err
	}
	v, err := pylit.Literal(fields["kwargs"])
	if err != nil {
		return a, err
	}
	v, _ = pylit.ToJSON(v)
	var ok bool
	if a.Arguments, ok = v.(*pyjson.Object); !ok {
		return a, fmt.Errorf("kwargs that are no dict: %s", fields["kwargs"].Source())
	}
	return a, nil
}

// keywords are the named arguments of a call of a class.
func keywords(x pylit.Expr, class string) (map[string]pylit.Expr, error) {
	call, ok := x.(*pylit.Call)
	if !ok || call.Func.Source() != class {
		return nil, fmt.Errorf("no %s(...): %s", class, x.Source())
	}
	fields := map[string]pylit.Expr{}
	for _, k := range call.Keywords {
		fields[k.Name] = k.Value
	}
	return fields, nil
}

func stringOf(x pylit.Expr) (string, error) {
	if x == nil {
		return "", errors.New("a field is missing")
	}
	s, ok := pylit.Text(x)
	if !ok {
		return "", fmt.Errorf("no string: %s", x.Source())
	}
	return s, nil
}

func itemsOf(x pylit.Expr) []pylit.Expr {
	if list, ok := x.(*pylit.ListExpr); ok {
		return list.Items
	}
	return nil
}
