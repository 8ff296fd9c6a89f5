package graph

import (
	"cmp"
	"math"
	"slices"
)

// What a model's word is worth: how often it calls right what is right, and
// wrong what is wrong.
type worth struct{ yes, no float64 }

// What a model starts with, as if it had been right most of the
// time before, and how good it can be taken to be.
const (
	credit     = 10.0
	startWorth = 0.85
	mostWorth  = 0.97
	leastWorth = 1.2 // yes + no; a coin has 1, and who is not much better is not listened to
)

// measure estimates a model's worth from what it says of guesses whose chances
// are known without it: by expectation maximisation, as Dawid and Skene (1979)
// measure an observer's errors where nobody knows the truth.
func measure(cs []consumer) worth {
	w := worth{startWorth, startWorth}
	for range 40 {
		hit, all := float64(credit*startWorth), credit   // of the right ones
		spot, rest := float64(credit*startWorth), credit // of the wrong ones
		for _, c := range cs {
			for i := range c.guesses {
				g := &c.guesses[i]
				if g.said != right && g.said != wrong {
					continue
				}
				z := w.after(g.Score, g.said)
				all += z
				rest += 1 - z
				hit += float64(z * truth(g.said == right))
				spot += float64((1 - z) * truth(g.said == wrong))
			}
		}
		w = worth{min(hit/all, mostWorth), min(spot/rest, mostWorth)}
	}
	return w
}

// heard says whether the model tells right from wrong at all.
func (w worth) heard() bool { return w.yes+w.no >= leastWorth }

// after returns how likely a guess is once the model has spoken.
func (w worth) after(p float64, said opinion) float64 {
	ifRight, ifWrong := 1.0, 1.0
	switch said {
	case right:
		ifRight, ifWrong = w.yes, 1-w.no
	case wrong:
		ifRight, ifWrong = 1-w.yes, w.no
	}
	a, b := float64(p*ifRight), float64((1-p)*ifWrong)
	return a / max(a+b, 1e-12)
}

// weigh changes each guess by the model's word, writes that down, and puts the
// guesses of each parameter in their new order.
func (c *consumer) weigh(model string, w worth) {
	if !w.heard() {
		return
	}
	for i := range c.guesses {
		g := &c.guesses[i]
		switch g.said {
		case right:
			g.Evidence = append(g.Evidence, "model: "+model+" says so")
		case wrong:
			g.Evidence = append(g.Evidence, "model: "+model+" doubts it")
		}
		g.Score = digits(w.after(g.Score, g.said))
	}
	slices.SortStableFunc(c.guesses, func(x, y guess) int {
		return cmp.Or(cmp.Compare(x.param, y.param), cmp.Compare(y.Score, x.Score))
	})
}

// digits rounds to six decimals: enough, and the same on every processor.
func digits(x float64) float64 { return math.Round(x*1e6) / 1e6 }
