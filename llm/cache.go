package llm

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// A Cache keeps every answer of the models behind it in one file of lines, so
// that a rerun asks nothing again. A key is the hash of the model's name and
// the whole request, its Purpose included.
//
// A line torn by a kill is skipped when the file is next opened; the answer is
// asked for once more. It is safe for concurrent use by one process.
type Cache struct {
	mu     sync.Mutex // guards what follows
	file   *os.File
	end    int64
	places map[string]place

	hits, misses int
}

// A place is where an answer stands in the file.
type place struct {
	offset int64
	length int
}

// A cacheLine is one line of the file.
type cacheLine struct {
	Key   string          `json:"key"`
	Model string          `json:"model"`
	For   *Purpose        `json:"for,omitempty"` // for people who read the file
	Value json.RawMessage `json:"value"`
}

// OpenCache opens or makes the cache in a folder.
func OpenCache(dir string) (*Cache, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("llm cache: %w", err)
	}
	file, err := os.OpenFile(filepath.Join(dir, "responses.jsonl"), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return nil, fmt.Errorf("llm cache: %w", err)
	}
	c := &Cache{file: file, places: map[string]place{}}
	if err := c.index(); err != nil {
		file.Close()
		return nil, fmt.Errorf("llm cache %s: %w", file.Name(), err)
	}
	return c, nil
}

// index reads where each answer stands. The first line of a key wins.
func (c *Cache) index() error {
	r := bufio.NewReaderSize(c.file, 1<<20)
	for {
		line, err := r.ReadBytes('\n')
		var l cacheLine
		if json.Unmarshal(line, &l) == nil && err == nil {
			if _, ok := c.places[l.Key]; !ok {
				c.places[l.Key] = place{c.end, len(line)}
			}
		}
		c.end += int64(len(line))
		switch {
		case err == nil:
		case !errors.Is(err, io.EOF):
			return err
		case len(line) > 0: // torn: what follows starts on a line of its own
			n, err := c.file.WriteString("\n")
			c.end += int64(n)
			return err
		default:
			return nil
		}
	}
}

// Close closes the file.
func (c *Cache) Close() error { return c.file.Close() }

// Stats returns how many answers came from the file and how many from a model.
func (c *Cache) Stats() (hits, misses int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hits, c.misses
}

// get returns the stored value, or nil.
func (c *Cache) get(key string) (json.RawMessage, error) {
	c.mu.Lock()
	p, ok := c.places[key]
	if ok {
		c.hits++
	} else {
		c.misses++
	}
	c.mu.Unlock()
	if !ok {
		return nil, nil
	}
	line := make([]byte, p.length)
	if _, err := c.file.ReadAt(line, p.offset); err != nil {
		return nil, fmt.Errorf("llm cache %s: %w", c.file.Name(), err)
	}
	var l cacheLine
	if err := json.Unmarshal(line, &l); err != nil {
		return nil, fmt.Errorf("llm cache %s: at byte %d: %w", c.file.Name(), p.offset, err)
	}
	return l.Value, nil
}

// put stores a value. Of two values for one key the first stays.
func (c *Cache) put(l cacheLine) error {
	line, err := marshal(l)
	if err != nil {
		return fmt.Errorf("llm cache: %w", err)
	}
	line = append(line, '\n')
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.places[l.Key]; ok {
		return nil
	}
	n, err := c.file.Write(line)
	if err == nil {
		c.places[l.Key] = place{c.end, len(line)}
	}
	c.end += int64(n)
	if err != nil {
		return fmt.Errorf("llm cache %s: %w", c.file.Name(), err)
	}
	return nil
}
