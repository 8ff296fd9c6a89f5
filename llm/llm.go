// Package llm talks to chat models and embedders: any OpenAI-compatible
// server, a cache in front of one, a recording of one, or a script that plays
// one.
package llm

import (
	"context"
	"encoding/json"

	scaler "github.com/agentscaler/scaler"
)

// A Model answers a conversation with one message.
type Model interface {
	// Name identifies the model in rollouts and in cache keys.
	Name() string
	// Chat returns the next assistant message. It is safe for concurrent use.
	Chat(ctx context.Context, req Request) (Response, error)
}

// An Embedder turns texts into vectors, one per text, all of one length.
type Embedder interface {
	Name() string
	Embed(ctx context.Context, texts []string) ([][]float32, error)
}

// A Request is one turn asked of a model.
type Request struct {
	Messages    []scaler.Message
	Tools       []Tool
	ToolChoice  string          `json:",omitempty"` // "required": answer with a call; "" leaves it to the server
	Schema      json.RawMessage // answer with JSON of this schema; nil means free text
	Temperature *float64        // nil leaves it to the server
	MaxTokens   int             // 0 leaves it to the server
	Seed        uint64
	For         Purpose
}

// A Purpose says what a request is for. It is part of the cache key, so that
// two trials of one task make two requests and a rerun makes none.
type Purpose struct {
	Stage   string `json:"stage"` // rollout, world, ...
	Item    string `json:"item"`  // task, domain or tool
	Rollout int    `json:"rollout"`
	Role    string `json:"role"` // agent, user, judge, ...
	Turn    int    `json:"turn"`
}

// A Tool is a function offered to a model.
type Tool struct {
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Parameters  json.RawMessage `json:"parameters"`
}

// A Response is a model's answer.
type Response struct {
	Message scaler.Message
	Finish  string // stop, tool_calls, length
	Usage   scaler.Usage
	Raw     json.RawMessage // the server's choice as it came, unknown fields included
}
