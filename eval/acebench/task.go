package acebench

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/internal/pylit"
)

// A Task is one agent task with its gold answer.
type Task struct{ Item, Answer *pylit.Dict }

// Agent finds an agent task by its id.
func (d *Data) Agent(lang, id string) (Task, error) {
	category := id
	if i := strings.LastIndexByte(id, '_'); i >= 0 {
		category = id[:i]
	}
	items, err := d.Items(lang, category)
	if err != nil {
		return Task{}, err
	}
	answers, err := d.Answers(lang, category)
	if err != nil {
		return Task{}, err
	}
	for i, item := range items {
		if text(item, "id") == id && i < len(answers) {
			return Task{item, answers[i]}, nil
		}
	}
	return Task{}, fmt.Errorf("acebench: there is no task %q in %s", id, lang)
}

// Reached reports whether a state is the gold one, as the official scorer sees it.
func (t Task) Reached(state []any) bool {
	s := &scorer{Scorer: Scorers[0]}
	return s.checkClasses(pylit.FromJSON(state), field(t.Answer, "ground_truth")) == right
}
