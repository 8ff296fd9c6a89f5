package tau1

import (
	"os"
	"path/filepath"
	"testing"
)

// Results are written beside those of the last run and take their place.
func TestResultsAreReplaced(t *testing.T) {
	file := filepath.Join(t.TempDir(), "results.json")
	if err := write(file, []string{`{"task_id": 0}`}); err != nil {
		t.Fatal(err)
	}
	last := file + ".last"
	if err := os.Link(file, last); err != nil {
		t.Skip("links of files:", err)
	}
	if err := write(file, []string{`{"task_id": 0}`, `{"task_id": 1}`}); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{last: "[\n{\"task_id\": 0}\n]\n", file: "[\n{\"task_id\": 0},\n{\"task_id\": 1}\n]\n"} {
		if text, err := os.ReadFile(path); err != nil || string(text) != want {
			t.Errorf("%s: %q (%v)", path, text, err)
		}
	}
}
