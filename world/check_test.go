package world

import (
	"bytes"
	"context"
	"testing"

	"github.com/agentscaler/scaler/internal/worldtest"
)

// The library world was written by hand to keep every clause.
func TestLibraryKeepsTheContract(t *testing.T) {
	c, err := Check(context.Background(), worldtest.Library())
	if err != nil {
		t.Fatal(err)
	}
	var report bytes.Buffer
	if err := WriteReport(&report, c); err != nil {
		t.Fatal(err)
	}
	for _, tool := range c.Tools {
		for clause, result := range tool.Results {
			if breaks(result) {
				t.Errorf("%s, %s: %s", tool.Name, clause, result)
			}
		}
	}
	t.Log(report.String())
}

func BenchmarkCheck(b *testing.B) {
	w := worldtest.Library()
	for b.Loop() {
		if _, err := Check(context.Background(), w); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(w.Tools)*b.N)/b.Elapsed().Seconds(), "tools/s")
}
