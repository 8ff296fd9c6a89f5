//go:build !race

package sandbox

import (
	"fmt"
	"runtime/debug"
	"syscall"
)

// rlimitData is RLIMIT_DATA, which package syscall does not name.
const rlimitData = 2

// limitMemory makes the kernel refuse this process more memory than that: the
// Go runtime then ends it. The collector works harder as it comes near.
func limitMemory(bytes int64) error {
	debug.SetMemoryLimit(bytes / 4 * 3)
	limit := &syscall.Rlimit{Cur: uint64(bytes), Max: uint64(bytes)}
	if err := syscall.Setrlimit(rlimitData, limit); err != nil {
		return fmt.Errorf("limiting memory: %w", err)
	}
	return nil
}

// Isolation says how a worker process is kept within its memory here.
func Isolation() string { return "a worker process, its memory limited by the kernel (RLIMIT_DATA)" }
