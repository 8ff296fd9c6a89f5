package python

import (
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Signature is the parameters of a function that is called with keywords:
// those of Required, then those of Optional.
type Signature struct {
	Name     string   // as an error names it: "Class.method"
	Before   []string // parameters that the caller fills in: "self"
	Required []string
	Optional []Default
}

// A Default is a parameter with the value that it has where it is left out.
type Default struct {
	Name  string
	Value any
}

// Bind returns the arguments in the order of the parameters.
func (s *Signature) Bind(arguments *pyjson.Object) []any {
	bound := make([]any, len(s.Required)+len(s.Optional))
	var room [16]bool // most signatures are short
	given := append(room[:0], make([]bool, len(bound))...)
	for i, p := range s.Optional {
		bound[len(s.Required)+i] = p.Value
	}
	for key, v := range arguments.All() {
		i := s.place(key)
		if i < 0 {
			s.unexpected(key)
		}
		bound[i], given[i] = v, true
	}
	var missing []string
	for i, name := range s.Required {
		if !given[i] {
			missing = append(missing, "'"+name+"'")
		}
	}
	if n := len(missing); n > 0 {
		plural := "s"
		if n == 1 {
			plural = ""
		}
		Raise("TypeError", "%s() missing %d required positional argument%s: %s", s.Name, n, plural, join(missing))
	}
	return bound
}

// unexpected raises what a keyword raises that is no parameter.
func (s *Signature) unexpected(key string) {
	names := append(append([]string{}, s.Before...), s.Required...)
	for _, p := range s.Optional {
		names = append(names, p.Name)
	}
	text := s.Name + "() got an unexpected keyword argument '" + key + "'"
	if name, ok := suggest(key, names); ok {
		text += ". Did you mean '" + name + "'?"
	}
	Raise("TypeError", "%s", text)
}

func (s *Signature) place(name string) int {
	for i, p := range s.Required {
		if p == name {
			return i
		}
	}
	for i, p := range s.Optional {
		if p.Name == name {
			return len(s.Required) + i
		}
	}
	return -1
}

// join writes "a", "a and b", or "a, b, and c".
func join(names []string) string {
	switch n := len(names); n {
	case 1:
		return names[0]
	case 2:
		return names[0] + " and " + names[1]
	default:
		return strings.Join(names[:n-1], ", ") + ", and " + names[n-1]
	}
}
