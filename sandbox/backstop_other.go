//go:build !linux || race

package sandbox

// backstop does nothing where the kernel has no such limit, or where the race
// detector's own memory would count.
func backstop(int64) error { return nil }

// Isolation says how a worker process is kept within its memory here.
func Isolation() string {
	return "a worker process that watches its memory; the kernel sets no limit here"
}
