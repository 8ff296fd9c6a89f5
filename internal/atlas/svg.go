package atlas

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"
)

// write draws ties below discs below names.
func (m *atlas) write(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" font-family="Helvetica, Arial, sans-serif">`+"\n",
		m.size, m.size+foot, m.size, m.size+foot)
	fmt.Fprintf(out, `<rect width="100%%" height="100%%" fill="#fcfcfa"/>`+"\n")
	m.writeTies(out)
	big := m.named()
	for i := range m.discs {
		d := &m.discs[i]
		fill, edge := colour(d.region, big[d.region])
		fmt.Fprintf(out, `<circle cx="%.1f" cy="%.1f" r="%.1f" fill="%s" stroke="%s"><title>%s</title></circle>`+"\n", d.x, d.y, max(d.r, 1.2), fill, edge, escape(d.title))
	}
	fmt.Fprintln(out, `<g text-anchor="middle" fill="#1c1c28" pointer-events="none">`)
	for i := range m.discs {
		m.discs[i].label(out)
	}
	fmt.Fprintln(out, `</g>`)
	fmt.Fprintf(out, `<text x="%.0f" y="%.0f" font-size="%.1f" fill="#555">%s</text>`+"\n</svg>\n", margin, m.size+foot-10, min(12, m.size/64), escape(m.summary()))
	return out.Flush()
}

// writeTies draws the ties shown, wider where domains have more in common.
func (m *atlas) writeTies(out io.Writer) {
	fmt.Fprintln(out, `<g stroke="#8890a8" stroke-linecap="round">`)
	for _, t := range m.ties {
		a, b := m.discs[t.a], m.discs[t.b]
		strength := math.Min(1, math.Log1p(t.weight)/4)
		fmt.Fprintf(out, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke-width="%.1f" stroke-opacity="%.2f"/>`+"\n",
			a.x, a.y, b.x, b.y, 0.4+2.2*strength, 0.15+0.35*strength)
	}
	fmt.Fprintln(out, `</g>`)
}

// named says which regions have enough discs for a colour of their own.
func (m *atlas) named() []bool {
	n := make([]int, m.regions)
	for _, d := range m.discs {
		n[d.region]++
	}
	out := make([]bool, m.regions)
	for i := range n {
		out[i] = n[i] > 1
	}
	return out
}

// Fonts: a name is written where it fits at a size that can be read.
const (
	fontMin  = 4.5
	fontMax  = 22.0
	charWide = 0.6 // of the font size, as wide fonts have it
	lineHigh = 1.12
)

// label writes the name inside the disc, on as many lines as let it be largest.
func (d *disc) label(out io.Writer) {
	lines, size := d.wrap()
	if size < fontMin {
		return
	}
	y := d.y - float64(len(lines)-1)*size*lineHigh/2 + size*0.34
	fmt.Fprintf(out, `<text font-size="%.1f">`, size)
	for i, line := range lines {
		fmt.Fprintf(out, `<tspan x="%.1f" y="%.1f">%s</tspan>`, d.x, y+float64(i)*size*lineHigh, escape(line))
	}
	fmt.Fprintln(out, `</text>`)
}

// wrap returns the lines of the name that fit the disc at the largest size.
func (d *disc) wrap() (best []string, size float64) {
	words := strings.Fields(d.name)
	for n := 1; n <= min(5, len(words)); n++ {
		lines := fill(words, n)
		wide := 0
		for _, l := range lines {
			wide = max(wide, utf8.RuneCountInString(l))
		}
		// the box of the text must fit into the circle
		w, h := charWide*float64(wide), lineHigh*float64(len(lines))
		if s := min(fontMax, 1.9*d.r/math.Hypot(w, h)); s > size {
			best, size = lines, s
		}
	}
	return best, size
}

// fill breaks words into at most n lines, none longer than need be.
func fill(words []string, n int) []string {
	for width := 1; ; width++ {
		var lines []string
		for _, w := range words {
			if k := len(lines); k > 0 && utf8.RuneCountInString(lines[k-1])+1+utf8.RuneCountInString(w) <= width {
				lines[k-1] += " " + w
			} else {
				lines = append(lines, w)
			}
		}
		if len(lines) <= n {
			return lines
		}
	}
}

// colour returns a region's fill and outline; lone discs are grey.
func colour(region int, own bool) (fill, edge string) {
	if !own {
		return "#dfe1e6", "#a9adb8"
	}
	hue := math.Mod(float64(region)*137.508, 360)
	return hsl(hue, 0.62, 0.82), hsl(hue, 0.45, 0.55)
}

// hsl returns a colour as #rrggbb.
func hsl(h, s, l float64) string {
	part := func(n float64) int {
		k := math.Mod(n+h/30, 12)
		a := s * math.Min(l, 1-l)
		return int(math.Round(255 * (l - a*math.Max(-1, math.Min(math.Min(k-3, 9-k), 1)))))
	}
	return fmt.Sprintf("#%02x%02x%02x", part(0), part(8), part(4))
}

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return "" // unreachable: a strings.Builder takes everything
	}
	return b.String()
}
