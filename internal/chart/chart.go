// Package chart draws shares against a whole number as an SVG picture: one line
// for each series, marked at its points, named beside its end.
package chart

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
)

// A Chart is lines over one axis of numbers and one of shares.
type Chart struct {
	Title, X, Y string // what is shown, and what the axes mean
	Series      []Series
}

// A Series is one line, its points from left to right.
type Series struct {
	Name   string
	Points []Point
}

// A Point is a share at a place.
type Point struct {
	X    float64
	Y    float64 // 0 to 1
	Note string  // shown when pointed at: how much stands behind the share
}

// The picture in pixels: a frame for the lines, room for names on its right.
const (
	width, height = 860, 460
	left, right   = 64, 640
	top, bottom   = 56, 396
	nameHeight    = 16
)

// colours can be told apart by most eyes (Okabe and Ito), and lines of equal
// colour by their dashes.
var colours = []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"}

var dashes = []string{"", "6 4", "2 3", "10 3 2 3"}

// Write writes the picture.
func (c Chart) Write(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" role="img">`+"\n", width, height)
	fmt.Fprintf(&b, "<title>%s</title>\n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", escape(c.Title), width, height)
	text(&b, left, 28, `font-size="17"`, c.Title)
	c.axes(&b)
	ends := c.names()
	for i, s := range c.Series {
		c.line(&b, i, s, ends[i])
	}
	b.WriteString("</svg>\n")
	_, err := b.WriteTo(w)
	return err
}

func (c Chart) axes(b *bytes.Buffer) {
	for percent := 0; percent <= 100; percent += 20 {
		y := c.y(float64(percent) / 100)
		fmt.Fprintf(b, `<path d="M%d %.1fH%d" stroke="#ddd"/>`+"\n", left, y, right)
		text(b, left-8, y+4, `text-anchor="end"`, strconv.Itoa(percent)+" %")
	}
	for _, v := range c.ticks() {
		fmt.Fprintf(b, `<path d="M%.1f %dv5" stroke="#888"/>`+"\n", c.x(v), bottom)
		text(b, c.x(v), bottom+20, `text-anchor="middle"`, strconv.FormatFloat(v, 'g', -1, 64))
	}
	text(b, (left+right)/2, bottom+46, `text-anchor="middle"`, c.X)
	text(b, left, top-8, `fill="#555"`, c.Y)
}

// places are where any series has a point.
func (c Chart) places() []float64 {
	var all []float64
	for _, s := range c.Series {
		for _, p := range s.Points {
			all = append(all, p.X)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// mostTicks is how many numbers there is room for below the frame.
const mostTicks = 10

// ticks are the places, where they are few whole numbers, and round numbers
// among them otherwise.
func (c Chart) ticks() []float64 {
	places := c.places()
	if len(places) <= mostTicks && !slices.ContainsFunc(places, func(v float64) bool { return v != math.Trunc(v) }) {
		return places
	}
	first, last := places[0], places[len(places)-1]
	step := roundStep((last - first) / mostTicks)
	var ticks []float64
	for n := math.Ceil(first / step); n*step <= last; n++ {
		ticks = append(ticks, n*step)
	}
	return ticks
}

// roundStep is the next of 1, 2, 5, 10, 20, 50 and so on.
func roundStep(least float64) float64 {
	for step := 1.0; ; step *= 10 {
		for _, by := range []float64{1, 2, 5} {
			if by*step >= least {
				return by * step
			}
		}
	}
}

func (c Chart) x(v float64) float64 {
	places := c.places()
	first, last := places[0], places[len(places)-1]
	if first == last {
		return (left + right) / 2
	}
	const inside = 24 // the first and the last point stand clear of the frame
	return left + inside + float64((v-first)/(last-first)*(right-left-2*inside))
}

func (Chart) y(share float64) float64 { return bottom - float64(share*(bottom-top)) }

// names places the name of every series near its last point, apart from the others.
func (c Chart) names() []float64 {
	at := make([]float64, len(c.Series))
	var order []int
	for i, s := range c.Series {
		if len(s.Points) > 0 {
			at[i] = c.y(s.Points[len(s.Points)-1].Y)
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(at[i], at[j]) })
	for n, i := range order {
		if n > 0 {
			at[i] = max(at[i], at[order[n-1]]+nameHeight)
		}
	}
	limit := float64(height - 12)
	for n := len(order) - 1; n >= 0; n-- {
		at[order[n]] = min(at[order[n]], limit)
		limit = at[order[n]] - nameHeight
	}
	return at
}

func (c Chart) line(b *bytes.Buffer, i int, s Series, end float64) {
	if len(s.Points) == 0 {
		return
	}
	colour, dash := colours[i%len(colours)], dashes[i/len(colours)%len(dashes)]
	fmt.Fprintf(b, `<path fill="none" stroke="%s" stroke-width="2" stroke-dasharray="%s" d="`, colour, dash)
	for n, p := range s.Points {
		fmt.Fprintf(b, "%c%.1f %.1f", "ML"[min(n, 1)], c.x(p.X), c.y(p.Y))
	}
	b.WriteString("\"/>\n")
	for _, p := range s.Points {
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="4" fill="%s"><title>%s: %.1f %% %s</title></circle>`+"\n",
			c.x(p.X), c.y(p.Y), colour, escape(s.Name), float64(100*p.Y), escape(p.Note))
	}
	last := s.Points[len(s.Points)-1]
	fmt.Fprintf(b, `<path d="M%.1f %.1fL%d %.1f" stroke="%s" stroke-width=".7"/>`+"\n", c.x(last.X)+6, c.y(last.Y), right+8, end, colour)
	text(b, right+12, end+4, fmt.Sprintf("fill=%q", colour), s.Name)
}

func text(b *bytes.Buffer, x, y float64, attributes, s string) {
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f" %s>%s</text>`+"\n", x, y, attributes, escape(s))
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}
