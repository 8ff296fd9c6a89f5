package llm

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	scaler "github.com/agentscaler/scaler"
)

// Model returns m behind the cache. Failures are not kept.
func (c *Cache) Model(m Model) Model { return cachedModel{c, m} }

type cachedModel struct {
	cache *Cache
	Model
}

func (m cachedModel) Chat(ctx context.Context, req Request) (Response, error) {
	key, err := hashOf("chat", m.Name(), req)
	if err != nil {
		return Response{}, err
	}
	var r Response
	if value, err := m.cache.get(key); err != nil {
		return Response{}, err
	} else if value != nil {
		if err := json.Unmarshal(value, &r); err != nil {
			return Response{}, fmt.Errorf("llm cache: %w", err)
		}
		if string(r.Raw) == "null" {
			r.Raw = nil
		}
		return r, nil
	}
	if r, err = m.Model.Chat(ctx, req); err != nil {
		return Response{}, err
	}
	value, err := marshal(r)
	if err != nil {
		return Response{}, fmt.Errorf("llm cache: %w", err)
	}
	return r, m.cache.put(cacheLine{Key: key, Model: m.Name(), For: &req.For, Value: value})
}

// Embedder returns e behind the cache, which holds each text by itself.
func (c *Cache) Embedder(e Embedder) Embedder { return cachedEmbedder{c, e} }

type cachedEmbedder struct {
	cache *Cache
	Embedder
}

func (e cachedEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	keys := make([]string, len(texts))
	var lacking []int
	for i, text := range texts {
		var err error
		if keys[i], err = hashOf("embed", e.Name(), text); err != nil {
			return nil, err
		}
		value, err := e.cache.get(keys[i])
		if err != nil {
			return nil, err
		}
		if value == nil {
			lacking = append(lacking, i)
			continue
		}
		if vectors[i], err = unpack(value); err != nil {
			return nil, err
		}
	}
	if len(lacking) == 0 {
		return vectors, nil
	}
	return vectors, e.fill(ctx, texts, keys, lacking, vectors)
}

func (e cachedEmbedder) fill(ctx context.Context, texts, keys []string, lacking []int, vectors [][]float32) error {
	ask := make([]string, len(lacking))
	for j, i := range lacking {
		ask[j] = texts[i]
	}
	got, err := e.Embedder.Embed(ctx, ask)
	if err != nil {
		return err
	}
	for j, i := range lacking {
		vectors[i] = got[j]
		if err := e.cache.put(cacheLine{Key: keys[i], Model: e.Name(), Value: pack(got[j])}); err != nil {
			return err
		}
	}
	return nil
}

// pack writes a vector as a JSON string of base64: little-endian float32.
func pack(v []float32) json.RawMessage {
	b := make([]byte, 0, 4*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	text, _ := json.Marshal(b) // bytes always encode
	return text
}

func unpack(value json.RawMessage) ([]float32, error) {
	var b []byte
	if err := json.Unmarshal(value, &b); err != nil || len(b)%4 != 0 {
		return nil, errors.New("llm cache: a stored vector is damaged")
	}
	v := make([]float32, len(b)/4)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return v, nil
}

// hashOf names a request by everything that can change its answer.
func hashOf(kind, model string, request any) (string, error) {
	body, err := marshal(request)
	if err != nil {
		return "", fmt.Errorf("llm cache: %w", err)
	}
	h := sha256.New()
	for _, part := range [][]byte{[]byte(kind), []byte(scaler.Version), []byte(model), body} {
		binary.Write(h, binary.BigEndian, uint64(len(part)))
		h.Write(part)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
