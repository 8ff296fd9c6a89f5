package spec

import (
	"strconv"
	"strings"

	"github.com/agentscaler/scaler"
)

// finish does for the tools of a service what does not depend on their format:
// the quality filter, unique names, a description where there is none, its language.
func (s *Service) finish(r Reader) {
	if s.Loose && !r.KeepDuplicates {
		repeats{}.drop(s)
	}
	taken := map[string]int{}
	for i, item := range s.Items {
		t := item.Tool
		if t == nil {
			continue
		}
		if isEmptyText(t.Description) {
			t.Description = ""
		}
		if code := weak(t); code != "" && !r.KeepWeak {
			s.Items[i] = rejectTool(t, code, "")
			continue
		}
		t.Language = language(t.Description)
		describe(t)
		name := unique(t.Name, taken)
		if t.Title == "" && name != t.Name {
			t.Title = t.Name
		}
		t.Name = name
		t.Title = cutText(t.Title, 200)
		if t.Title == t.Name {
			t.Title = ""
		}
	}
}

// rejectTool turns a tool that was read into a rejection.
func rejectTool(t *scaler.Tool, reason, detail string) Item {
	return Item{Rejection: &scaler.Rejection{Name: t.Name, Reason: reason, Detail: detail, Origin: t.Origin}}
}

// unique returns the name, with the next free number behind it if it is taken.
// taken counts how often each name was asked for, so that a million equal names
// are no trouble.
func unique(name string, taken map[string]int) string {
	key := strings.ToLower(name)
	for {
		taken[key]++
		try := name
		if n := taken[key]; n > 1 {
			suffix := "_" + strconv.Itoa(n)
			try = cutText(name, nameLength-len(suffix)) + suffix
		}
		if low := strings.ToLower(try); low == key || taken[low] == 0 {
			if low != key {
				taken[low] = 1
			}
			return try
		}
	}
}
