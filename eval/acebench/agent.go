package acebench

import (
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
)

// agent scores end states and the way there. An agent whose end state is right
// has passed all milestones.
func (s *scorer) agent(p paper) (Score, error) {
	out := Score{Total: len(p.results)}
	passed := 0.0
	for i, row := range p.results {
		bad := s.checkClasses(field(row, "result"), field(p.answers[i], "ground_truth"))
		out.solve(text(p.items[i], "id"), bad == right)
		if bad == right {
			out.Correct++
			passed++
			continue
		}
		out.Failures = append(out.Failures, Failure{strconv.Itoa(i), string(bad)})
		passed += milestones(texts(field(row, "process")), field(p.answers[i], "mile_stone"))
	}
	out.Accuracy = share(out.Correct, out.Total)
	process := mean(passed, out.Total)
	out.Process = &process
	return out, nil
}

// checkClasses compares the saved attributes of all classes. Officially a gold
// class that the result does not have under the same name is passed over.
func (s *scorer) checkClasses(result, truth any) fault {
	given, ok := result.([]any)
	wanted := list(truth)
	if !ok || len(given) != len(wanted) {
		return wrongClasses
	}
	for _, w := range wanted {
		want, _ := w.(*pylit.Dict)
		have := classNamed(given, want)
		if have == nil {
			if s.strict {
				return wrongAttributes
			}
			continue
		}
		if !s.sameAttributes(have, want) {
			return wrongAttributes
		}
	}
	return right
}

// classNamed is the first class with the same name, or nil.
func classNamed(classes []any, want *pylit.Dict) *pylit.Dict {
	if want == nil {
		return nil
	}
	for _, c := range classes {
		have, ok := c.(*pylit.Dict)
		if ok && have.Len() == want.Len() && have.Len() > 0 && pylit.Contains(want.Keys, have.Keys[0]) {
			return have
		}
	}
	return nil
}

// sameAttributes compares attribute by attribute. Officially a row that gold
// does not have is no difference.
func (s *scorer) sameAttributes(have, want *pylit.Dict) bool {
	given, ok := have.Values[0].(*pylit.Dict)
	wanted, wok := want.Values[0].(*pylit.Dict)
	if !ok || !wok {
		return false
	}
	if s.strict {
		return pylit.Equal(given, wanted)
	}
	for i, name := range given.Keys {
		expected, ok := wanted.Get(name)
		if !ok || !sameRows(given.Values[i], expected) {
			return false
		}
	}
	return true
}

func sameRows(given, wanted any) bool {
	rows, ok := wanted.(*pylit.Dict)
	if !ok {
		return pylit.Equal(given, wanted)
	}
	have, ok := given.(*pylit.Dict)
	if !ok {
		return false
	}
	for i, key := range rows.Keys {
		v, ok := have.Get(key)
		if !ok || !pylit.Equal(v, rows.Values[i]) {
			return false
		}
	}
	return true
}

// milestones is the share of gold calls that the process meets in order; of
// several gold ways the best one counts, and only there is it rounded.
func milestones(process []string, gold any) float64 {
	stones, _ := gold.([]any)
	if len(stones) == 0 {
		return 0
	}
	if _, ok := stones[0].([]any); !ok {
		return inOrder(process, texts(stones))
	}
	best := 0.0
	for _, way := range stones {
		best = max(best, pyjson.Round(inOrder(process, texts(way)), 3))
	}
	return best
}

// inOrder looks for each stone behind the one before. One that is not there
// uses up the rest of the process.
func inOrder(process, stones []string) float64 {
	if len(stones) == 0 {
		return 1
	}
	met, at := 0, 0
	for _, stone := range stones {
		for at < len(process) {
			same := trim(process[at]) == trim(stone)
			at++
			if same {
				met++
				break
			}
		}
	}
	return float64(met) / float64(len(stones))
}

func trim(s string) string { return strings.TrimFunc(s, isSpace) }
