package spec

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// parseYAML reads the first document of a YAML text. Aliases share the value of
// their anchor, so a text that expands to terabytes costs nothing here. With an
// error it returns what stood before the broken line, the last objects marked cut.
func parseYAML(data string) (any, error) {
	root, err := loadYAML(data)
	if err == nil {
		return root, nil
	}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		if line, _ := strconv.Atoi(m[1] + m[2]); line > 1 {
			return salvageYAML(data, line-1), err
		}
	}
	return nil, err
}

var yamlLine = regexp.MustCompile(`line (\d+)|\bL(\d+)\.C`)

func loadYAML(data string) (any, error) {
	loader, err := yaml.NewLoader(strings.NewReader(data),
		yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(maxDepth))))
	if err != nil {
		return nil, err
	}
	var node yaml.Node
	if err := loader.Load(&node); err != nil {
		return nil, oneLine(err)
	}
	c := yamlConverter{open: map[*yaml.Node]bool{}, done: map[*yaml.Node]any{}}
	return c.value(&node, 0)
}

// oneLine shortens the library's report to its first line of content.
func oneLine(err error) error {
	text := strings.TrimSpace(strings.ReplaceAll(err.Error(), "\n", " "))
	if len(text) > 200 {
		text = text[:200]
	}
	return errors.New(text)
}

// salvageYAML reads the lines before the broken one. The error often stands a
// few lines after its cause, so it goes back further until the rest is sound.
func salvageYAML(data string, lines int) any {
	end := 0
	ends := make([]int, 0, lines)
	for range lines {
		n := strings.IndexByte(data[end:], '\n')
		if n < 0 {
			break
		}
		end += n + 1
		ends = append(ends, end)
	}
	for back := 0; back < 64 && back < len(ends); back = back*2 + 1 {
		root, err := loadYAML(data[:ends[len(ends)-1-back]])
		if err == nil {
			markCut(root)
			return root
		}
	}
	return nil
}

// markCut marks the objects that end the document: more of them may be missing.
func markCut(v any) {
	for {
		switch x := v.(type) {
		case *object:
			x.cut = true
			if x.len() == 0 {
				return
			}
			v = x.values[x.len()-1]
		case []any:
			if len(x) == 0 {
				return
			}
			v = x[len(x)-1]
		default:
			return
		}
	}
}

// maxMerged bounds what << keys copy: they are the one way in which YAML grows
// while it is read.
const maxMerged = 1 << 20

var errMerged = fmt.Errorf("<< keys merge more than %d keys", maxMerged)

// A yamlConverter turns nodes into values.
type yamlConverter struct {
	merged int                 // keys copied by << so far
	open   map[*yaml.Node]bool // anchors being converted: an alias to one is a cycle
	done   map[*yaml.Node]any
}

func (c *yamlConverter) value(n *yaml.Node, depth int) (any, error) {
	if depth > maxDepth {
		return nil, errDepth
	}
	switch n.Kind {
	case yaml.DocumentNode:
		if len(n.Content) == 0 {
			return nil, nil
		}
		return c.value(n.Content[0], depth)
	case yaml.AliasNode:
		return c.alias(n.Alias, depth)
	case yaml.ScalarNode:
		return yamlScalar(n), nil
	case yaml.SequenceNode:
		return c.anchored(n, depth, c.list)
	case yaml.MappingNode:
		return c.anchored(n, depth, c.mapping)
	}
	return nil, nil
}

func (c *yamlConverter) alias(n *yaml.Node, depth int) (any, error) {
	if v, ok := c.done[n]; ok {
		return v, nil
	}
	if n == nil || c.open[n] {
		return nil, nil
	}
	return c.value(n, depth)
}

func (c *yamlConverter) anchored(n *yaml.Node, depth int, convert func(*yaml.Node, int) (any, error)) (any, error) {
	if n.Anchor == "" {
		return convert(n, depth)
	}
	c.open[n] = true
	v, err := convert(n, depth)
	c.open[n] = false
	c.done[n] = v
	return v, err
}

func (c *yamlConverter) list(n *yaml.Node, depth int) (any, error) {
	out := make([]any, 0, len(n.Content))
	for _, e := range n.Content {
		v, err := c.value(e, depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (c *yamlConverter) mapping(n *yaml.Node, depth int) (any, error) {
	o := &object{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		v, err := c.value(n.Content[i+1], depth+1)
		if err != nil {
			return nil, err
		}
		if key := n.Content[i]; key.Kind == yaml.ScalarNode && key.Value == "<<" && key.Style == 0 {
			if c.mergeKeys(o, v); c.merged > maxMerged {
				return nil, errMerged
			}
		} else {
			o.set(c.key(key, depth), v)
		}
	}
	return o, nil
}

// key returns a key as text. A map as a key is legal YAML ({id}: without quotes
// in a path) and becomes its JSON text.
func (c *yamlConverter) key(n *yaml.Node, depth int) string {
	if n.Kind == yaml.ScalarNode {
		return n.Value
	}
	v, err := c.value(n, depth+1)
	if err != nil {
		return ""
	}
	if o, ok := v.(*object); ok && len(o.keys) == 1 && o.values[0] == nil {
		return "{" + o.keys[0] + "}"
	}
	return fmt.Sprintf("%.200s", encodeBounded(v))
}

// mergeKeys adds what a << key refers to, without replacing keys of the object.
func (c *yamlConverter) mergeKeys(o *object, v any) {
	switch v := v.(type) {
	case *object:
		c.merged += v.len()
		for k, e := range v.all() {
			if !o.has(k) {
				o.set(k, e)
			}
		}
	case []any:
		for _, e := range v {
			if m, ok := e.(*object); ok && c.merged <= maxMerged {
				c.mergeKeys(o, m)
			}
		}
	}
}

// yamlScalar resolves a plain scalar by the YAML 1.2 core rules. Timestamps
// (also impossible ones), a bare = and numbers with leading zeros stay strings.
func yamlScalar(n *yaml.Node) any {
	s := strings.ToValidUTF8(n.Value, "\ufffd")
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 || n.Tag == "!!str" && n.Style&yaml.TaggedStyle != 0 {
		return s
	}
	switch s {
	case "", "~", "null", "Null", "NULL":
		return nil
	case "true", "True", "TRUE":
		return true
	case "false", "False", "FALSE":
		return false
	}
	if number, ok := yamlNumber(s); ok {
		return number
	}
	return s
}

var decimal = regexp.MustCompile(`^[-+]?(0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?$`)

func yamlNumber(s string) (json.Number, bool) {
	if c := s[0]; c != '-' && c != '+' && (c < '0' || c > '9') {
		return "", false
	}
	if strings.HasPrefix(s, "0x") {
		n, err := strconv.ParseUint(s[2:], 16, 64)
		return json.Number(strconv.FormatUint(n, 10)), err == nil
	}
	if !decimal.MatchString(s) {
		return "", false
	}
	s = strings.TrimPrefix(s, "+")
	if i := strings.IndexByte(s, '.'); i >= 0 && (i+1 == len(s) || s[i+1] < '0' || s[i+1] > '9') {
		s = s[:i+1] + "0" + s[i+1:]
	}
	return json.Number(s), true
}
