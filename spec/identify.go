package spec

import (
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// names holds the services named so far: no two documents share one by accident.
type names map[string]bool

// identify gives a service a name that no other has and its tools their IDs.
func (n names) identify(s *Service) {
	if len(s.Items) == 0 {
		return
	}
	service := n.choose(s)
	ids := map[string]scaler.ToolID{}
	taken := map[scaler.ToolID]int{}
	for _, item := range s.Items {
		t := item.Tool
		if t == nil {
			continue
		}
		t.Service = service
		key := t.Name
		if t.Method != "" {
			key = t.Method + " " + t.Path
		}
		t.ID = scaler.ToolID(service + "/" + strings.TrimPrefix(key, "/"))
		if taken[t.ID]++; taken[t.ID] > 1 {
			t.ID += scaler.ToolID(fmt.Sprint("#", taken[t.ID]))
		}
		for _, name := range []string{t.Name, t.Title, key} {
			if _, ok := ids[name]; !ok && name != "" {
				ids[name] = t.ID
			}
		}
	}
	resolveLinks(s.Items, ids)
}

// resolveLinks turns the operation names of links into IDs, where there is such a tool.
func resolveLinks(items []Item, ids map[string]scaler.ToolID) {
	for _, item := range items {
		if item.Tool == nil {
			continue
		}
		for i, l := range item.Tool.Links {
			if id, ok := ids[l.From]; ok {
				item.Tool.Links[i].From = string(id)
			}
		}
	}
}

// choose returns name/version, with a part of the file's path added where another
// document has that name already, and a number where that does not help.
func (n names) choose(s *Service) string {
	version := versionSlug(s.Version)
	for i := 0; ; i++ {
		name := s.Name
		switch hints := pathHints(s); {
		case i > len(hints):
			name = fmt.Sprintf("%s-%d", s.Name, i-len(hints)+1)
		case i > 0:
			name = s.Name + "-" + hints[i-1]
		}
		if version != "" {
			name += "/" + version
		}
		if !n[name] {
			n[name] = true
			return name
		}
	}
}

// pathHints returns the telling end of the path of the document: its last part,
// its last two, and so on.
func pathHints(s *Service) []string {
	var hints []string
	end := ""
	for _, part := range fileNames(origin(s.Items[0]).File) {
		if slug := slugOf(part); slug != "" && !strings.Contains(s.Name, slug) {
			end = strings.TrimSuffix(slug+"-"+end, "-")
			hints = append(hints, end)
		}
	}
	return hints
}

// origin returns where an item stands.
func origin(item Item) scaler.Place {
	switch {
	case item.Tool != nil:
		return item.Tool.Origin
	case item.Rejection != nil:
		return item.Rejection.Origin
	}
	return item.Skipped.Origin
}

// clones remembers the first tool of each signature.
type clones map[uint64]clone

type clone struct {
	id      scaler.ToolID
	service string
}

// link points a tool to the first one, of another service, with the same name and
// parameters. It stays where it is: a service without some of its tools is no service.
func (c clones) link(t *scaler.Tool) {
	if t == nil {
		return
	}
	key := signature(t)
	first, ok := c[key]
	switch {
	case !ok:
		c[key] = clone{t.ID, t.Service}
	case first.service != t.Service:
		t.CloneOf = first.id
	}
}

// signature hashes what makes two tools the same: the words of the name, and the
// names of the parameters in any order.
func signature(t *scaler.Tool) uint64 {
	params := propertyNames(t.Parameters)
	parts := make([]string, 0, len(params))
	for _, p := range params {
		parts = append(parts, words.Snake(p))
	}
	return hash(append([]string{words.Snake(t.Name)}, sorted(parts)...))
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
