package seed

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// A lair is the path under which one large cloud keeps the rows of a table, as
// requests spell it: a row's id is that path with the row's own values.
type lair struct {
	steps []lairStep
	kind  string // Microsoft.Network/virtualNetworks/subnets
}

// A lairStep is one segment of it: as it stands, or what a column says.
type lairStep struct {
	text   string
	column int // -1 for a text
}

var (
	providerPath = regexp.MustCompile(`^((?:/.*)?/providers/[^/]+(?:/[^/{}]+/\{[^/}]+\})+)(/[^{}]*)?$`)
	pathWord     = regexp.MustCompile(`^\{([^}]+)\}$`)
)

// findLairs finds the paths of tables among those of the tools.
func (f *seeder) findLairs(tools []scaler.WorldTool) {
	for _, t := range f.tables {
		var best string
		var by scaler.WorldTool
		for _, tool := range tools {
			path := tool.Path
			if tool.Table != t.Name || !strings.Contains(path, "/providers/") {
				continue
			}
			if !strings.HasSuffix(path, "}") {
				path += "/{" + t.Key + "}"
			}
			if providerPath.MatchString(path) && (best == "" || plainerPath(path, best)) {
				best, by = path, tool
			}
		}
		if best != "" {
			t.lair = f.lairOf(t, best, by)
		}
	}
}

// plainerPath prefers paths through a group, and of those the shorter.
func plainerPath(path, than string) bool {
	const group = "/resourceGroups/"
	if a, b := strings.Contains(path, group), strings.Contains(than, group); a != b {
		return a
	}
	return len(path) < len(than)
}

func (f *seeder) lairOf(t *table, path string, tool scaler.WorldTool) *lair {
	l := &lair{}
	inside := false // of a provider: names of kinds and of things take turns
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, segment := range segments {
		step := lairStep{text: segment, column: -1}
		if at := pathWord.FindStringSubmatch(segment); at != nil {
			step.column = t.columnOfParam(at[1], tool, i == len(segments)-1)
			if step.text, _ = f.in.Surrounding(at[1]); step.column < 0 && step.text == "" {
				step.text = f.sharedName(at[1])
			}
		} else if inside {
			l.kind += "/" + segment
		}
		if i > 0 && segments[i-1] == "providers" {
			l.kind, inside = segment, true
		}
		l.steps = append(l.steps, step)
	}
	return l
}

// sharedName is what a thing that no table holds is called in the whole world.
func (f *seeder) sharedName(param string) string {
	w := words.Split(param)
	if n := len(w); n > 1 && w[n-1] == "name" {
		w = w[:n-1]
	}
	return strings.Join(w, "-") + "-01"
}

// columnOfParam is the column that a parameter of a path speaks of; -1 for none.
func (t *table) columnOfParam(param string, tool scaler.WorldTool, last bool) int {
	if last {
		return t.column(t.Key)
	}
	if col := slices.Index(t.names, words.Snake(param)); col >= 0 {
		return col
	}
	for _, b := range tool.Binds {
		switch {
		case b.Param != param:
		case b.Table == t.Name && b.Column != "":
			return t.column(b.Column)
		case b.Table != "":
			return slices.IndexFunc(t.Columns, func(c scaler.Column) bool { return c.Ref == b.Table && c.Type != "array" })
		}
	}
	return -1
}

// layDown writes the row's id as the path under which it lies, and its type as
// the kinds on the way.
func (r *row) layDown() {
	l := r.t.lair
	if l == nil {
		r.moveHome()
		return
	}
	for col, s := range r.t.shapes {
		switch {
		case s.Type != "string" || r.t.Columns[col].Ref != "" || col == r.t.column(r.t.Key):
		case r.t.names[col] == "id" && (s.Format == "" || s.Format == "arm-id"):
			r.keep(col, r.path())
		case r.t.names[col] == "type" && len(s.Enum) == 0:
			r.keep(col, l.kind)
		}
	}
}

// moveHome puts the id of a row of no path of its own into the row's group.
func (r *row) moveHome() {
	id, group := slices.Index(r.t.names, "id"), slices.Index(r.t.names, "resource_group_name")
	if id < 0 || group < 0 || id == r.t.column(r.t.Key) {
		return
	}
	path, _ := r.values[id].(string)
	own, _ := r.values[group].(string)
	if strings.HasPrefix(path, "/subscriptions/") && own != "" {
		r.keep(id, groupInPath.ReplaceAllString(path, "/resourceGroups/"+own+"/"))
	}
}

var groupInPath = regexp.MustCompile(`/resourceGroups/[^/]+/`)

func (r *row) keep(col int, text string) {
	if r.t.shapes[col].Allows(text) {
		r.values[col] = text
	}
}

func (r *row) path() string {
	var b strings.Builder
	for _, step := range r.t.lair.steps {
		text := step.text
		if step.column >= 0 {
			if v := r.values[step.column]; v != nil {
				text = pyjson.Bare(v)
			}
		}
		b.WriteString("/" + text)
	}
	return b.String()
}
