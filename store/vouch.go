package store

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	scaler "github.com/agentscaler/scaler"
)

// A Ledger remembers, outside of any run, which tool code this user's own
// builder has written: a run folder from elsewhere, or edited by hand, cannot
// vouch for itself. It is safe for concurrent use.
type Ledger struct {
	path string

	mu    sync.Mutex // guards what follows
	known map[string]bool
}

// OpenLedger opens the user's ledger. Where there is no place to keep one it
// vouches for nothing; then all tool code runs in a worker process.
func OpenLedger() *Ledger {
	l := &Ledger{known: map[string]bool{}}
	dir, err := os.UserCacheDir()
	if err != nil {
		return l
	}
	l.path = filepath.Join(dir, "agentscaler", "built-"+scaler.Version)
	f, err := os.Open(l.path)
	if err != nil {
		return l
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		l.known[lines.Text()] = true
	}
	return l
}

// Vouches says whether this user's builder wrote the world's tool code.
func (l *Ledger) Vouches(w *scaler.World) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.known[codeSum(w)]
}

// Enter records tool code that the builder of this process has just written.
// Where that fails nothing is lost but speed: the code runs in a worker later.
func (l *Ledger) Enter(w *scaler.World) {
	sum := codeSum(w)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known[sum] {
		return
	}
	l.known[sum] = true
	if l.path == "" || os.MkdirAll(filepath.Dir(l.path), 0o700) != nil {
		return
	}
	f, err := os.OpenFile(l.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer f.Close()
	_, _ = fmt.Fprintln(f, sum)
}

func codeSum(w *scaler.World) string {
	sum := sha256.Sum256([]byte(w.Code))
	return hex.EncodeToString(sum[:])
}
