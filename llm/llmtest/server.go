// Package llmtest holds a chat server that plays a model over real HTTP, with
// faults where a test asks for them, and the tests that every llm.Model passes.
package llmtest

import (
	"encoding/json"
	"hash/fnv"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
)

// A Server is an OpenAI-compatible server for chat and embeddings. Its address
// for an llm.Endpoint is Base.
type Server struct {
	*httptest.Server
	models   map[string]llm.Model
	fault    func(n int) Fault
	requests atomic.Int64
	inFlight atomic.Int64
	peak     atomic.Int64
}

// NewServer serves the models under their names. The fault function says what
// goes wrong with the n-th request, counted from 0; nil means nothing does.
func NewServer(fault func(n int) Fault, models ...llm.Model) *Server {
	s := &Server{models: map[string]llm.Model{}, fault: fault}
	for _, m := range models {
		s.models[m.Name()] = m
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/chat/completions", s.faulty(s.chat))
	mux.HandleFunc("POST /v1/embeddings", s.faulty(s.embed))
	s.Server = httptest.NewServer(mux)
	return s
}

// Base returns the address to give to an llm.Endpoint.
func (s *Server) Base() string { return s.URL + "/v1" }

// Requests returns how many requests have come in, failed ones included.
func (s *Server) Requests() int { return int(s.requests.Load()) }

// Peak returns the most requests that were in flight at once.
func (s *Server) Peak() int { return int(s.peak.Load()) }

// chat answers one request by the model that it names.
func (s *Server) chat(w http.ResponseWriter, r *http.Request) {
	var body chatRequest
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	m, ok := s.models[body.Model]
	if !ok {
		refuse(w, http.StatusNotFound, "there is no model "+body.Model)
		return
	}
	resp, err := m.Chat(r.Context(), body.request())
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	usage := map[string]int{"prompt_tokens": resp.Usage.Prompt, "completion_tokens": resp.Usage.Completion}
	if resp.Usage == (scaler.Usage{}) {
		usage["prompt_tokens"], usage["completion_tokens"] = words(body), len(strings.Fields(resp.Message.Content))+1
	}
	answer(w, map[string]any{
		"id": "chatcmpl-test", "object": "chat.completion", "model": body.Model,
		"choices": []any{map[string]any{"index": 0, "message": outgoing(resp.Message), "finish_reason": resp.Finish}},
		"usage":   usage,
	})
}

// embed returns vectors that depend on nothing but the text's words.
func (s *Server) embed(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Input []string `json:"input"`
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	data := make([]any, len(body.Input))
	for i, text := range body.Input {
		data[len(data)-1-i] = map[string]any{"index": i, "embedding": vector(text)} // out of order, as servers may
	}
	answer(w, map[string]any{"object": "list", "data": data})
}

func vector(text string) []float32 {
	v := make([]float32, 16)
	v[0] = 1
	for _, word := range strings.Fields(strings.ToLower(text)) {
		h := fnv.New32a()
		io.WriteString(h, word)
		v[h.Sum32()%16]++
	}
	return v
}

func words(body chatRequest) int {
	n := 0
	for _, m := range body.Messages {
		n += len(strings.Fields(m.Content)) + 4
	}
	return n
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}

func refuse(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"message": message, "type": "test"}})
}
