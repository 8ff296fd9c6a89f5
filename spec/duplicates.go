package spec

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/agentscaler/scaler/internal/words"
)

// An imprint is what stays in memory of a service while the rest of the input is read.
type imprint struct {
	name       string
	family     string // the same for versions of one API
	version    string
	whole      uint64   // equal for services with the same tools
	small      bool     // so few tools that two services may have them by chance
	operations []uint64 // one per tool, sorted
}

// fingerprint takes the imprint of a service.
func fingerprint(s *Service) imprint {
	p := imprint{version: s.Version}
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
	if p.small = len(slices.Compact(sorted(slices.Clone(tools)))) < 4; p.small { // the descriptions must agree as well
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
		imprints, err := r.collect(&sp, readings)
		if err != nil {
			yield(Item{}, err)
			return
		}
		rulings, clones, n := judge(imprints), clones{}, 0
		for items, err := range sp.all() {
			if err != nil {
				yield(Item{}, err)
				return
			}
			for _, item := range items {
				if ruling := rulings[n]; item.Tool != nil && ruling.reason != "" {
					item = rejectTool(item.Tool, ruling.reason, ruling.detail)
				}
				clones.link(item.Tool)
				if !yield(item, nil) {
					return
				}
			}
			n++
		}
	}
}

// collect writes what is read into the spool and returns one imprint per group,
// an empty one for what is no service.
func (r Reader) collect(sp *spool, readings iter.Seq2[reading, error]) ([]imprint, error) {
	var imprints []imprint
	names, repeats := names{}, repeats{}
	kept := counter{limit: r.Limit}
	for reading, err := range readings {
		if err != nil {
			return nil, err
		}
		for _, s := range reading.services {
			if s.Loose {
				repeats.drop(&s)
			}
			names.identify(&s)
			p := fingerprint(&s)
			imprints = append(imprints, p)
			kept.add(p)
			if err := sp.write(s.Items); err != nil {
				return nil, err
			}
		}
		if len(reading.items) > 0 {
			imprints = append(imprints, imprint{})
			if err := sp.write(reading.items); err != nil {
				return nil, err
			}
		}
		if kept.enough() {
			break
		}
	}
	return imprints, nil
}

// A counter says when enough tools have been read for a limit: duplicates do not count.
type counter struct {
	limit, n int
	best     map[string]int
	seen     map[uint64]bool
}

func (c *counter) add(p imprint) {
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
func judge(imprints []imprint) []ruling {
	rulings := make([]ruling, len(imprints))
	families := map[string][]int{}
	for i, p := range imprints {
		if p.version != "" && len(p.operations) > 0 {
			families[p.family] = append(families[p.family], i)
		}
	}
	for i, p := range imprints {
		for _, j := range families[p.family] {
			if j != i && newer(imprints[j].version, p.version) && overlap(p.operations, imprints[j].operations) {
				rulings[i] = ruling{"older-version", "of " + imprints[j].name}
			}
		}
	}
	first := map[uint64]int{}
	for i, p := range imprints {
		if len(p.operations) == 0 || rulings[i].reason != "" {
			continue
		}
		if j, ok := first[p.whole]; ok && p.small && !related(p.name, imprints[j].name) {
			continue
		} else if ok {
			rulings[i] = ruling{"duplicate-service", "of " + imprints[j].name}
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

// repeats remembers the tools of loose services: what stands a hundred times in a
// list of questions is one tool.
type repeats map[uint64]bool

// drop turns away the tools that repeat one seen before, word for word.
func (r repeats) drop(s *Service) {
	for i, item := range s.Items {
		t := item.Tool
		if t == nil {
			continue
		}
		name := cmp.Or(t.Title, t.Name) // the name as it was written
		key := hash([]string{name, t.Description, string(t.Parameters), string(t.Result)})
		if r[key] {
			t.Name = name
			s.Items[i] = rejectTool(t, "repeat", "")
		}
		r[key] = true
	}
}

// related says whether the names of two services have a word in common: two
// listings with one endpoint called graphql may have nothing else to do with each other.
func related(a, b string) bool {
	have := map[string]bool{}
	for _, w := range words.Split(a) {
		have[w] = true
	}
	return slices.ContainsFunc(words.Split(b), func(w string) bool { return have[w] && !genericWords[w] && startsLetter(w) })
}

func startsLetter(w string) bool { return w[0] < '0' || w[0] > '9' }
