package pipeline_test

import (
	"archive/tar"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/spec"
	"github.com/klauspost/compress/zstd"
)

// drawn is how many specifications BenchmarkSingleSpecification draws, with a
// fixed seed, from those of least to most operations.
const (
	drawn = 20
	least = 3
	most  = 1000
)

// BenchmarkSingleSpecification makes one world of one real specification, as
// the owner of an API would, and reports what came of it. The specifications
// are drawn from the OpenAPI archives beside the checkout.
func BenchmarkSingleSpecification(b *testing.B) {
	files := map[string][]byte{}
	var names []string
	for _, source := range []string{"openapi-vendors", "apis-guru-openapi", "powerplatform-connectors"} {
		archive := filepath.Join(shared(b), "corpus", source, source+".tar.zst")
		for name, n := range operations(b, archive) {
			if n >= least && n <= most {
				names = append(names, source+" "+name)
			}
		}
		extract(b, archive, func(name string, data []byte) { files[source+" "+name] = data })
	}
	slices.Sort(names)
	rng := scaler.Rand(20, "single specifications")
	for _, name := range sample(rng, names, drawn) {
		b.Run(strings.ReplaceAll(name, " ", ":"), func(b *testing.B) {
			file := filepath.Join(b.TempDir(), path.Base(name))
			if err := os.WriteFile(file, files[name], 0o644); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				s := pipeline.Defaults()
				s.Domains = "service"
				info := runPipeline(b, file, s)
				for _, metric := range []struct{ stage, count, as string }{
					{"spec", "kept", "tools"}, {"world", "worlds", "worlds"}, {"world", "tools tier A", "stateful"},
					{"task", "tasks", "tasks"}, {"filter", "kept", "kept"},
				} {
					b.ReportMetric(count(info, metric.stage, metric.count), metric.as)
				}
				for _, s := range info.Stages {
					if s.Stage == "world" {
						b.ReportMetric(s.Seconds, "world-s")
					}
				}
			}
		})
	}
}

func count(info *pipeline.Info, stage, name string) float64 {
	for _, s := range info.Stages {
		for _, c := range s.Counts {
			if s.Stage == stage && c.Name == name {
				return c.N
			}
		}
	}
	return 0
}

// operations counts the kept tools of each file of an archive.
func operations(tb testing.TB, archive string) map[string]int {
	tb.Helper()
	counts := map[string]int{}
	for item, err := range (spec.Reader{KeepDuplicates: true}).Read(tb.Context(), []string{archive}) {
		if err != nil {
			tb.Fatal(err)
		}
		if item.Tool != nil {
			counts[item.Tool.Origin.File]++
		}
	}
	return counts
}

func extract(tb testing.TB, archive string, file func(name string, data []byte)) {
	tb.Helper()
	f, err := os.Open(archive)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	unzip, err := zstd.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	defer unzip.Close()
	for in := tar.NewReader(unzip); ; {
		head, err := in.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			tb.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			tb.Fatal(err)
		}
		file(head.Name, data)
	}
}

// sample draws n of the names without repetition, in the order drawn.
func sample(rng *rand.Rand, names []string, n int) []string {
	var picked []string
	for _, i := range rng.Perm(len(names))[:min(n, len(names))] {
		picked = append(picked, names[i])
	}
	return picked
}

// shared returns the folder of data beside the checkout; where there is none
// the test skips.
func shared(tb testing.TB) string {
	tb.Helper()
	dir := os.Getenv("AGENTSCALER_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared")
	}
	if _, err := os.Stat(dir); err != nil {
		tb.Skip("shared data absent")
	}
	return dir
}
