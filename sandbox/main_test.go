package sandbox

import (
	"os"
	"testing"
)

// The test binary is also the worker that isolated worlds run in.
func TestMain(m *testing.M) {
	Main()
	os.Exit(m.Run())
}
