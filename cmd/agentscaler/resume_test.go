package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Settings that must not matter do not: one worker or sixteen, in one go or
// killed twice and resumed, the dataset has the same bytes.
func TestDatasetDoesNotDependOnHowItWasMade(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the whole pipeline three times")
	}
	base := t.TempDir()
	one := filepath.Join(base, "one")
	runDemo(t, one, "--parallel", "1")
	want := hashTree(t, filepath.Join(one, "dataset"))

	many := filepath.Join(base, "many")
	runDemo(t, many, "--parallel", "16")
	if got := hashTree(t, filepath.Join(many, "dataset")); got != want {
		t.Errorf("--parallel 16 made another dataset than --parallel 1")
	}

	killed := filepath.Join(base, "killed")
	killDemo(t, killed, "worlds/*/check.json")
	killDemo(t, killed, "rollouts/*.journal")
	runDemo(t, killed, "--parallel", "2")
	if got := hashTree(t, filepath.Join(killed, "dataset")); got != want {
		t.Errorf("a run killed twice and resumed made another dataset")
	}

	before := modTimes(t, killed)
	runDemo(t, killed, "--parallel", "2")
	for path, at := range modTimes(t, killed) {
		if before[path] != at {
			t.Errorf("a rerun with nothing changed wrote %s again", path)
		}
	}
}

func demoCommand(out string, more ...string) *exec.Cmd {
	args := append([]string{"demo", "--quiet", "--out", out, "--tasks-per-world", "4"}, more...)
	return exec.Command("agentscaler", args...)
}

func runDemo(t *testing.T, out string, more ...string) {
	t.Helper()
	if text, err := demoCommand(out, more...).CombinedOutput(); err != nil {
		t.Fatalf("demo: %v\n%s", err, text)
	}
}

// killDemo starts the demo and kills it as soon as a file like pattern is there.
func killDemo(t *testing.T, out, pattern string) {
	t.Helper()
	cmd := demoCommand(out)
	killWhen(t, cmd, func() bool {
		found, _ := filepath.Glob(filepath.Join(out, pattern))
		return len(found) > 0
	})
}

// killWhen starts a command and kills it as soon as it is far enough.
func killWhen(t *testing.T, cmd *exec.Cmd, far func() bool) {
	t.Helper()
	var text bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &text
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			t.Fatalf("it ended before it was to be killed: %v\n%s", err, text.String())
		case <-time.After(time.Millisecond):
		}
		if far() {
			_ = cmd.Process.Kill()
			<-ended
			return
		}
	}
}

func hashTree(t *testing.T, root string) string {
	t.Helper()
	h := sha256.New()
	files := 0
	walk(t, root, func(path string, _ fs.FileInfo) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rel, _ := filepath.Rel(root, path)
		fmt.Fprintf(h, "%s %d\n", rel, len(data))
		h.Write(data)
		files++
	})
	if files == 0 {
		t.Fatalf("%s is empty", root)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// modTimes leaves out what every run writes: run.json, the lock and the
// unpacked specifications.
func modTimes(t *testing.T, root string) map[string]time.Time {
	t.Helper()
	times := map[string]time.Time{}
	walk(t, root, func(path string, info fs.FileInfo) {
		rel, _ := filepath.Rel(root, path)
		if top, _, _ := bytes.Cut([]byte(filepath.ToSlash(rel)), []byte("/")); string(top) == "specs" || rel == "run.json" || rel == ".lock" {
			return
		}
		times[rel] = info.ModTime()
	})
	return times
}

func walk(t *testing.T, root string, visit func(string, fs.FileInfo)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		visit(path, info)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
