//go:build !race

package sandbox

import (
	"fmt"
	"os"
	"syscall"
)

// backstop makes the kernel refuse memory to this process where the watch is
// too slow: address space beyond what Go holds now. A limit on data
// (RLIMIT_DATA) lets a bomb pass since Linux 6.12, which does not count a
// mapping over a reservation of Go's own.
func backstop(bytes int64) error {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return fmt.Errorf("limiting memory: %w", err)
	}
	var pages int64
	if _, err := fmt.Sscan(string(text), &pages); err != nil {
		return fmt.Errorf("limiting memory: %w", err)
	}
	most := uint64(pages*int64(os.Getpagesize()) + bytes)
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
		return fmt.Errorf("limiting memory: %w", err)
	}
	return nil
}

// Isolation says how a worker process is kept within its memory here.
func Isolation() string {
	return "a worker process that watches its memory, and behind the watch the kernel (RLIMIT_AS)"
}
