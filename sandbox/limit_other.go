//go:build !linux || race

package sandbox

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// limitMemory watches this process and ends it when it has more memory than
// that, where the kernel has no limit to set (and under the race detector,
// whose own memory would count).
func limitMemory(bytes int64) error {
	debug.SetMemoryLimit(bytes / 4 * 3)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
		for range time.Tick(5 * time.Millisecond) {
			if metrics.Read(sample); sample[0].Value.Uint64() > uint64(bytes) {
				os.Stderr.WriteString("out of memory")
				os.Exit(2)
			}
		}
	}()
	return nil
}

// Isolation says how a worker process is kept within its memory here.
func Isolation() string {
	return "a worker process, its memory watched by itself: the kernel sets no limit here"
}
