package task

import (
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// A goal is one thing the user wants, once its call has been made.
type goal struct {
	draft
	labels map[string]string // parameter path -> the fact that tells it
	before int               // how many facts there were before it
	ask    question          // of a read
	reply  []scaler.Fact
	result sandbox.Result
}

// A question is what a read is asked for: columns of one row, of the rows of a
// list, or of the one that leads a list.
type question struct {
	labels []string // "due date", "status"
	plural bool     // of each row of a list
	most   string   // "the highest rating": of the row that has it
	count  bool     // how many there are
}

const depth = 3 // look-ups on the way to one argument

// achieve finds where the draft's values come from, looking up what the user
// cannot tell, and makes the call.
func (w *walk) achieve(d draft) (goal, bool) {
	g := goal{draft: d, labels: map[string]string{}, before: len(w.facts.list)}
	sources, ok := w.sources(&g)
	if !ok {
		return g, false
	}
	g.result, ok = w.call(d.tool, d.args, sources)
	if ok && g.result.Refused == nil {
		w.hold(d)
	}
	return g, ok
}

// hold notes that the latest output shows the row the call was about.
func (w *walk) hold(d draft) {
	table, ok := w.horizon.view.world.Schema.Table(d.target.table)
	if !ok {
		return
	}
	last := len(w.outs) - 1
	if here, rivals, ok := find(w.outs[last], table, d.target.key); ok && len(rivals) == 0 {
		w.held = append(w.held, held{d.target, last, here.path})
	}
}

// sources says where each of the draft's values comes from.
func (w *walk) sources(g *goal) ([]scaler.Source, bool) {
	var out []scaler.Source
	for _, a := range g.leaves {
		src, ok := w.origin(g, a)
		if !ok {
			return nil, false
		}
		src.Param = a.path
		if src.From == "user" {
			g.labels[a.path] = src.Label
		}
		out = append(out, src)
	}
	return out, true
}

func (w *walk) origin(g *goal, a argument) (scaler.Source, bool) {
	switch {
	case a.row != (row{}):
		return w.learn(a.row, depth)
	case a.fixed != nil && plain(a.fixed) == plain(a.value):
		return scaler.Source{From: "default"}, true
	}
	if to, ok := w.horizon.view.points(a.bind); ok && a.bind.Role != "set" {
		return scaler.Source{From: "user", Label: w.facts.add(keyLabel(to), a.value, exact)}, true
	}
	if src, ok := w.echoed(a); ok && a.like != (row{}) {
		return src, true
	}
	c, _ := w.columnOf(a.param)
	how := mannerOf(lastName(a.path), firstOf(a.format, c.Format), c.Semantic, len(a.enum) > 0 || len(c.Enum) > 0)
	l := w.facts.add(w.argumentLabel(g.tool, a), a.value, how)
	if g.tool.Effect == scaler.Write && a.bind.Role != "filter" && a.bind.Role != "key" {
		w.wishes[l] = true
	}
	return scaler.Source{From: "user", Label: l}, true
}

func (w *walk) columnOf(p param) (scaler.Column, bool) {
	t, ok := w.horizon.view.world.Schema.Table(p.bind.Table)
	if !ok {
		return scaler.Column{}, false
	}
	return t.Column(p.bind.Column)
}

// argumentLabel is what people call a value that they give: what is looked for
// is called as the column is, what is to be by its name alone, and "new" where
// the same name tells already what was.
func (w *walk) argumentLabel(t *tool, p argument) string {
	table, ok := w.horizon.view.world.Schema.Table(p.bind.Table)
	entity := ""
	if ok {
		entity = table.Entity
	}
	if p.bind.Role == "filter" && p.bind.Op == "" && ok && plainPath(p.path) == p.bind.Column {
		return columnLabel(table, p.bind.Column)
	}
	if t.Effect != scaler.Write {
		return label(p.path, entity)
	}
	l := label(p.path, "")
	if _, same := w.facts.saying(l, p.value); same {
		return l
	}
	_, plain := w.facts.get(l)
	_, full := w.facts.get(heading(entity) + " " + l)
	if (plain || full) && p.bind.Role == "set" && !strings.HasPrefix(l, "new ") {
		return "new " + l
	}
	return l
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
