package graph

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestZU(t *testing.T) {
	if os.Getenv("ZU") == "" {
		t.Skip()
	}
	gold, _ := ReadGold(filepath.Join(shared(t, "gold-graphs"), "taubench-retail"))
	tools, _ := byID(gold.Tools)
	l := newLexicon()
	var ops []*operation
	for _, x := range tools {
		ops = append(ops, l.read(x))
	}
	s := newService(ops)
	for i, op := range ops {
		for k := range op.params {
			p := &op.params[k]
			fmt.Println(tools[i].Name, p.path, p.about, p.text)
			for _, c := range s.candidates(int32(i), p) {
				f := ""
				if c.field >= 0 {
					f = ops[c.from].outputs[c.field].path
				}
				fmt.Printf("     %s %s %.2f %.3f\n", tools[c.from].Name, f, c.rank, c.chance)
			}
		}
	}
}
