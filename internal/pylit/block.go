package pylit

import "strings"

// A block is a logical line of a module with the lines that are indented under
// it.
type block struct {
	indent int
	text   string
	body   []*block
}

// blocks reads the lines of a module. It is tolerant: a line that is no Python
// is passed over, with what is indented under it.
func blocks(src string) []*block {
	root := &block{indent: -1}
	open := []*block{root}
	s := &scanner{src: src}
	for s.pos < len(src) {
		indent, empty := s.indent()
		if empty {
			s.skipLine()
			continue
		}
		line := &block{indent: indent}
		var ok bool
		line.text, ok = s.logicalLine()
		for open[len(open)-1].indent >= indent {
			open = open[:len(open)-1]
		}
		if last := open[len(open)-1]; ok {
			last.body = append(last.body, line)
		}
		open = append(open, line)
	}
	return root.body
}

// indent skips the blanks that begin a line and reports whether anything
// follows them.
func (s *scanner) indent() (width int, empty bool) {
	for ; s.pos < len(s.src); s.pos++ {
		switch s.src[s.pos] {
		case ' ':
			width++
		case '\t':
			width += 8 - width%8
		case '\n', '\r', '\f', '#':
			return width, true
		default:
			return width, false
		}
	}
	return width, true
}

func (s *scanner) skipLine() {
	if i := strings.IndexByte(s.src[s.pos:], '\n'); i >= 0 {
		s.pos += i + 1
	} else {
		s.pos = len(s.src)
	}
}

// logicalLine reads tokens up to the newline that ends them. Of what is no
// Python, such as a bracket that nothing closes, it skips one line.
func (s *scanner) logicalLine() (text string, ok bool) {
	s.open, s.fresh = nil, false
	start, stop := s.pos, s.pos
	for {
		t, err := s.next()
		if err != nil || t.kind == end && len(s.open) > 0 {
			s.pos = start
			s.skipLine()
			return "", false
		}
		if t.kind == newline || t.kind == end {
			return s.src[start:stop], true
		}
		stop = t.end
	}
}
