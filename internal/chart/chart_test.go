package chart

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// The picture is well-formed whatever series are called, holds every point and
// every tick once, and no two names lie on each other.
func TestWrite(t *testing.T) {
	c := Chart{Title: `pass^k <&">`, X: "k", Y: "share"}
	for _, name := range []string{"a & b", "<model>", "third", "no points"} {
		s := Series{Name: name}
		for k := 1; k <= 4 && name != "no points"; k++ {
			s.Points = append(s.Points, Point{X: float64(k), Y: 0.5})
		}
		c.Series = append(c.Series, s)
	}
	var b strings.Builder
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(strings.NewReader(b.String()))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(b.String(), "<circle"); n != 12 {
		t.Errorf("%d points, want 12", n)
	}
	if n := strings.Count(b.String(), ">3</text>"); n != 1 {
		t.Errorf("tick 3 is written %d times", n)
	}
	long := Chart{Series: []Series{{Points: []Point{{X: 1.5}, {X: 47}, {X: 31}}}}}
	if got := fmt.Sprint(long.ticks()); got != "[5 10 15 20 25 30 35 40 45]" {
		t.Errorf("ticks %s", got)
	}
	at := c.names()
	for i := range 3 {
		for j := range i {
			if gap := at[i] - at[j]; gap < nameHeight && gap > -nameHeight {
				t.Errorf("names %d and %d are %.0f apart", j, i, gap)
			}
		}
	}
}
