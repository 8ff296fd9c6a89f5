package graph

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestZZ(t *testing.T) {
	if os.Getenv("ZZ") == "" {
		t.Skip()
	}
	gold, _ := ReadGold(filepath.Join(shared(t, "gold-graphs"), os.Getenv("ZZ")))
	tools, _ := byID(gold.Tools)
	src := map[target][]string{}
	for _, e := range gold.Edges {
		k := target{e.Doc, e.To, plain(e.Param)}
		src[k] = append(src[k], e.From)
	}
	n, hub, noparam, unreach, wrong := 0, 0, len(src), 0, 0
	for _, of := range byService(tools) {
		l := newLexicon()
		ops := make([]*operation, len(of))
		for i, tool := range of {
			ops[i] = l.read(tool)
		}
		s := newService(ops)
		done := map[target]bool{}
		for i, op := range ops {
			for k := range op.params {
				p := &op.params[k]
				key := target{of[i].Service, of[i].Name, plain(p.path)}
				from := src[key]
				if len(from) == 0 || done[key] {
					continue
				}
				done[key] = true
				noparam--
				n++
				if p.hub() {
					hub++
					fmt.Println("HUB", p.path, "|", of[i].Name, "<-", from)
				}
				cs := s.candidates(int32(i), p)
				at := -1
				for j, c := range cs {
					for _, f := range from {
						if of[c.from].Name == f {
							if at < 0 {
								at = j
							}
						}
					}
				}
				if at < 0 {
					unreach++
					fmt.Println("UNREACHED", p.path, p.about, p.text, "|", of[i].Name, "<-", from, len(cs), len(ops))
				} else if at > 0 {
					wrong++
					fmt.Println("RANK", at+1, p.path, p.typ, p.required, p.about, p.text, "|", of[i].Method, of[i].Name, of[i].Path, "<-", from, "| got", of[cs[0].from].Method, of[cs[0].from].Name, of[cs[0].from].Path, fmt.Sprintf("%.3f vs %.3f", cs[0].rank, cs[at].rank))
				}
			}
		}
	}
	fmt.Println("n", n, "hub", hub, "noparam", noparam, "unreached", unreach, "wrong", wrong)
}
