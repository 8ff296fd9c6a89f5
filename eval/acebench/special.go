package acebench

import (
	"strings"

	"github.com/agentscaler/scaler/internal/pylit"
)

// The words that a reply must hold for its kind of trouble.
const (
	saysMissing    = "Missing necessary parameters"
	saysIncorrect  = "There is incorrect value"
	saysIrrelevant = "the limitations of the function"
)

// special scores replies to requests that cannot be met as they are. Its
// accuracy is not rounded.
func (s *scorer) special(p paper) (Score, error) {
	out := Score{Total: len(p.results)}
	for i, row := range p.results {
		truth := field(p.answers[i], "ground_truth")
		bad := detects(p.category, text(row, "result"), truth)
		out.solve(text(p.items[i], "id"), bad == right)
		if bad != right {
			out.Failures = append(out.Failures, Failure{text(p.items[i], "id"), string(bad)})
		} else {
			out.Correct++
		}
	}
	if out.Total > 0 {
		out.Accuracy = float64(out.Correct) / float64(out.Total)
	}
	return out, nil
}

// detects returns the last fault found, as the official scorer does.
func detects(category, reply string, truth any) fault {
	if strings.Contains(category, "irrelevant") {
		if !strings.Contains(reply, saysIrrelevant) {
			return missedDetection
		}
		return right
	}
	words, named := saysIncorrect, false
	if strings.Contains(category, "incomplete") {
		words, named = saysMissing, true
	}
	causes, _ := truth.(*pylit.Dict)
	if causes == nil {
		return right
	}
	last := right
	for i, name := range causes.Keys {
		switch {
		case !strings.Contains(reply, words):
			last = missedDetection
		case named && !strings.Contains(reply, pylit.Str(name)):
			last = missedCause
		default:
			for _, v := range iterate(causes.Values[i]) {
				if !strings.Contains(reply, pylit.Str(v)) {
					last = missedCause
				}
			}
		}
	}
	return last
}
