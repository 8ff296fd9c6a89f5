// Package tau2test has a small checkout of our own in the shape of tau2-bench's,
// and models that play its tasks by a plan.
package tau2test

import (
	"embed"
	"io/fs"
	"os"
	"testing"
)

//go:embed all:checkout
var files embed.FS

// Checkout writes the small checkout to a folder: a telephone company of one
// customer with four tasks, slow, price, idle and again.
func Checkout(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	sub, err := fs.Sub(files, "checkout")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, sub); err != nil {
		t.Fatal(err)
	}
	return dir
}
