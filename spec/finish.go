package spec

import (
	"strconv"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
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
		if code := weak(t); code != "" && !r.KeepWeak {
			s.Items[i] = rejectTool(t, code, "")
			continue
		}
		t.Language = language(t.Description)
		if t.Description == "" {
			t.Description = describe(t)
		}
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

// describe makes a description from what else is known of a tool: its name, what
// it takes and what it returns.
func describe(t *scaler.Tool) string {
	var b strings.Builder
	name := words.Split(t.Name)
	if len(name) < 2 && t.Method != "" { // "get" alone says too little
		name = words.Split(operationName("", strings.ToLower(t.Method), t.Path, t.Name))
	}
	sentence := strings.Join(name, " ")
	b.WriteString(strings.ToUpper(sentence[:1]) + sentence[1:] + ".")
	if names := propertyNames(t.Parameters); len(names) > 0 {
		b.WriteString(" Takes " + series(names) + ".")
	}
	if names := resultNames(t.Result); len(names) > 0 {
		b.WriteString(" Returns " + series(names) + ".")
	}
	return b.String()
}

func propertyNames(schema []byte) []string {
	v, _ := parseJSON(string(schema))
	o, _ := v.(*object)
	if props := o.object("properties"); props != nil {
		return props.keys
	}
	return nil
}

func resultNames(schema []byte) []string {
	v, _ := parseJSON(string(schema))
	o, _ := v.(*object)
	if items := o.object("items"); items != nil {
		o = items
	}
	if props := o.object("properties"); props != nil {
		return props.keys
	}
	return nil
}

// series lists at most six names as a person would.
func series(names []string) string {
	rest := ""
	if len(names) > 6 {
		names, rest = names[:5], " and more"
	}
	plain := make([]string, len(names))
	for i, n := range names {
		plain[i] = strings.Join(words.Split(n), " ")
	}
	if rest != "" || len(plain) == 1 {
		return strings.Join(plain, ", ") + rest
	}
	return strings.Join(plain[:len(plain)-1], ", ") + " and " + plain[len(plain)-1]
}
