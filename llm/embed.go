package llm

import (
	"context"
	"encoding/json"
	"fmt"
)

// Embed asks the server for one vector per text, some texts at a time.
func (o *OpenAI) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, 0, len(texts))
	for len(texts) > 0 {
		n := min(o.e.Batch, len(texts))
		body, err := marshal(struct {
			Model string   `json:"model"`
			Input []string `json:"input"`
		}{o.e.Model, texts[:n]})
		if err != nil {
			return nil, fmt.Errorf("llm: %w", err)
		}
		some, err := send(ctx, o, "/embeddings", body, func(data []byte) ([][]float32, error) {
			return vectorsOf(data, n)
		})
		if err != nil {
			return nil, err
		}
		vectors = append(vectors, some...)
		texts = texts[n:]
	}
	return vectors, sameLength(vectors)
}

func vectorsOf(data []byte, n int) ([][]float32, error) {
	var w struct {
		Data []struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		} `json:"data"`
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("malformed response: %w", err)
	}
	vectors := make([][]float32, n)
	for _, d := range w.Data {
		if d.Index >= 0 && d.Index < n {
			vectors[d.Index] = d.Embedding
		}
	}
	for i, v := range vectors {
		if len(v) == 0 {
			return nil, fmt.Errorf("malformed response: no vector for text %d of %d", i, n)
		}
	}
	return vectors, nil
}

func sameLength(vectors [][]float32) error {
	for _, v := range vectors {
		if len(v) != len(vectors[0]) {
			return fmt.Errorf("llm: vectors of %d and of %d numbers from one server", len(vectors[0]), len(v))
		}
	}
	return nil
}
