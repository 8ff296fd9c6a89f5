package acebench

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
)

// A Score is what one category comes to.
type Score struct {
	// Accuracy is the share of right answers; of right dialogues where there are
	// several turns, of right end states for agents.
	Accuracy float64 `json:"accuracy"`
	// Process is the mean share of right turns of a dialogue, or of milestones
	// that an agent passed; nil elsewhere.
	Process *float64 `json:"process_accuracy,omitempty"`
	// Correct counts right answers, turn by turn.
	Correct int `json:"correct_count"`
	Total   int `json:"total_count"`
	// Missing counts tasks without a result: they are not part of the score.
	Missing int `json:"missing,omitempty"`
	// Failures are the answers that the official scorer lists as wrong. One whose
	// first gold answer did not match but a later one did is among them, though
	// it counts as correct.
	Failures []Failure `json:"failures,omitempty"`

	solved map[string]bool // by task, dialogues as a whole
}

// A Failure is an answer that was found wrong.
type Failure struct {
	ID    string `json:"id"`
	Error string `json:"error_type"`
}

// A paper is what is scored: results beside their tasks and gold answers.
type paper struct {
	category                string
	results, items, answers []*pylit.Dict
}

type scorer struct {
	Scorer
	model string
}

// single scores answers of one turn.
func (s *scorer) single(p paper) (Score, error) {
	out := Score{Total: len(p.results)}
	for i, row := range p.results {
		calls, bad := s.calls(field(row, "result"), s.text)
		first := bad
		ok := false
		if bad == right {
			first, ok = s.candidates(p.items[i], calls, field(p.answers[i], "ground_truth"))
		}
		if ok {
			out.Correct++
		}
		out.solve(text(p.items[i], "id"), ok)
		if first != right {
			out.Failures = append(out.Failures, Failure{text(p.items[i], "id"), string(first)})
		}
	}
	out.Accuracy = share(out.Correct, out.Total)
	return out, nil
}

// solve records whether a task was solved; of a dialogue every turn must be.
func (s *Score) solve(id string, ok bool) {
	if s.solved == nil {
		s.solved = map[string]bool{}
	}
	before, known := s.solved[id]
	s.solved[id] = ok && (before || !known)
}

// calls decodes a reply. A reply that is no text is no answer, and nor is any
// of a model whose name holds "FC": the official code takes those for lists of
// native calls, which no text is.
func (s *scorer) calls(reply any, cut func(string) (string, bool)) ([]any, fault) {
	given, ok := reply.(string)
	if !ok || strings.Contains(s.model, "FC") && !s.strict {
		return nil, badFormat
	}
	given, ok = cut(given)
	if !ok {
		return nil, badFormat
	}
	calls, err := decode(given)
	if err != nil {
		return nil, badFormat
	}
	return calls, right
}

// candidates tries the gold answers one after the other, and returns the fault
// against the first of them.
func (s *scorer) candidates(item *pylit.Dict, calls []any, truth any) (first fault, ok bool) {
	for i, candidate := range list(truth) {
		answer, isDict := candidate.(*pylit.Dict)
		if !isDict {
			answer = &pylit.Dict{}
		}
		fault := s.checkCalls(field(item, "function"), calls, answer)
		if fault == right {
			return first, true
		}
		if i == 0 {
			first = fault
		}
	}
	return first, false
}

// multi scores dialogues: answers whose ids end in _DIALOGUE_TURN. Neighbours
// with the same dialogue belong together.
func (s *scorer) multi(p paper) (Score, error) {
	out := Score{Total: len(p.results)}
	last, turns := "", [][]bool{}
	for i, row := range p.results {
		id := text(row, "id")
		calls, bad := s.calls(field(row, "result"), s.turn)
		dialogue := id
		ok := false
		if bad == right {
			bad, ok = s.candidates(p.items[i], calls, field(p.answers[i], "ground_truth"))
		} else {
			dialogue = text(p.items[i], "id")
		}
		if ok {
			out.Correct++
		} else {
			out.Failures = append(out.Failures, Failure{id, string(bad)})
		}
		out.solve(strings.TrimSuffix(id, "_"+part(id, 1)), ok)
		if dialogue = part(dialogue, 2); len(turns) == 0 || dialogue != last {
			last = dialogue
			turns = append(turns, nil)
		}
		turns[len(turns)-1] = append(turns[len(turns)-1], ok)
	}
	whole, process := 0, 0.0
	for _, t := range turns {
		n := 0
		for _, ok := range t {
			if ok {
				n++
			}
		}
		if n == len(t) {
			whole++
		}
		process += share(n, len(t))
	}
	out.Accuracy = share(whole, len(turns))
	process = mean(process, len(turns))
	out.Process = &process
	return out, nil
}

// part is the part of an id that stands n parts before its end.
func part(id string, n int) string {
	parts := strings.Split(id, "_")
	if len(parts) < n {
		return ""
	}
	return parts[len(parts)-n]
}

// share is n of total, to three digits.
func share(n, total int) float64 { return mean(float64(n), total) }

// mean is a sum divided by a count, to three digits; 0 of nothing.
func mean(sum float64, n int) float64 {
	if n == 0 {
		return 0
	}
	return pyjson.Round(sum/float64(n), 3)
}

// score scores one category.
func (s *scorer) score(c Category, p paper) (Score, error) {
	if len(p.items) != len(p.answers) {
		return Score{}, fmt.Errorf("acebench: %s: %d tasks and %d answers should be equally many", c.Name, len(p.items), len(p.answers))
	}
	missing := len(p.items) - len(p.results)
	if missing != 0 {
		var err error
		if p, err = p.answered(); err != nil {
			return Score{}, fmt.Errorf("acebench: %s: %w", c.Name, err)
		}
	}
	score, err := c.score(s, p)
	score.Missing = missing
	return score, err
}

// answered keeps the tasks that have a result. Where every task has one, results
// are taken in the order in which they stand, as officially.
func (p paper) answered() (paper, error) {
	place := map[string]int{}
	for i, item := range p.items {
		place[text(item, "id")] = i
	}
	out := paper{category: p.category, results: p.results}
	for _, row := range p.results {
		i, ok := place[text(row, "id")]
		if !ok {
			return paper{}, fmt.Errorf("a result is of %q, which is no task", text(row, "id"))
		}
		out.items, out.answers = append(out.items, p.items[i]), append(out.answers, p.answers[i])
	}
	return out, nil
}
