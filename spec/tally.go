package spec

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
)

// A Tally counts what became of the input, for the terminal and run.json.
type Tally struct {
	Sources   []SourceTally // in the order of the command line
	Rewritten int           // descriptions that a model wrote
	Refused   int           // descriptions of a model that were turned down
	Tokens    scaler.Usage  // that it used
}

// A SourceTally counts one source.
type SourceTally struct {
	Source   string
	Kept     int
	Clones   int           // of Kept: tools that repeat one of another service
	Rejected []ReasonTally // tools, the most frequent reason first
	Files    []ReasonTally // files rejected as a whole
	Skipped  int           // files that are no specifications
}

// A ReasonTally counts the rejections with one reason code.
type ReasonTally struct {
	Reason string
	N      int
}

// Add counts one item.
func (t *Tally) Add(item Item) {
	t.rewrite(item.Rewrite)
	s := t.source(origin(item).Source)
	switch {
	case item.Tool != nil:
		s.Kept++
		if item.Tool.CloneOf != "" {
			s.Clones++
		}
	case item.Skipped != nil:
		s.Skipped++
	case item.Rejection.Name == "" && item.Rejection.Origin.Pointer == "":
		s.Files = count(s.Files, item.Rejection.Reason)
	default:
		s.Rejected = count(s.Rejected, item.Rejection.Reason)
	}
}

func (t *Tally) rewrite(w *Rewrite) {
	switch {
	case w == nil:
		return
	case w.Finding == "":
		t.Rewritten++
	default:
		t.Refused++
	}
	t.Tokens.Prompt += w.Usage.Prompt
	t.Tokens.Completion += w.Usage.Completion
}

func (t *Tally) source(name string) *SourceTally {
	i := slices.IndexFunc(t.Sources, func(s SourceTally) bool { return s.Source == name })
	if i < 0 {
		i = len(t.Sources)
		t.Sources = append(t.Sources, SourceTally{Source: name})
	}
	return &t.Sources[i]
}

// count adds one to a reason and keeps the list sorted by number, then by code.
func count(list []ReasonTally, reason string) []ReasonTally {
	i := slices.IndexFunc(list, func(r ReasonTally) bool { return r.Reason == reason })
	if i < 0 {
		i = len(list)
		list = append(list, ReasonTally{Reason: reason})
	}
	list[i].N++
	slices.SortFunc(list, func(a, b ReasonTally) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.Reason, b.Reason)
	})
	return list
}

// Tools returns how many tools the source held, kept or not.
func (s SourceTally) Tools() int {
	n := s.Kept
	for _, r := range s.Rejected {
		n += r.N
	}
	return n
}

// Kept returns how many tools were kept, over all sources.
func (t *Tally) Kept() int {
	n := 0
	for _, s := range t.Sources {
		n += s.Kept
	}
	return n
}

// Report returns the tally for run.json: kept and rejected by source and reason.
func (t *Tally) Report() scaler.Report {
	r := scaler.Report{Stage: "spec"}
	kept, tools := 0, 0
	for _, s := range t.Sources {
		kept, tools = kept+s.Kept, tools+s.Tools()
	}
	r.Add("tools", tools)
	r.Add("kept", kept)
	r.Add("rejected", tools-kept)
	if t.Rewritten+t.Refused > 0 {
		r.Add("descriptions rewritten", t.Rewritten)
		r.Add("descriptions refused", t.Refused)
		r.Tokens = t.Tokens
	}
	for _, s := range t.Sources {
		r.Add(s.Source+": tools", s.Tools())
		r.Add(s.Source+": kept", s.Kept)
		for _, reason := range s.Rejected {
			r.Add(s.Source+": rejected "+reason.Reason, reason.N)
		}
		for _, reason := range s.Files {
			r.Add(s.Source+": files "+reason.Reason, reason.N)
		}
		r.Add(s.Source+": files skipped", s.Skipped)
		r.Add(s.Source+": clones kept", s.Clones)
	}
	return r
}
