package sandbox

import (
	"os"
	"runtime/metrics"
	"time"
)

// watch ends this process when it takes more memory than that, until stop is
// called. It looks every few milliseconds, and memory counts once it is asked
// for, so one large allocation is caught before it is filled.
func watch(bytes int64) (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			if metrics.Read(sample); sample[0].Value.Uint64()-sample[1].Value.Uint64() > uint64(bytes) {
				os.Stderr.WriteString("out of memory")
				os.Exit(2)
			}
		}
	}()
	return func() { close(done) }
}
