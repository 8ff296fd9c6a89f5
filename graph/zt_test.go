package graph

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestZT(t *testing.T) {
	if os.Getenv("ZT") == "" {
		t.Skip()
	}
	gold, _ := ReadGold(filepath.Join(shared(t, "gold-graphs"), os.Getenv("ZT")))
	g, _, _ := Builder{}.Build(t.Context(), gold.Tools)
	pr := gold.Predictions(g.Deps)
	G := map[[2]string]string{}
	for _, e := range gold.Edges {
		G[[2]string{e.From, e.To}] += " " + e.Param
	}
	P := map[[2]string]bool{}
	for i, p := range pr {
		k := [2]string{p.From, p.To}
		P[k] = true
		fmt.Printf("%v %.3f %s -> %s %s | %v\n", G[k] != "", p.Score, p.From, p.To, p.Param, g.Deps[i].Evidence)
	}
	for k, v := range G {
		if !P[k] {
			fmt.Println("MISS", k, v)
		}
	}
}
