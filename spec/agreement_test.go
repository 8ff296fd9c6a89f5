package spec

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/agentscaler/scaler"
)

// BenchmarkEffectWithoutTheVerb asks how well the words of a tool, on which all
// tools without a binding depend, agree with the HTTP verb where there is one, and
// what becomes of POST: go test -run xxx -bench EffectWithoutTheVerb -benchtime 1x ./spec
func BenchmarkEffectWithoutTheVerb(b *testing.B) {
	root := os.Getenv("AGENTSCALER_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	sources, _ := filepath.Glob(filepath.Join(root, "corpus", "*", "*.tar.zst"))
	if len(sources) == 0 {
		b.Skip("shared data absent: ", root)
	}
	verbs := map[string]scaler.Effect{
		"GET": scaler.Read, "HEAD": scaler.Read, "PUT": scaler.Write, "PATCH": scaler.Write, "DELETE": scaler.Write,
	}
	for b.Loop() {
		counts := map[string]int{}
		for item, err := range (Reader{}).Read(b.Context(), sources) {
			if err != nil {
				b.Fatal(err)
			}
			if t := item.Tool; t != nil && t.Method == "POST" {
				counts["post-"+string(t.Effect)]++
			} else if t != nil && verbs[t.Method] != "" {
				counts[comparison(t, verbs[t.Method])]++
			}
		}
		for what, n := range counts {
			b.ReportMetric(float64(n), what)
		}
	}
}

// comparison says whether the words of a tool give the effect of its verb.
func comparison(t *scaler.Tool, verb scaler.Effect) string {
	name := t.Title
	if name == "" {
		name = t.Name
	}
	switch effect, _ := (evidence{name: name, description: t.Description, params: propertyNames(t.Parameters)}).decide(); effect {
	case verb:
		return "agree"
	case scaler.Unknown:
		return "silent"
	default:
		return string(effect) + "-by-words"
	}
}
