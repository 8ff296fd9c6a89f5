package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// A StatusError is a server's refusal of a request.
type StatusError struct {
	Status  int    // HTTP status
	Message string // what the server said, shortened, without the key
}

// Error says the status and the server's words.
func (e *StatusError) Error() string {
	return fmt.Sprintf("status %d: %s", e.Status, e.Message)
}

const (
	maxBody = 64 << 20         // no answer of a chat model is larger
	maxWait = 30 * time.Second // between two tries, unless the server asks for more
)

// send posts body until an answer can be read, the tries are spent or ctx ends.
// Answers that are cut off or malformed are tried again, as are 408, 409, 429
// and 5xx; other refusals are final.
func send[T any](ctx context.Context, o *OpenAI, path string, body []byte, read func([]byte) (T, error)) (T, error) {
	wait := backoff.NewExponentialBackOff()
	wait.InitialInterval = o.e.Wait
	wait.Multiplier = 2
	wait.MaxInterval = maxWait
	v, err := backoff.Retry(ctx, func() (v T, err error) {
		answer, err := o.post(ctx, path, body)
		if err != nil {
			return v, err
		}
		return read(answer)
	}, backoff.WithBackOff(wait), backoff.WithMaxTries(uint(o.e.Tries)), backoff.WithMaxElapsedTime(0))
	if err != nil {
		return v, fmt.Errorf("llm: POST %s%s: %w", o.e.URL, path, err)
	}
	return v, nil
}

// post makes one try.
func (o *OpenAI) post(ctx context.Context, path string, body []byte) ([]byte, error) {
	select {
	case o.slots <- struct{}{}:
		defer func() { <-o.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := o.pace.Wait(ctx); err != nil {
		return nil, backoff.Permanent(err)
	}
	ctx, cancel := context.WithTimeout(ctx, o.e.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, o.e.URL+path, bytes.NewReader(body))
	if err != nil {
		return nil, backoff.Permanent(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if o.e.Key != "" {
		req.Header.Set("Authorization", "Bearer "+string(o.e.Key))
	}
	resp, err := o.client.Do(req)
	if err != nil {
		return nil, plain(err)
	}
	defer drain(resp.Body)
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if resp.StatusCode != http.StatusOK {
		return nil, o.refused(resp, data)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the response: %w", err)
	}
	return data, nil
}

// drain empties a body, so that its connection is used again.
func drain(body io.ReadCloser) {
	io.Copy(io.Discard, io.LimitReader(body, 1<<20))
	body.Close()
}

// plain strips what http.Client adds to an error: send says the address itself.
// A replay's lack of a recording will not go away by trying again.
func plain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if errors.Is(err, ErrNotRecorded) {
		return backoff.Permanent(err)
	}
	return err
}

// refused turns a status into an error that says whether to try again, and when.
func (o *OpenAI) refused(resp *http.Response, body []byte) error {
	err := &StatusError{Status: resp.StatusCode, Message: o.e.Key.Hide(said(body))}
	switch code := resp.StatusCode; {
	case code == http.StatusTooManyRequests, code == http.StatusRequestTimeout, code == http.StatusConflict, code >= 500:
	default:
		return backoff.Permanent(err)
	}
	if s, bad := strconv.Atoi(strings.TrimSpace(resp.Header.Get("Retry-After"))); bad == nil && s > 0 {
		return &later{StatusError: err, after: backoff.RetryAfterError{Duration: time.Duration(s) * time.Second}}
	}
	return err
}

// later is a refusal that names the time of the next try.
type later struct {
	*StatusError
	after backoff.RetryAfterError
}

func (l *later) Unwrap() []error { return []error{l.StatusError, &l.after} }

// said returns a server's error message, or the start of whatever it sent.
func said(body []byte) string {
	var w struct {
		Error   json.RawMessage `json:"error"`
		Message string          `json:"message"`
	}
	text := strings.TrimSpace(string(body))
	if json.Unmarshal(body, &w) == nil {
		var inner wireError
		var s string
		switch {
		case json.Unmarshal(w.Error, &inner) == nil && inner.Message != "":
			text = inner.Message
		case json.Unmarshal(w.Error, &s) == nil && s != "":
			text = s
		case w.Message != "":
			text = w.Message
		}
	}
	if len(text) > 500 {
		text = strings.ToValidUTF8(text[:500], "") + "..."
	}
	return text
}
