package graph

import (
	"context"
	"fmt"
	"math"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// embedded is the part of a cosine that embeddings decide, where there are any.
// A tool's vector is then its words and its embedding side by side, each scaled
// so that the whole has length 1: the cosine of two tools is the weighted sum.
const embedded = 0.3

// wordTau is the cosine of words below which no embedding can lift a pair to
// tau, so that the join stays exact.
func wordTau(tau float64) float64 { return max(0.05, (tau-embedded)/(1-embedded)) }

// embed returns a vector of length 1 for each tool.
func (b Builder) embed(ctx context.Context, tools []*scaler.Tool, of []int32) ([][]float32, error) {
	texts := make([]string, len(of))
	for i, t := range of {
		texts[i] = meaning(tools[t])
	}
	dense, err := b.Embedder.Embed(ctx, texts)
	if err != nil {
		return nil, fmt.Errorf("graph: embeddings: %w", err)
	}
	if len(dense) != len(texts) {
		return nil, fmt.Errorf("graph: %d embeddings for %d texts", len(dense), len(texts))
	}
	for _, v := range dense {
		normalise(v)
	}
	return dense, nil
}

// meaning is what of a tool is embedded: its name, what it says it does, and
// what it takes.
func meaning(t *scaler.Tool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", t.Name, words.Brief(t.Description, enough))
	for i, p := range leaves(t.Parameters) {
		if i == 24 {
			break
		}
		fmt.Fprintf(&b, "; %s", p.path)
	}
	return b.String()
}

func normalise(v []float32) {
	square := 0.0
	for _, x := range v {
		square += float64(float64(x) * float64(x))
	}
	if length := math.Sqrt(square); length > 0 {
		for i := range v {
			v[i] = float32(float64(v[i]) / length)
		}
	}
}

// blend adds the embeddings' part to each pair and keeps those above tau.
func blend(pairs []pair, dense [][]float32, tau float64) []pair {
	out := pairs[:0]
	for _, p := range pairs {
		sum := 0.0
		for k, x := range dense[p.a] {
			sum += float64(float64(x) * float64(dense[p.b][k]))
		}
		p.cosine = min(1, float64((1-embedded)*p.cosine)+float64(embedded*sum))
		if p.cosine >= tau {
			out = append(out, p)
		}
	}
	return out
}
