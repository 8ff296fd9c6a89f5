package spec

import (
	"encoding/gob"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// A print is what stays in memory of a service while the rest of the input is read.
type print struct {
	name       string
	family     string // the same for versions of one API
	version    string
	whole      uint64   // equal for services with the same tools
	operations []uint64 // one per tool, sorted
}

// fingerprint takes the print of a service.
func fingerprint(s *Service) print {
	p := print{version: s.Version}
	var tools []string
	for _, item := range s.Items {
		t := item.Tool
		if t == nil {
			continue
		}
		p.name = t.Service
		p.family = s.Host + " " + unversioned(t.Origin.File)
		key := t.Name
		if t.Method != "" {
			key = t.Method + unversioned(t.Path)
		}
		p.operations = append(p.operations, hash([]string{key}))
		tools = append(tools, fmt.Sprint(signature(t), t.Method, t.Path))
	}
	if len(tools) < 3 { // so little may agree by chance: the descriptions must agree as well
		for _, item := range s.Items {
			if item.Tool != nil {
				tools = append(tools, item.Tool.Description)
			}
		}
	}
	p.whole = hash(sorted(tools))
	slices.Sort(p.operations)
	return p
}

// deduplicated reads everything once into a temporary file, decides which services
// to keep, and passes on the tools of those and rejections of the others.
func (r Reader) deduplicated(readings iter.Seq2[reading, error]) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		var sp spool
		defer sp.close()
		var prints []print
		names := names{}
		kept := counter{limit: r.Limit}
		for reading, err := range readings {
			for i := range reading.services {
				s := &reading.services[i]
				names.identify(s)
				p := fingerprint(s)
				prints = append(prints, p)
				kept.add(p)
				if err == nil {
					err = sp.write(s.Items)
				}
			}
			if err == nil && len(reading.items) > 0 {
				prints = append(prints, print{})
				err = sp.write(reading.items)
			}
			if err != nil {
				yield(Item{}, err)
				return
			}
			if kept.enough() {
				break
			}
		}
		sp.replay(judge(prints), yield)
	}
}

// A counter says when enough tools have been read for a limit: duplicates do not count.
type counter struct {
	limit, n int
	best     map[string]int
	seen     map[uint64]bool
}

func (c *counter) add(p print) {
	if c.limit == 0 || c.seen[p.whole] {
		return
	}
	if c.best == nil {
		c.best, c.seen = map[string]int{}, map[uint64]bool{}
	}
	c.seen[p.whole] = true
	c.n += max(0, len(p.operations)-c.best[p.family])
	c.best[p.family] = max(c.best[p.family], len(p.operations))
}

func (c *counter) enough() bool { return c.limit > 0 && c.n >= c.limit }

// A ruling is why a service is not kept.
type ruling struct{ reason, detail string }

// judge decides which services repeat another. Of the versions of one API the
// newest stays; of services with the same tools the first.
func judge(prints []print) []ruling {
	rulings := make([]ruling, len(prints))
	families := map[string][]int{}
	for i, p := range prints {
		if p.version != "" && len(p.operations) > 0 {
			families[p.family] = append(families[p.family], i)
		}
	}
	for i, p := range prints {
		for _, j := range families[p.family] {
			if j != i && newer(prints[j].version, p.version) && overlap(p.operations, prints[j].operations) {
				rulings[i] = ruling{"older-version", "of " + prints[j].name}
			}
		}
	}
	first := map[uint64]int{}
	for i, p := range prints {
		if len(p.operations) == 0 || rulings[i].reason != "" {
			continue
		}
		if j, ok := first[p.whole]; ok {
			rulings[i] = ruling{"duplicate-service", "of " + prints[j].name}
		} else {
			first[p.whole] = i
		}
	}
	return rulings
}

// overlap says whether a quarter of the older operations go on in the newer: two
// documents side by side may also be two APIs.
func overlap(older, newer []uint64) bool {
	common, j := 0, 0
	for _, op := range older {
		for j < len(newer) && newer[j] < op {
			j++
		}
		if j < len(newer) && newer[j] == op {
			common++
		}
	}
	return common*4 >= len(older)
}

// A spool is a compressed temporary file of groups of items.
type spool struct {
	file *os.File
	zip  *zstd.Encoder
	enc  *gob.Encoder
}

func (sp *spool) write(items []Item) error {
	if sp.file == nil {
		f, err := os.CreateTemp("", "agentscaler-spec-*")
		if err != nil {
			return fmt.Errorf("temporary file: %w", err)
		}
		sp.file = f
		if sp.zip, err = zstd.NewWriter(f, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1)); err != nil {
			return fmt.Errorf("temporary file: %w", err)
		}
		sp.enc = gob.NewEncoder(sp.zip)
	}
	if err := sp.enc.Encode(items); err != nil {
		return fmt.Errorf("temporary file: %w", err)
	}
	return nil
}

// replay passes on the groups written, as ruled.
func (sp *spool) replay(rulings []ruling, yield func(Item, error) bool) {
	if sp.file == nil {
		return
	}
	if err := sp.zip.Close(); err != nil {
		yield(Item{}, fmt.Errorf("temporary file: %w", err))
		return
	}
	if _, err := sp.file.Seek(0, io.SeekStart); err != nil {
		yield(Item{}, fmt.Errorf("temporary file: %w", err))
		return
	}
	unzip, err := zstd.NewReader(sp.file, zstd.WithDecoderConcurrency(1))
	if err != nil {
		yield(Item{}, fmt.Errorf("temporary file: %w", err))
		return
	}
	defer unzip.Close()
	dec := gob.NewDecoder(unzip)
	clones := clones{}
	for _, ruling := range rulings {
		var items []Item
		if err := dec.Decode(&items); err != nil {
			if !errors.Is(err, io.EOF) {
				yield(Item{}, fmt.Errorf("temporary file: %w", err))
			}
			return
		}
		for _, item := range items {
			if item.Tool != nil && ruling.reason != "" {
				item = rejectTool(item.Tool, ruling.reason, ruling.detail)
			}
			clones.link(item.Tool)
			if !yield(item, nil) {
				return
			}
		}
	}
}

func (sp *spool) close() {
	if sp.file != nil {
		sp.file.Close()
		os.Remove(sp.file.Name())
	}
}

// hash is a hash of a list of texts and of where one ends and the next begins.
func hash(parts []string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		io.WriteString(h, strings.ReplaceAll(p, "\x00", ""))
		h.Write([]byte{0})
	}
	return h.Sum64()
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
