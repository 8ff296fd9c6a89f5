package export

import (
	"cmp"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
)

// A Manifest is what a dataset says of itself, in manifest.json for programs
// and in README.md for people.
type Manifest struct {
	Version    string       `json:"version"`
	Hash       string       `json:"hash"` // of all rows in order: two datasets with one hash are the same
	Rows       int          `json:"rows"`
	Parts      []PartCount  `json:"parts"`
	Domains    []Domain     `json:"domains"`
	Families   []Family     `json:"families"`
	Formats    []Coverage   `json:"formats"`
	Provenance []Provenance `json:"provenance"`

	funnel  scaler.Report
	command string
	origins map[scaler.ToolID]scaler.Place
	worlds  map[scaler.WorldID]bool // counted in Provenance already
	tools   map[scaler.ToolID]bool
}

// A PartCount is one file of rows.
type PartCount struct {
	Part
	Rows   int    `json:"rows"`
	SHA256 string `json:"sha256"`
}

// A Domain is where one domain's rows went.
type Domain struct {
	ID   scaler.DomainID `json:"id"`
	Name string          `json:"name"`
	Part
	Rows int `json:"rows"`
}

// A Family counts the rows of a task family, and those in which a tool call
// failed on the way.
type Family struct {
	Name       scaler.Family `json:"name"`
	Rows       int           `json:"rows"`
	WithErrors int           `json:"with_errors"`
}

// A Coverage says how many rows a form holds, and why it lacks the others.
type Coverage struct {
	Name    string         `json:"name"`
	Rows    int            `json:"rows"`
	Skipped map[string]int `json:"skipped,omitempty"`
}

// Provenance says how many tools of the dataset's worlds come from one file.
type Provenance struct {
	File    string `json:"file"`
	Licence string `json:"licence"`
	Tools   int    `json:"tools"`
}

func newManifest(e Exporter, p plan) *Manifest {
	m := &Manifest{Version: scaler.Version, funnel: e.Funnel, command: e.Command, origins: e.Origins,
		worlds: map[scaler.WorldID]bool{}, tools: map[scaler.ToolID]bool{}}
	for _, f := range Formats {
		m.Formats = append(m.Formats, Coverage{Name: f.Name})
	}
	for _, part := range parts {
		for _, where := range p {
			if where == part {
				m.Parts = append(m.Parts, PartCount{Part: part})
				break
			}
		}
	}
	return m
}

// count enters a row.
func (m *Manifest) count(row Row, where Part) {
	m.Rows++
	m.part(where).Rows++
	m.domain(row.World, where).Rows++
	f := m.family(row.Task.Family)
	f.Rows++
	if row.Verdict.Errors > 0 {
		f.WithErrors++
	}
	for i := range m.Formats {
		m.Formats[i].Rows++
	}
	if m.worlds[row.World.ID] {
		return
	}
	m.worlds[row.World.ID] = true
	for _, t := range row.World.Tools {
		if !m.tools[t.Tool] {
			m.tools[t.Tool] = true
			m.provenance(m.origins[t.Tool]).Tools++
		}
	}
}

func (m *Manifest) part(p Part) *PartCount {
	i := slices.IndexFunc(m.Parts, func(c PartCount) bool { return c.Part == p })
	return &m.Parts[i]
}

func (m *Manifest) domain(w *scaler.World, where Part) *Domain {
	i, ok := slices.BinarySearchFunc(m.Domains, w.Domain, func(d Domain, id scaler.DomainID) int { return cmp.Compare(d.ID, id) })
	if !ok {
		m.Domains = slices.Insert(m.Domains, i, Domain{ID: w.Domain, Name: w.Name, Part: where})
	}
	return &m.Domains[i]
}

func (m *Manifest) family(name scaler.Family) *Family {
	i, ok := slices.BinarySearchFunc(m.Families, name, func(f Family, name scaler.Family) int { return cmp.Compare(f.Name, name) })
	if !ok {
		m.Families = slices.Insert(m.Families, i, Family{Name: name})
	}
	return &m.Families[i]
}

func (m *Manifest) provenance(p scaler.Place) *Provenance {
	file := fileName(p)
	i, ok := slices.BinarySearchFunc(m.Provenance, file, func(p Provenance, file string) int { return cmp.Compare(p.File, file) })
	if !ok {
		m.Provenance = slices.Insert(m.Provenance, i, Provenance{File: file, Licence: licence(p)})
	}
	return &m.Provenance[i]
}

// fileName names a file as a stranger may see it: without the folders of this
// machine above the source, and without what follows a URL's path.
func fileName(p scaler.Place) string {
	if p.Source == "" && p.File == "" {
		return "unknown"
	}
	source, _, _ := strings.Cut(p.Source, "?")
	source, file := filepath.Base(source), filepath.ToSlash(p.File)
	if source == file {
		return file
	}
	return path.Join(source, file)
}

// skip takes a row out of the count of a form that cannot hold it.
func (m *Manifest) skip(format string, why error) {
	i := slices.IndexFunc(m.Formats, func(c Coverage) bool { return c.Name == format })
	c := &m.Formats[i]
	c.Rows--
	if c.Skipped == nil {
		c.Skipped = map[string]int{}
	}
	c.Skipped[why.Error()]++
}

// report is the manifest as a stage's report.
func (m *Manifest) report() scaler.Report {
	r := scaler.Report{Stage: "export"}
	r.Add("rows", m.Rows)
	r.Add("domains", len(m.Domains))
	for _, p := range m.Parts {
		r.Add(p.Config+" "+p.Split, p.Rows)
	}
	for _, f := range m.Formats {
		for _, why := range slices.Sorted(maps.Keys(f.Skipped)) {
			r.Add("left out of "+f.Name+": "+why, f.Skipped[why])
		}
	}
	return r
}
