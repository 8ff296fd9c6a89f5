package pylit

import "regexp"

var assignment = regexp.MustCompile(`(?m)^([A-Za-z_]\w*)[ \t]*=[ \t]*\(?\s*`)

// Strings returns the names that a module gives string constants on its first
// level. It reads no more of the module than that, so it does not matter what
// else is in there.
func Strings(module string) map[string]string {
	out := map[string]string{}
	for at := 0; at < len(module); {
		m := assignment.FindStringSubmatchIndex(module[at:])
		if m == nil {
			break
		}
		text, end, ok := StringAt(module, at+m[1])
		if !ok {
			at += m[1]
			continue
		}
		out[module[at+m[2]:at+m[3]]] = text
		at = end
	}
	return out
}

// StringAt reads a string constant that begins at an offset, and returns where
// it ends.
func StringAt(src string, at int) (text string, end int, ok bool) {
	s := &scanner{src: src, pos: at}
	t, err := s.next()
	if err != nil {
		return "", 0, false
	}
	text, ok = t.value.(string)
	return text, s.pos, ok
}
