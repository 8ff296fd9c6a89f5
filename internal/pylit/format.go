package pylit

import (
	"cmp"
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

// Fill evaluates an expression that comes to a string, given what names or other
// parts of it, as they stand in the source, come to: formatted strings, strings
// that are added, and of "x if y else z" the x.
func Fill(x Expr, values map[string]string) (string, error) {
	if s, ok := values[x.Source()]; ok {
		return s, nil
	}
	switch x := x.(type) {
	case *Binary:
		a, err := Fill(x.X, values)
		if err != nil || x.Op != "+" {
			return "", cmp.Or(err, fmt.Errorf("no string: %s", x.Source()))
		}
		b, err := Fill(x.Y, values)
		return a + b, err
	case *Other:
		switch x.Kind {
		case "JoinedStr":
			return x.join(values)
		case "IfExp":
			then, err := x.then()
			if err != nil {
				return "", err
			}
			return Fill(then, values)
		}
	}
	if s, ok := Text(x); ok {
		return s, nil
	}
	return "", fmt.Errorf("no string: %s", x.Source())
}

// join fills strings that stand side by side.
func (o *Other) join(values map[string]string) (string, error) {
	list, err := o.tokens()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, t := range list {
		s, ok := t.value.(string)
		if t.kind == format {
			s, err = formatted(t.text, values)
		} else if !ok {
			err = fmt.Errorf("no string: %s", t.text)
		}
		if err != nil {
			return "", err
		}
		b.WriteString(s)
	}
	return b.String(), nil
}

// tokens are those of the text, which may go over lines as in parentheses; their
// places are one further on.
func (o *Other) tokens() ([]token, error) {
	list, err := tokens("(" + o.Text + ")")
	if err != nil {
		return nil, err
	}
	return list[1 : len(list)-2], nil
}

// then is the x of "x if y else z".
func (o *Other) then() (Expr, error) {
	list, err := o.tokens()
	if err != nil {
		return nil, err
	}
	depth := 0
	for _, t := range list {
		switch {
		case t.kind == op && strings.Contains("([{", t.text):
			depth++
		case t.kind == op && strings.Contains(")]}", t.text):
			depth--
		case t.kind == word && t.text == "if" && depth == 0:
			return Parse("(" + o.Text[:t.start-1] + ")")
		}
	}
	return nil, fmt.Errorf("no condition: %s", o.Text)
}

// formatted fills the fields of a formatted string, given with its quotes. What
// they do besides naming an expression, such as a width, is not understood.
func formatted(literal string, values map[string]string) (string, error) {
	body, raw := bodyOf(literal)
	var b strings.Builder
	at := 0
	plain := func(to int) error {
		text, ok := body[at:to], true
		if !raw {
			text, ok = unescape(text, false)
		}
		if !ok {
			return fmt.Errorf("a bad escape in %s", literal)
		}
		b.WriteString(text)
		return nil
	}
	for _, m := range fields.FindAllStringSubmatchIndex(body, -1) {
		if err := plain(m[0]); err != nil {
			return "", err
		}
		at = m[1]
		if m[2] < 0 { // a doubled brace
			b.WriteByte(body[m[0]])
			continue
		}
		x, err := Parse("(" + body[m[2]:m[3]] + ")")
		if err != nil {
			return "", err
		}
		s, err := Fill(x, values)
		if err != nil {
			return "", err
		}
		b.WriteString(s)
	}
	err := plain(len(body))
	return b.String(), err
}

// bodyOf is the text of a string between its quotes, and whether backslashes
// are themselves.
func bodyOf(literal string) (body string, raw bool) {
	at := strings.IndexAny(literal, `"'`)
	prefix, rest := strings.ToLower(literal[:at]), literal[at:]
	n := 1
	if strings.HasPrefix(rest, strings.Repeat(rest[:1], 3)) {
		n = 3
	}
	return rest[n : len(rest)-n], strings.Contains(prefix, "r")
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
