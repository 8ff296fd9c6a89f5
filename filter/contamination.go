package filter

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	scaler "github.com/agentscaler/scaler"
)

// passage is how many words in a row make an overlap, as is usual for
// training data.
const passage = 13

// A Corpus remembers the passages of texts that a dataset must not contain.
// It keeps hashes, not texts.
type Corpus struct {
	files    []string
	passages map[uint64]int32 // hash of a passage -> file
}

// ReadCorpus reads files of any text, JSON included.
func ReadCorpus(files []string) (*Corpus, error) {
	c := &Corpus{passages: map[uint64]int32{}}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("benchmark text: %w", err)
		}
		err = c.Add(filepath.Base(name), f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("benchmark text %s: %w", name, err)
		}
	}
	return c, nil
}

// Add reads one text.
func (c *Corpus) Add(name string, text io.Reader) error {
	if c.passages == nil {
		c.passages = map[uint64]int32{}
	}
	file := int32(len(c.files))
	c.files = append(c.files, name)
	scan := bufio.NewScanner(text)
	scan.Buffer(nil, 64<<20)
	var window []string
	for scan.Scan() {
		window = append(window, wordsOf(scan.Text())...)
		for ; len(window) >= passage; window = window[1:] {
			key := hashWords(window[:passage])
			if _, known := c.passages[key]; !known {
				c.passages[key] = file
			}
		}
	}
	return scan.Err()
}

// overlap says where a rollout and a benchmark share a passage. Tool results
// come from the world, not from a benchmark, and are not looked at.
func (c *Corpus) overlap(r scaler.Rollout) (place string, found bool) {
	if c == nil {
		return "", false
	}
	for i, m := range r.Messages {
		if m.Role == "tool" {
			continue
		}
		words := wordsOf(said(m))
		for k := 0; k+passage <= len(words); k++ {
			if file, ok := c.passages[hashWords(words[k:k+passage])]; ok {
				return fmt.Sprintf("message %d shares %d words in a row with %s", i, passage, c.files[file]), true
			}
		}
	}
	return "", false
}

// said is all that a message puts into words: its text, then the arguments of
// its calls.
func said(m scaler.Message) string {
	all := []string{m.Content}
	for _, c := range m.ToolCalls {
		all = append(all, c.Arguments)
	}
	return strings.Join(all, "\n")
}

// wordsOf splits a text into lower-case words. The escapes that a JSON file
// writes between words separate them like any other punctuation.
func wordsOf(text string) []string {
	text = strings.ToLower(jsonSpace.Replace(text))
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
}

var jsonSpace = strings.NewReplacer(`\n`, " ", `\t`, " ", `\r`, " ", "’", "'")

func hashWords(words []string) uint64 {
	h := fnv.New64a()
	for _, w := range words {
		h.Write([]byte(w))
		h.Write([]byte{0})
	}
	return h.Sum64()
}
