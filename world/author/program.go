package author

import (
	"regexp"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/world"
)

// A programText is tools.star in its pieces: constants, helpers and tools.
type programText struct {
	names []string
	texts map[string]string
}

// pieceHead begins a piece: a function or a constant at the margin.
var pieceHead = regexp.MustCompile(`(?m)^(?:def )?([A-Za-z_][A-Za-z0-9_]*)\b`)

func programOf(code string) *programText {
	p := &programText{texts: map[string]string{}}
	heads := pieceHead.FindAllStringSubmatchIndex(code, -1)
	for i, h := range heads {
		end := len(code)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		p.put(code[h[2]:h[3]], code[h[0]:end])
	}
	return p
}

// put adds a piece or replaces the one of that name.
func (p *programText) put(name, text string) {
	if _, there := p.texts[name]; !there {
		p.names = append(p.names, name)
	}
	p.texts[name] = text
}

// String returns the program of some tools, with the helpers and constants that
// they use.
func (p *programText) String(tools []scaler.WorldTool) string {
	used := map[string]bool{}
	helper := map[string]string{}
	for _, h := range world.Helpers {
		helper[h.Name] = h.Code
	}
	var use func(name string)
	use = func(name string) {
		text, ok := p.texts[name]
		if !ok {
			text, ok = helper[name]
		}
		if !ok || used[name] {
			return
		}
		used[name] = true
		for _, word := range identifiers.FindAllString(text, -1) {
			use(word)
		}
	}
	for _, t := range tools {
		use(sandbox.Function(t.Name))
	}
	var b strings.Builder
	write := func(text string) { b.WriteString(strings.TrimRight(text, "\n") + "\n\n\n") }
	for _, h := range world.Helpers {
		if _, own := p.texts[h.Name]; used[h.Name] && !own {
			write(h.Code)
		}
	}
	for _, name := range p.names {
		if used[name] {
			write(p.texts[name])
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

var identifiers = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`)
