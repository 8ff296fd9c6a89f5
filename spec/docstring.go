package spec

import (
	"regexp"
	"strings"
)

var (
	docArgs  = regexp.MustCompile(`(?:Args|Arguments|Parameters|Params):\s`)
	docEnd   = regexp.MustCompile(`(?:Returns?|Raises|Yields|Examples?|Notes?|Output|Usage):`)
	docParam = regexp.MustCompile(`(?:^|\s)[-*]?\s*([a-z][a-z0-9_]*)(?:\s\(([^()]{1,60})\))?:\s`)
)

// docParameters reads the parameters that the docstring of a Python function
// tells of: "Args: name (str, optional): The name." A crawler keeps the text even
// where it loses the schema.
func docParameters(text string) []any {
	at := docArgs.FindStringIndex(text)
	if at == nil {
		return nil
	}
	text = text[at[1]:]
	if end := docEnd.FindStringIndex(text); end != nil {
		text = text[:end[0]]
	}
	var list []any
	marks := docParam.FindAllStringSubmatchIndex(text, maxParameters)
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		name, about, kind := text[m[2]:m[3]], strings.TrimSpace(text[m[1]:end]), ""
		if m[4] >= 0 {
			kind, _, _ = strings.Cut(text[m[4]:m[5]], ",")
		}
		if name == "ctx" || name == "self" {
			continue
		}
		p := obj("name", name, "description", about)
		if kind != "" {
			p.set("type", kind)
		}
		low := strings.ToLower(text[m[0]:end])
		if !strings.Contains(low, "optional") && !strings.Contains(low, "default") {
			p.set("required", true)
		}
		list = append(list, p)
	}
	return list
}
