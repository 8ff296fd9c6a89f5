// Package tau2test has a small checkout of our own in the shape of tau2-bench's,
// and models that play its tasks by a plan.
package tau2test

import (
	"embed"
	"io/fs"
	"os"
	"testing"

	"github.com/agentscaler/scaler/eval/tau2/checkout"
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

// Official opens the checkout of the benchmark that an environment variable
// names, or skips the test.
func Official(t testing.TB, variable string) *checkout.Checkout {
	t.Helper()
	dir := os.Getenv(variable)
	if dir == "" {
		t.Skipf("%s names no checkout of tau2-bench", variable)
	}
	c, err := checkout.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
