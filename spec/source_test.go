package spec_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentscaler/scaler/spec"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
)

// document returns a small OpenAPI document with n operations.
func document(title string, n int) string {
	var paths []string
	for i := range n {
		paths = append(paths, fmt.Sprintf(`"/%s/%d": {"get": {"operationId": "get%s%d"}}`, title, i, title, i))
	}
	return fmt.Sprintf(`{"openapi": "3.0.0", "info": {"title": %q}, "paths": {%s}}`, title, strings.Join(paths, ","))
}

// read returns the IDs of the tools kept and the reasons of the files rejected.
func read(t testing.TB, r spec.Reader, sources ...string) []string {
	t.Helper()
	var got []string
	for item, err := range r.Read(context.Background(), sources) {
		switch {
		case err != nil:
			t.Fatal(err)
		case item.Tool != nil:
			got = append(got, string(item.Tool.ID))
		case item.Rejection != nil:
			got = append(got, item.Rejection.Origin.File+": "+item.Rejection.Reason)
		}
	}
	return got
}

// The same files come out of a folder and of every kind of archive.
func TestSourcesAgree(t *testing.T) {
	files := [][2]string{{"apis/a.json", document("alpha", 2)}, {"apis/b.yaml", document("beta", 1)}, {"LICENSE", "free"}}
	want := []string{"alpha/GET /alpha/0", "alpha/GET /alpha/1", "beta/GET /beta/0"}
	dir := t.TempDir()
	for _, f := range files {
		write(t, filepath.Join(dir, "folder"), f[0], f[1])
	}
	tarred := tarOf(t, files)
	for name, data := range map[string][]byte{
		"a.tar": tarred, "a.tar.gz": gzipped(t, tarred), "a.tgz": gzipped(t, tarred), "a.tar.zst": zstded(t, tarred), "a.zip": zipOf(t, files),
	} {
		write(t, dir, name, string(data))
	}
	for _, source := range []string{"folder", "folder/apis/*", "a.tar", "a.tar.gz", "a.tgz", "a.tar.zst", "a.zip"} {
		if diff := cmp.Diff(want, read(t, spec.Reader{}, filepath.Join(dir, source))); diff != "" {
			t.Errorf("%s: -want +got\n%s", source, diff)
		}
	}
}

// An archive cut in the middle gives what stands before the cut, and says so.
func TestCutArchive(t *testing.T) {
	dir := t.TempDir()
	tarred := tarOf(t, [][2]string{{"a.json", document("alpha", 1)}, {"b.json", document("beta", 40)}})
	write(t, dir, "cut.tar", string(tarred[:2000]))
	got := read(t, spec.Reader{}, filepath.Join(dir, "cut.tar"))
	want := []string{"alpha/GET /alpha/0", "root/b.json: unreadable", "cut.tar: unreadable"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// A file that the user named must be a specification; one in a folder need not.
func TestNamedFile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "notes.txt", "nothing to see")
	write(t, dir, "data.json", `{"a": 1}`)
	if got := read(t, spec.Reader{}, dir); got != nil {
		t.Errorf("folder: %v", got)
	}
	want := []string{"notes.txt: unknown-format", "data.json: unknown-format"}
	got := read(t, spec.Reader{}, filepath.Join(dir, "notes.txt"), filepath.Join(dir, "data.json"))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestMissingSource(t *testing.T) {
	for _, source := range []string{"nowhere.yaml", "nowhere/*.yaml"} {
		n := 0
		for _, err := range (spec.Reader{}).Read(context.Background(), []string{source}) {
			if err == nil || !strings.Contains(err.Error(), source) {
				t.Errorf("%s: error %v", source, err)
			}
			n++
		}
		if n != 1 {
			t.Errorf("%s: %d items, want one error", source, n)
		}
	}
}

// Neither the number of workers nor a second run changes a byte; a limit takes the
// first tools of the whole.
func TestOrderIsFixed(t *testing.T) {
	dir := t.TempDir()
	for i := range 40 {
		write(t, dir, fmt.Sprintf("%02d.json", i), document(fmt.Sprintf("api%c", 'a'+i%26), 1+i%7))
	}
	write(t, dir, "99.json", `{"openapi": `)
	for _, keep := range []bool{false, true} {
		all := dump(t, spec.Reader{Parallel: 1, KeepDuplicates: keep}, dir)
		for range 3 {
			if !bytes.Equal(all, dump(t, spec.Reader{Parallel: 16, KeepDuplicates: keep}, dir)) {
				t.Error("the output depends on Parallel")
			}
		}
		whole := read(t, spec.Reader{KeepDuplicates: true}, dir)
		if got := read(t, spec.Reader{KeepDuplicates: true, Limit: 10}, dir); !cmp.Equal(got, whole[:10]) {
			t.Errorf("limit 10: %v", got)
		}
		if got := read(t, spec.Reader{KeepDuplicates: keep, Limit: 25}, dir); len(got) != 25 {
			t.Errorf("limit 25: %d tools", len(got))
		}
	}
}

func dump(t testing.TB, r spec.Reader, source string) []byte {
	t.Helper()
	var b bytes.Buffer
	for item, err := range r.Read(context.Background(), []string{source}) {
		if err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal(item)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
	}
	return b.Bytes()
}

// Who stops listening stops the reading, and leaves no temporary file.
func TestStopEarly(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", t.TempDir())
	for i := range 20 {
		write(t, dir, fmt.Sprintf("%d.json", i), document(fmt.Sprint("api", i), 3))
	}
	for range (spec.Reader{}).Read(context.Background(), []string{dir}) {
		break
	}
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	if err != nil || len(left) > 0 {
		t.Errorf("left %v, error %v", left, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, err := range (spec.Reader{}).Read(ctx, []string{dir}) {
		if err == nil {
			t.Error("a cancelled read went on")
		}
	}
}

// The tally accounts for every tool and file of every source.
func TestTally(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "one/a.json", document("alpha", 4))
	write(t, dir, "one/b.json", strings.ReplaceAll(document("alpha", 4), `"title": "alpha"`, `"title": "again"`))
	write(t, dir, "one/README", "read me")
	write(t, dir, "two/c.json", `{"tools": [{"name": "x", "inputSchema": {}}, {"inputSchema": {}}]}`)
	write(t, dir, "two/d.json", "")
	var tally spec.Tally
	sources := []string{filepath.Join(dir, "one"), filepath.Join(dir, "two")}
	for item, err := range (spec.Reader{}).Read(context.Background(), sources) {
		if err != nil {
			t.Fatal(err)
		}
		tally.Add(item)
	}
	want := []spec.SourceTally{
		{Source: sources[0], Kept: 4, Skipped: 1, Rejected: []spec.ReasonTally{{"duplicate-service", 4}}},
		{Source: sources[1], Rejected: []spec.ReasonTally{{"no-name", 1}, {"says-nothing", 1}}, Files: []spec.ReasonTally{{"empty", 1}}},
	}
	if diff := cmp.Diff(want, tally.Sources); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if r := tally.Report(); r.Counts[0].N != 10 || r.Counts[1].N != 4 {
		t.Errorf("report %v, want 10 tools and 4 kept first", r.Counts)
	}
}

func tarOf(t testing.TB, files [][2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		if err := w.WriteHeader(&tar.Header{Name: "./root/" + f[0], Mode: 0o644, Size: int64(len(f[1])), Format: tar.FormatPAX}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipOf(t testing.TB, files [][2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		entry, err := w.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zstded(t testing.TB, data []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(data, nil)
}
