package pylit

import (
	"fmt"
	"regexp"
	"strings"
)

// Text evaluates an expression that comes to a string of the source: a constant,
// strings that are added, and strip() of one.
func Text(x Expr) (string, bool) {
	switch x := x.(type) {
	case *Constant:
		s, ok := x.Value.(string)
		return s, ok
	case *Binary:
		a, aok := Text(x.X)
		b, bok := Text(x.Y)
		return a + b, aok && bok && x.Op == "+"
	case *Call:
		if f, ok := x.Func.(*Attribute); ok && f.Name == "strip" && len(x.Args)+len(x.Keywords) == 0 {
			s, ok := Text(f.X)
			return strings.TrimSpace(s), ok
		}
	}
	return "", false
}

// Fill evaluates a string whose expressions, if it has any, are names with
// values.
func Fill(x Expr, values map[string]string) (string, error) {
	o, ok := x.(*Other)
	if !ok || o.Kind != "JoinedStr" {
		s, ok := Text(x)
		if !ok {
			return "", fmt.Errorf("no string: %s", x.Source())
		}
		return s, nil
	}
	list, err := tokens(o.Text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, t := range list {
		s, ok := t.value.(string)
		if t.kind == format {
			if s, ok = bodyOf(t.text); ok {
				if s, err = Format(s, values); err != nil {
					return "", err
				}
			}
		}
		if !ok && t.kind != end {
			return "", fmt.Errorf("no string: %s", t.text)
		}
		b.WriteString(s)
	}
	return b.String(), nil
}

// bodyOf is the text of a formatted string between its quotes.
func bodyOf(literal string) (string, bool) {
	at := strings.IndexAny(literal, `"'`)
	prefix, rest := strings.ToLower(literal[:at]), literal[at:]
	n := 1
	if strings.HasPrefix(rest, strings.Repeat(rest[:1], 3)) {
		n = 3
	}
	body := rest[n : len(rest)-n]
	if strings.Contains(prefix, "r") {
		return body, true
	}
	return unescape(body, false)
}

var fields = regexp.MustCompile(`\{\{|\}\}|\{([^{}]*)\}`)

// Format is str.format for fields that are names.
func Format(text string, values map[string]string) (string, error) {
	missing := ""
	out := fields.ReplaceAllStringFunc(text, func(f string) string {
		switch f {
		case "{{":
			return "{"
		case "}}":
			return "}"
		}
		v, ok := values[f[1:len(f)-1]]
		if !ok {
			missing = f
		}
		return v
	})
	if missing != "" {
		return "", fmt.Errorf("a text has a field %s that nothing is known for", missing)
	}
	return out, nil
}
