package pipeline

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/store"
)

// A shelf holds the run's domains and hands out a domain's tools and dependencies. Tools stay on disk
// until they are asked for: a corpus need not fit in memory.
type shelf struct {
	domains []scaler.Domain

	path string
	at   map[scaler.ToolID]span
	from map[scaler.ToolID]string // the source that each tool was read from
	deps map[scaler.DomainID][]scaler.Dependency
}

type span struct{ offset, length int64 }

func newShelf(run *store.Run) (*shelf, error) {
	domains, err := store.Collect(store.ReadLines[scaler.Domain](run, "domains.jsonl"))
	if err != nil {
		return nil, err
	}
	s := &shelf{domains: domains, path: run.Path("tools.jsonl"), at: map[scaler.ToolID]span{}, from: map[scaler.ToolID]string{}, deps: map[scaler.DomainID][]scaler.Dependency{}}
	if err := s.index(); err != nil {
		return nil, err
	}
	home := map[scaler.ToolID]scaler.DomainID{}
	for _, d := range domains {
		for _, id := range d.Tools {
			home[id] = d.ID
		}
	}
	for line, err := range store.ReadLines[GraphLine](run, "graph.jsonl") {
		if err != nil {
			return nil, err
		}
		if line.Dep == nil {
			continue
		}
		if d, ok := home[line.Dep.From]; ok && d == home[line.Dep.To] {
			s.deps[d] = append(s.deps[d], *line.Dep)
		}
	}
	return s, nil
}

// index finds where each tool's line begins.
func (s *shelf) index() error {
	f, err := os.Open(s.path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<20)
	var offset int64
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var head struct {
				ID     scaler.ToolID `json:"id"`
				Origin scaler.Place  `json:"origin"`
			}
			if err := json.Unmarshal(line, &head); err != nil {
				return fmt.Errorf("%s at byte %d: %w", s.path, offset, err)
			}
			s.at[head.ID] = span{offset, int64(len(line))}
			s.from[head.ID] = head.Origin.Source
		}
		offset += int64(len(line))
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// take reads a domain's tools, in its order, and the dependencies among them.
// It is safe for concurrent use.
func (s *shelf) take(d scaler.Domain) ([]scaler.Tool, []scaler.Dependency, error) {
	f, err := os.Open(s.path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	tools := make([]scaler.Tool, len(d.Tools))
	for i, id := range d.Tools {
		at, ok := s.at[id]
		if !ok {
			return nil, nil, fmt.Errorf("domain %s names the tool %s, which tools.jsonl does not have", d.ID, id)
		}
		line := make([]byte, at.length)
		if _, err := f.ReadAt(line, at.offset); err != nil {
			return nil, nil, err
		}
		if err := json.Unmarshal(line, &tools[i]); err != nil {
			return nil, nil, fmt.Errorf("tool %s: %w", id, err)
		}
	}
	return tools, s.deps[d.ID], nil
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
