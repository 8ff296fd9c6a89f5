package task

import (
	"regexp"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// shown says whether a call before the latest has shown a value already, so
// that nobody needs the latest to tell it.
func (w *walk) shown(v any) bool {
	for _, out := range w.outs[:len(w.outs)-1] {
		if slices.ContainsFunc(nodes(out), func(n node) bool { return plain(n.value) == plain(v) }) {
			return true
		}
	}
	return false
}

// confirm chooses what a reply about a write has to say: the key of a new row,
// what else has become of it. old is the row before, nil for a new one.
func (w *walk) confirm(g *goal, old *pyjson.Object) {
	table, ok := w.horizon.view.world.Schema.Table(g.tool.Table)
	if !ok {
		return
	}
	out := w.outs[len(w.outs)-1]
	o, ok := out.(*pyjson.Object)
	if !ok {
		return
	}
	if own, ok := w.horizon.view.world.Schema.Table(g.target.table); ok && old != nil {
		here, _, found := find(out, own, g.target.key)
		if !found {
			return
		}
		table, o = own, here.value
	}
	if key, ok := o.Get(table.Key); ok && g.tool.Kind == scaler.Create && scalar(key) && !opaque(plain(key)) && w.tellsNew(key) {
		w.replyColumn(g, table, table.Key, key)
	}
	for _, c := range table.Columns {
		v, has := o.Get(c.Name)
		if has && len(g.reply) < 2 && worth(table, c.Name, v) && w.tellsNew(v) && c.Format != "date-time" && became(old, c.Name, v) {
			w.replyColumn(g, table, c.Name, v)
		}
	}
}

// became says whether a value is the outcome of a call: the row did not have it
// before, or there was no row.
func became(old *pyjson.Object, name string, v any) bool {
	if old == nil {
		_, text := v.(string)
		return !text || isSlug(v.(string))
	}
	before, _ := old.Get(name)
	return plain(before) != plain(v)
}

// worth says whether people would ask for a field: not for ids, links, nothing
// and yes or no.
func worth(table scaler.Table, name string, v any) bool {
	if _, ok := v.(bool); ok || !scalar(v) || v == "" || name == table.Key {
		return false
	}
	if n, ok := pyjson.Number(v); ok && (n == 0 || n >= 100 && n < 600 && (name == "status" || name == "code")) {
		return false // nothing, or the status of a response
	}
	if s, ok := v.(string); ok && (len(s) > 80 || opaque(s) || strings.Contains(s, "://")) {
		return false
	}
	if isIDName(name) || strings.Count(name, ".") > 1 || technical.MatchString(name) {
		return false
	}
	if _, found := table.Column(name); !found {
		return true
	}
	_, ok := human(table, name)
	return ok
}

// tellsNew says whether a value is none that the user has told already.
func (w *walk) tellsNew(v any) bool {
	return !slices.ContainsFunc(w.facts.list, func(f scaler.Fact) bool {
		return string(f.Value) == string(raw(v)) || states(f.Text, scaler.Fact{Text: plain(v)})
	})
}

// technical are fields of responses that nobody asks for.
var technical = regexp.MustCompile(`(?i)(meta|cursor|etag|checksum|hash|thumb|token|_ts$|timestamp|href|locale|encoding|schema)`)

func (w *walk) replyColumn(g *goal, table scaler.Table, name string, v any) {
	c, _ := table.Column(name)
	w.replyWith(g, columnLabel(table, name), v, mannerOf(name, c.Format, c.Semantic, len(c.Enum) > 0 || table.Status != nil && table.Status.Column == name))
}

func (w *walk) replyWith(g *goal, label string, v any, how manner) {
	s, isText := v.(string)
	if isText && isTime(s) {
		how = day
	}
	text, also := how.say(v)
	if isText && text == s {
		text = strings.TrimSuffix(text, ".")
	}
	if p := plain(v); p != text {
		also = others(text, append(also, p)...)
	}
	g.reply = append(g.reply, scaler.Fact{Label: label, Value: raw(v), Text: text, Also: also})
}

// shortLabel is a column's label without its entity, for use beside the entity.
func shortLabel(table scaler.Table, name string) string {
	l := columnLabel(table, name)
	if short, ok := strings.CutPrefix(l, heading(table.Entity)+" "); ok && short != "" {
		return short
	}
	return l
}
