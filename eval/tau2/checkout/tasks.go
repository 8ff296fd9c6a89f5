package checkout

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// taskFile is the place of a domain's file in a checkout.
func taskFile(domain, name string) string { return "data/tau2/domains/" + domain + "/" + name }

// files of splits in versions that have no list of splits.
var files = map[string]string{"base": "tasks.json", "full": "tasks_full.json", "small": "tasks_small.json"}

// Tasks reads the tasks of a world's split, in the order of the data.
func (c *Checkout) Tasks(world, split string) ([]tau2.Task, error) {
	lists := taskFile(world, "split_tasks.json")
	if !c.has(lists) {
		return c.tasksOfFile(world, split)
	}
	text, err := c.read(lists)
	if err != nil {
		return nil, err
	}
	splits, err := pyjson.ParseObject([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", lists, err)
	}
	names, ok := splits.Get(split)
	if !ok {
		return nil, fmt.Errorf("tau2-bench %s: %s has no split %q; there are %s", c.Version.Name, world, split, strings.Join(splits.Keys(), ", "))
	}
	wanted := map[any]bool{}
	for _, name := range names.([]any) {
		wanted[name] = true
	}
	return c.readTasks(world, "tasks.json", func(id string) bool { return wanted[id] })
}

func (c *Checkout) tasksOfFile(world, split string) ([]tau2.Task, error) {
	file, ok := files[split]
	if !ok || !c.has(taskFile(world, file)) {
		return nil, fmt.Errorf("tau2-bench %s: %s has no split %q: this version keeps a file for each split, and has none for it", c.Version.Name, world, split)
	}
	return c.readTasks(world, file, func(string) bool { return true })
}

func (c *Checkout) readTasks(world, file string, wanted func(id string) bool) ([]tau2.Task, error) {
	path := taskFile(world, file)
	text, err := c.read(path)
	if err != nil {
		return nil, err
	}
	v, err := pyjson.Parse([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if o, ok := v.(*pyjson.Object); ok {
		v = field(o, "tasks")
	}
	list, _ := v.([]any)
	var tasks []tau2.Task
	for _, item := range list {
		body, ok := item.(*pyjson.Object)
		if !ok || !wanted(pyjson.Str(field(body, "id"))) {
			continue
		}
		t, err := tau2.ReadTask(body)
		if err != nil {
			return nil, fmt.Errorf("%s: task %s: %w", path, t.ID, err)
		}
		tasks = append(tasks, t)
	}
	return tasks, nil
}
