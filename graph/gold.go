package graph

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
)

// A Gold is a set of tools with the dependencies that are known to be right. It
// is read from tools.jsonl and edges.jsonl; what was derived from the tools'
// specification (declared sources of values, resource traits) stands in the
// edges only, so a graph of the tools is made without it.
type Gold struct {
	Name  string
	Lines int           // tools as listed; a set may list a tool twice
	Tools []scaler.Tool // each once; Service is the set's doc, a name is unique in its doc
	Edges []Prediction
}

// A Prediction says that From feeds To, in the words of the gold sets.
type Prediction struct {
	Doc   string  `json:"doc,omitempty"`
	From  string  `json:"from"`
	To    string  `json:"to"`
	Param string  `json:"to_param,omitempty"`
	Score float64 `json:"score,omitempty"`
}

// goldTool is a line of tools.jsonl; parameters are a JSON Schema or a flat list.
type goldTool struct {
	Doc, ID, Method, Path, Summary, Description, Field, Suite string

	Parameters json.RawMessage
	Params     []goldField
	Inputs     []string
	Outputs    []json.RawMessage
}

type goldField struct {
	Name, Path, In, Type, Description string
	Required                          bool
}

// ReadGold reads a gold set's folder.
func ReadGold(dir string) (Gold, error) {
	g := Gold{Name: filepath.Base(filepath.Clean(dir))}
	known := map[scaler.ToolID]bool{}
	err := eachLine(filepath.Join(dir, "tools.jsonl"), func(line goldTool) {
		g.Lines++
		if t := line.tool(); !known[t.ID] {
			known[t.ID] = true
			g.Tools = append(g.Tools, t)
		}
	})
	if err != nil {
		return g, err
	}
	err = eachLine(filepath.Join(dir, "edges.jsonl"), func(e Prediction) {
		if e.From != e.To {
			g.Edges = append(g.Edges, e)
		}
	})
	return g, err
}

func eachLine[T any](file string, do func(T)) error {
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("gold set: %w", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return fmt.Errorf("gold set: %s:%d: %w", file, n, err)
		}
		do(v)
	}
	return lines.Err()
}

// tool returns the line as a tool of its own service.
func (t goldTool) tool() scaler.Tool {
	out := scaler.Tool{
		ID: scaler.ToolID(t.Doc + "\x00" + t.ID), Name: t.ID, Service: t.Doc, Method: t.Method, Path: t.Path,
		Description: strings.TrimSpace(t.Summary + ". " + t.Description), Parameters: t.Parameters, In: map[string]string{},
	}
	if t.Summary == "" {
		out.Description = t.Description
	}
	if len(t.Parameters) == 0 {
		for _, name := range t.Inputs {
			t.Params = append(t.Params, goldField{Name: name, Required: true})
		}
		in, _ := splitFields(t.Params)
		out.Parameters = in
		for _, p := range t.Params {
			out.In[p.Name] = p.In
		}
	}
	var results []goldField
	for _, raw := range t.Outputs {
		var f goldField
		if json.Unmarshal(raw, &f) != nil {
			_ = json.Unmarshal(raw, &f.Path)
		}
		f.Name = f.Path
		results = append(results, f)
	}
	if schema, n := splitFields(results); n > 0 {
		out.Result, out.ResultFrom = schema, scaler.Declared
	}
	return out
}

// A shape is a JSON Schema put together again from dotted paths.
type shape struct {
	Type        string            `json:"type,omitempty"`
	Description string            `json:"description,omitempty"`
	Properties  map[string]*shape `json:"properties,omitempty"`
	Items       *shape            `json:"items,omitempty"`
	Required    []string          `json:"required,omitempty"`
}

// splitFields returns the schema that has these fields, and how many they are.
func splitFields(fields []goldField) (json.RawMessage, int) {
	root := &shape{Type: "object"}
	n := 0
	for _, f := range fields {
		if f.Name == "" {
			continue
		}
		n++
		at := root
		steps := strings.Split(strings.ReplaceAll(f.Name, "[]", ".[]"), ".")
		steps = slices.DeleteFunc(steps, func(s string) bool { return s == "" })
		for i, step := range steps {
			if i == len(steps)-1 && f.Required && step != "[]" && !slices.Contains(at.Required, step) {
				at.Required = append(at.Required, step)
			}
			at = at.step(step)
		}
		at.Type, at.Description = f.Type, f.Description
	}
	if root.Items != nil && len(root.Properties) == 0 {
		root.Type = "array"
	}
	raw, err := json.Marshal(root)
	if err != nil {
		panic(err) // unreachable: strings and maps of strings marshal
	}
	return raw, n
}

func (s *shape) step(name string) *shape {
	if name == "[]" {
		if s.Items == nil {
			s.Items = &shape{}
		}
		return s.Items
	}
	if s.Properties == nil {
		s.Properties = map[string]*shape{}
	}
	if s.Properties[name] == nil {
		s.Properties[name] = &shape{}
	}
	return s.Properties[name]
}

// Predictions returns the dependencies of a graph of the set's tools in the
// words of the gold sets.
func (g Gold) Predictions(deps []scaler.Dependency) []Prediction {
	out := make([]Prediction, 0, len(deps))
	for _, d := range deps {
		doc, from, _ := strings.Cut(string(d.From), "\x00")
		_, to, _ := strings.Cut(string(d.To), "\x00")
		out = append(out, Prediction{Doc: doc, From: from, To: to, Param: d.Param, Score: d.Score})
	}
	slices.SortStableFunc(out, func(x, y Prediction) int { return cmp.Compare(x.Doc, y.Doc) })
	return out
}
