package checkout

import (
	"regexp"
	"strings"
)

// A docstring as the Python package docstring_parser reads it in Google's style.
type docstring struct {
	short, long string
	params      map[string]string // descriptions
}

// description is what a tool is described with.
func (d docstring) description(name string) string {
	switch {
	case d.short == "":
		return name
	case d.long == "":
		return d.short
	}
	return d.short + "\n\n" + d.long
}

// The sections of a docstring: lists have an entry for each name, with a colon
// behind it.
var (
	sections = regexp.MustCompile(`(?m)^(Arguments|Args|Parameters|Params|Raises|Exceptions|Except|Attributes|Example|Examples|Returns|Yields):[ \t\r\f\v]*$`)
	lists    = regexp.MustCompile(`^(Arguments|Args|Parameters|Params|Raises|Exceptions|Except|Attributes)$`)
	outside  = regexp.MustCompile(`\n\S`)
	typed    = regexp.MustCompile(`^(.+?)\(\s*(.*[^\s]+)\s*\)`)
)

// parseDocstring falls back to text without sections where one of them is not
// as it should be, as the original does.
func parseDocstring(text string) docstring {
	text = cleanDoc(text)
	heads := sections.FindAllStringSubmatchIndex(text, -1)
	if len(heads) == 0 {
		return prose(text)
	}
	d := prose(text[:heads[0][0]])
	d.params = map[string]string{}
	for i, h := range heads {
		end := len(text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		body := text[h[1]:end]
		if at := outside.FindStringIndex(body); at != nil {
			body = body[:at[0]]
		}
		title := text[h[2]:h[3]]
		if !lists.MatchString(title) {
			continue
		}
		for _, part := range entries(strings.Trim(body, "\n")) {
			name, about, ok := entry(part)
			if !ok {
				return prose(text)
			}
			if strings.HasPrefix(title, "Arg") || strings.HasPrefix(title, "Param") {
				d.params[name] = about
			}
		}
	}
	return d
}

// prose splits text into its first line and the rest.
func prose(text string) docstring {
	short, long, _ := strings.Cut(text, "\n")
	return docstring{short: short, long: strings.TrimSpace(long)}
}

// entries splits a list at the lines that are indented like the first.
func entries(list string) []string {
	indent := list[:len(list)-len(strings.TrimLeft(list, " \t"))]
	var out []string
	for line := range strings.SplitSeq(list, "\n") {
		rest, ok := strings.CutPrefix(line, indent)
		if ok && rest != "" && rest[0] != ' ' && rest[0] != '\t' {
			out = append(out, rest)
		} else if n := len(out); n > 0 {
			out[n-1] += "\n" + line
		}
	}
	return out
}

// entry splits "name (type): description".
func entry(part string) (name, about string, ok bool) {
	name, about, ok = strings.Cut(strings.Trim(part, "\n"), ":")
	about = strings.TrimPrefix(about, " ")
	if first, rest, more := strings.Cut(about, "\n"); more {
		about = first + "\n" + cleanDoc(rest)
	}
	if m := typed.FindStringSubmatch(name); m != nil {
		name = m[1]
	}
	return strings.TrimSpace(name), strings.Trim(about, "\n"), ok
}

// cleanDoc is inspect.cleandoc: it takes away the indentation that all lines but
// the first share, and empty lines around the text.
func cleanDoc(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\t", "        "), "\n")
	margin := -1
	for _, line := range lines[1:] {
		if content := strings.TrimLeft(line, " "); content != "" {
			if n := len(line) - len(content); margin < 0 || n < margin {
				margin = n
			}
		}
	}
	lines[0] = strings.TrimLeft(lines[0], " ")
	for i, line := range lines[1:] {
		lines[i+1] = line[min(max(margin, 0), len(line)):]
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
