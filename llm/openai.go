package llm

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"golang.org/x/time/rate"
)

// An Endpoint says where a model is served and how hard it may be driven.
type Endpoint struct {
	Model string // required: the model's name at the server
	URL   string // up to and including the version: "http://localhost:8000/v1"; empty: OPENAI_BASE_URL, then OpenAI itself
	Key   Secret // empty: OPENAI_API_KEY; servers without keys need none

	Parallel  int               // requests in flight; 0 means 32
	PerSecond float64           // requests started per second; 0 means no limit
	Tries     int               // of one request; 0 means 6
	Timeout   time.Duration     // of one try; 0 means 5 minutes
	Wait      time.Duration     // before the second try, growing from there; 0 means 500 ms
	Reasoning bool              // send earlier reasoning back to the server
	Batch     int               // texts in one embedding request; 0 means 128
	Transport http.RoundTripper // nil means one tuned for many requests to one host
}

// OpenAI is a Model and an Embedder at any server that speaks OpenAI's API:
// vLLM, SGLang, llama.cpp, Ollama, OpenAI and others.
type OpenAI struct {
	e      Endpoint
	client *http.Client
	slots  chan struct{} // one token for each request in flight
	pace   *rate.Limiter
}

// NewOpenAI returns a client for the endpoint. It makes no request.
func NewOpenAI(e Endpoint) (*OpenAI, error) {
	if e.Model == "" {
		return nil, errors.New("llm: no model named")
	}
	e = e.withDefaults()
	u, err := url.Parse(e.URL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, errors.New("llm: the address of a model must look like http://host:port/v1")
	}
	if u.User != nil {
		return nil, errors.New("llm: the address of a model must not hold a password: use OPENAI_API_KEY")
	}
	limit := rate.Inf
	if e.PerSecond > 0 {
		limit = rate.Limit(e.PerSecond)
	}
	return &OpenAI{
		e:      e,
		client: &http.Client{Transport: e.Transport},
		slots:  make(chan struct{}, e.Parallel),
		pace:   rate.NewLimiter(limit, max(1, int(e.PerSecond))),
	}, nil
}

func (e Endpoint) withDefaults() Endpoint {
	e.URL = strings.TrimRight(first(e.URL, os.Getenv("OPENAI_BASE_URL"), "https://api.openai.com/v1"), "/")
	e.Key = first(e.Key, Secret(os.Getenv("OPENAI_API_KEY")))
	e.Parallel = first(e.Parallel, 32)
	e.Tries = first(e.Tries, 6)
	e.Timeout = first(e.Timeout, 5*time.Minute)
	e.Wait = first(e.Wait, 500*time.Millisecond)
	e.Batch = first(e.Batch, 128)
	if e.Transport == nil {
		e.Transport = transport(e.Parallel)
	}
	return e
}

// transport keeps one connection for each request in flight. Go's default
// keeps two per host and opens a new one for nearly every request beyond.
func transport(parallel int) *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns = 0
	t.MaxIdleConnsPerHost = parallel
	t.MaxConnsPerHost = parallel
	return t
}

// first returns the first value that is not zero.
func first[T comparable](values ...T) T {
	var zero T
	for _, v := range values {
		if v != zero {
			return v
		}
	}
	return zero
}

// Name returns the model's name.
func (o *OpenAI) Name() string { return o.e.Model }

// Chat asks the server for the next message. Tool calls that the server left
// in the text (Hermes) are taken out of it; Raw keeps the text as it came.
func (o *OpenAI) Chat(ctx context.Context, req Request) (Response, error) {
	body, err := o.encode(req)
	if err != nil {
		return Response{}, fmt.Errorf("llm: %w", err)
	}
	r, err := send(ctx, o, "/chat/completions", body, decode)
	if err != nil {
		return Response{}, err
	}
	if len(r.Message.ToolCalls) == 0 && len(req.Tools) > 0 {
		r.Message.Content, r.Message.ToolCalls = hermes(r.Message.Content)
	}
	return r, nil
}
