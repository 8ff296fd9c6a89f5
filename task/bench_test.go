package task

import (
	"context"
	"testing"

	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
)

// BenchmarkMake reports proven tasks per second on one core.
func BenchmarkMake(b *testing.B) {
	w := worldtest.Library()
	env, err := sandbox.Open(w, sandbox.Options{})
	if err != nil {
		b.Fatal(err)
	}
	made := 0
	for i := 0; b.Loop(); i++ {
		tasks, _, err := Maker{Seed: uint64(i)}.Make(context.Background(), w, env, nil)
		if err != nil {
			b.Fatal(err)
		}
		made += len(tasks)
	}
	b.ReportMetric(float64(made)/b.Elapsed().Seconds(), "tasks/s")
}
