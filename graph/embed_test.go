package graph

import (
	"context"
	"errors"
	"hash/fnv"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// subjects embeds a text by the nouns in it, so that texts about the same
// thing are alike.
type subjects struct{ err error }

func (subjects) Name() string { return "subjects" }

func (s subjects) Embed(_ context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, t := range texts {
		out[i] = make([]float32, 64)
		for _, w := range strings.FieldsFunc(t, func(r rune) bool { return r < 'a' || r > 'z' }) {
			h := fnv.New32a()
			h.Write([]byte(w))
			out[i][h.Sum32()%64]++
		}
	}
	return out, s.err
}

// With an embedder, edges are exactly the pairs whose words and embeddings
// together reach tau.
func TestEmbeddingsBlendExactly(t *testing.T) {
	tools := synthetic(150)
	b := Builder{Embedder: subjects{}, Nearest: 1000}
	got := map[[2]scaler.ToolID]bool{}
	for _, e := range build(t, b, tools).Edges {
		got[[2]scaler.ToolID{e.A, e.B}] = true
	}
	sorted, err := inOrder(tools)
	if err != nil {
		t.Fatal(err)
	}
	var bags [][]feature
	var all []int32
	l := newLexicon()
	for i, tool := range sorted {
		bags = append(bags, l.readParams(tool).features())
		all = append(all, int32(i))
	}
	dense, err := b.embed(t.Context(), sorted, all)
	if err != nil {
		t.Fatal(err)
	}
	vs := vectors(bags)
	n := 0
	for j := range vs {
		for i := range j {
			if len(blend([]pair{{int32(i), int32(j), cosine(vs[i], vs[j])}}, dense, defaultTau)) == 0 {
				continue
			}
			n++
			if !got[[2]scaler.ToolID{sorted[i].ID, sorted[j].ID}] {
				t.Errorf("%s and %s are not joined", sorted[i].ID, sorted[j].ID)
			}
		}
	}
	if n == 0 || n != len(got) {
		t.Errorf("%d edges, want %d", len(got), n)
	}
}

func TestEmbedderFails(t *testing.T) {
	down := errors.New("down")
	if _, _, err := (Builder{Embedder: subjects{down}}).Build(t.Context(), shop()); !errors.Is(err, down) {
		t.Errorf("got %v", err)
	}
}
