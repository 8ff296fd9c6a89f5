package pipeline_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/agentscaler/scaler/internal/demo"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/store"
)

// BenchmarkDemo runs the whole pipeline on the embedded specifications and
// reports how long each stage took.
func BenchmarkDemo(b *testing.B) {
	for b.Loop() {
		info := runPipeline(b, unpackDemo(b), pipeline.Defaults())
		for _, s := range info.Stages {
			b.ReportMetric(s.Seconds, s.Stage+"-s")
		}
	}
}

func unpackDemo(tb testing.TB) string {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "specs")
	if err := os.CopyFS(dir, demo.FS()); err != nil {
		tb.Fatal(err)
	}
	return dir
}

// runPipeline runs every stage on one source and returns what run.json says.
func runPipeline(tb testing.TB, source string, s pipeline.Settings) *pipeline.Info {
	tb.Helper()
	run, err := store.Create(filepath.Join(tb.TempDir(), "run"))
	if err != nil {
		tb.Fatal(err)
	}
	defer run.Close()
	s.Sources = []string{source}
	if err := pipeline.Run(tb.Context(), run, pipeline.Options{Settings: s}); err != nil {
		tb.Fatal(err)
	}
	info, err := pipeline.ReadInfo(run)
	if err != nil {
		tb.Fatal(err)
	}
	return info
}
