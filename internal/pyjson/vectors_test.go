package pyjson_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// vectors are texts that the official Python code of two benchmarks wrote.
type vectors struct {
	Values []struct {
		Value           string `json:"value_json"`
		Canonical       string `json:"canonical"`
		CanonicalSHA256 string `json:"canonical_sha256"`
		Tau1            string `json:"tau1_str"`
		Tau1SHA256      string `json:"tau1_sha256"`
		Tau2            string `json:"tau2_dumps"`
		Tau2SHA256      string `json:"tau2_sha256"`
	} `json:"values"`
	Round []struct {
		X       string `json:"x"`
		Digits  int    `json:"ndigits"`
		Rounded string `json:"round"`
	} `json:"round"`
}

// shared is where the reference data lies.
func shared() string {
	if dir := os.Getenv("AGENTSCALER_SHARED"); dir != "" {
		return dir
	}
	return filepath.FromSlash("../../../shared")
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(shared(), "reference", "canon-vectors.json"))
	if err != nil {
		t.Skip("shared data absent:", err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// Every text and hash that the official code wrote comes out the same.
func TestVectors(t *testing.T) {
	for _, v := range readVectors(t).Values {
		x, err := pyjson.Parse([]byte(v.Value))
		if err != nil {
			t.Errorf("%s: %v", v.Value, err)
			continue
		}
		for _, c := range []struct{ name, got, want string }{
			{"canonical", string(pyjson.Canonical(x)), v.Canonical},
			{"canonical hash", pyjson.Sum(pyjson.Canonical(x)), v.CanonicalSHA256},
			{"hashable", pyjson.Hashable(x), v.Tau1},
			{"hashable hash", pyjson.Sum(pyjson.Hashable(x)), v.Tau1SHA256},
			{"dumps", string(pyjson.MarshalSorted(x)), v.Tau2},
			{"dumps hash", pyjson.Sum(pyjson.MarshalSorted(x)), v.Tau2SHA256},
		} {
			if c.got != c.want {
				t.Errorf("%s: %s\n got %s\nwant %s", v.Value, c.name, c.got, c.want)
			}
		}
	}
}

func TestRoundVectors(t *testing.T) {
	for _, v := range readVectors(t).Round {
		x, err := strconv.ParseFloat(v.X, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(pyjson.Marshal(pyjson.Round(x, v.Digits))); got != v.Rounded {
			t.Errorf("round(%s, %d) = %s, want %s", v.X, v.Digits, got, v.Rounded)
		}
	}
}

// Every answer that the official tools gave as JSON reads and writes back to the
// same bytes.
func TestOfficialOutputs(t *testing.T) {
	dir := filepath.Join(shared(), "reference")
	files, _ := filepath.Glob(filepath.Join(dir, "random-tau*.json"))
	if len(files) == 0 {
		t.Skip("shared data absent:", dir)
	}
	outputs := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := pyjson.Parse(data)
		if err != nil {
			t.Fatal(file, err)
		}
		eachOutput(doc, func(text string) {
			v, err := pyjson.Parse([]byte(text))
			if err != nil {
				return // plain text
			}
			if outputs++; string(pyjson.MarshalASCII(v)) != text && string(pyjson.Marshal(v)) != text {
				t.Errorf("%s: %s became %s", filepath.Base(file), text, pyjson.Marshal(v))
			}
		})
	}
	if outputs < 1000 {
		t.Errorf("only %d outputs seen", outputs)
	}
	t.Log(outputs, "outputs")
}

// eachOutput calls f with every text under a key "output".
func eachOutput(v any, f func(string)) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			eachOutput(item, f)
		}
	case *pyjson.Object:
		for key, item := range v.All() {
			if text, ok := item.(string); ok && key == "output" {
				f(text)
			}
			eachOutput(item, f)
		}
	}
}
