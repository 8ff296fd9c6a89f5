package planner

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// answer says how each goal ended, and the facts that were asked for.
func (pl *plan) answer() string {
	if len(pl.goals) == 0 {
		return pl.voice.noGoal()
	}
	var said []string
	for i, e := range pl.ends {
		if text := pl.report(pl.goals[i], e); text != "" {
			said = append(said, text)
		}
	}
	return strings.Join(said, " ")
}

func (pl *plan) report(g goal, e end) string {
	switch e.state {
	case reached:
		return pl.success(g, pl.talk.calls[e.call])
	case denied:
		return pl.voice.refused(deed(g.tool), strings.TrimRight(pl.talk.calls[e.call].message, ". "))
	case lost:
		if e.lacks != nil {
			return pl.voice.lacking(deed(g.tool), e.lacks.label)
		}
		return pl.voice.lacking(deed(g.tool), "right details")
	}
	return ""
}

// deed names what a tool does: "cancel order".
func deed(t *tool) string { return strings.Join(words.Split(t.name), " ") }

// success tells what a call achieved.
func (pl *plan) success(g goal, c made) string {
	items, isList := listIn(c.result)
	if g.tool.writes {
		text := pl.voice.done(deed(g.tool))
		if o, ok := c.result.(*pyjson.Object); ok {
			text += " " + sentenceOf(pl.news(c, o))
		}
		return text
	}
	if isList {
		return pl.tellList(g, items)
	}
	if o, ok := c.result.(*pyjson.Object); ok {
		return pl.tellRow(g, o)
	}
	return pl.voice.found() + " " + say(c.result) + "."
}

// A fact is one named value of a result.
type fact struct {
	name  string
	value any
	words []string
}

// facts flattens an object into its scalars.
func facts(prefix string, o *pyjson.Object) []fact {
	var out []fact
	for name, v := range o.All() {
		full := strings.TrimSpace(prefix + " " + phrase(name))
		if sub, ok := v.(*pyjson.Object); ok {
			out = append(out, facts(full, sub)...)
			continue
		}
		out = append(out, fact{full, v, lex.Words(full)})
	}
	return out
}

// phrase writes a field's name in words.
func phrase(name string) string {
	w := words.Split(name)
	for i := range w {
		if w[i] == "id" {
			w[i] = "ID"
		}
	}
	return strings.Join(w, " ")
}

// tellRow answers from one record: the fields asked for, or all that are short.
func (pl *plan) tellRow(g goal, o *pyjson.Object) string {
	all := facts("", o)
	chosen := asked(g, all)
	if len(chosen) == 0 {
		chosen = short(all)
	}
	return pl.voice.found() + " " + sentenceOf(chosen)
}

// asked returns the facts whose names the clause says.
func asked(g goal, all []fact) []fact {
	var out []fact
	for _, f := range all {
		if len(f.words) > 0 && allSaid(g.clause.words, f.words) {
			out = append(out, f)
		}
	}
	return out
}

func allSaid(said, want []string) bool {
	for _, w := range want {
		if !slices.ContainsFunc(said, func(s string) bool { return lex.Akin(s, w) >= 0.8 }) {
			return false
		}
	}
	return true
}

// news is what a write's result tells beyond what was asked for: what it is now,
// what it costs.
func (pl *plan) news(c made, o *pyjson.Object) []fact {
	var out []fact
	for i, f := range short(facts("", o)) {
		_, amount := numberOf(f.value)
		text := say(f.value)
		key := len(f.words) > 0 && keyStems[f.words[len(f.words)-1]]
		switch {
		case key && i > 0, strings.Count(text, " ") > 3 && !pl.talk.now.IsZero() && !amount && !strings.Contains(text, " at "):
		case i > 0 && pl.talk.says(f.value) && !isWord(text):
		default:
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b fact) int { return weighty(b) - weighty(a) })
	return out[:min(8, len(out))]
}

// weighty puts keys, states and amounts before the rest.
func weighty(f fact) int {
	_, amount := numberOf(f.value)
	if amount || isWord(say(f.value)) || len(f.words) > 0 && keyStems[f.words[len(f.words)-1]] {
		return 1
	}
	return 0
}

// isWord says whether a text may be the name of a state.
func isWord(text string) bool { return strings.Trim(text, "abcdefghijklmnopqrstuvwxyz ") == "" }

// short leaves out links, long texts and empty values.
func short(all []fact) []fact {
	var out []fact
	for _, f := range all {
		if list, ok := f.value.([]any); ok && (len(list) == 0 || !scalar(list[0])) {
			continue
		}
		if text := say(f.value); f.value != nil && len(text) <= 80 && !strings.Contains(text, "://") && len(out) < 14 {
			out = append(out, f)
		}
	}
	return out
}

// sentenceOf joins facts into one sentence.
func sentenceOf(list []fact) string {
	if len(list) == 0 {
		return ""
	}
	parts := make([]string, len(list))
	for i, f := range list {
		parts[i] = "the " + f.name + " is " + say(f.value)
	}
	text := parts[0]
	if n := len(parts); n > 1 {
		text = strings.Join(parts[:n-1], ", ") + " and " + parts[n-1]
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// listIn returns the objects of a result that is a list, or holds one.
func listIn(v any) ([]*pyjson.Object, bool) {
	switch v := v.(type) {
	case []any:
		var out []*pyjson.Object
		for _, item := range v {
			if o, ok := item.(*pyjson.Object); ok {
				out = append(out, o)
			}
		}
		return out, len(out) == len(v)
	case *pyjson.Object:
		for _, sub := range v.All() {
			if list, ok := sub.([]any); ok && v.Len() <= 6 {
				if out, ok := listIn(list); ok {
					return out, true
				}
			}
		}
	}
	return nil, false
}

var (
	highest = regexp.MustCompile(`(?i)\b(?:highest|largest|biggest|most|greatest|maximum|longest|latest|newest)\s+([\p{L} ]+)`)
	lowest  = regexp.MustCompile(`(?i)\b(?:lowest|smallest|least|cheapest|minimum|shortest|fewest|earliest|oldest)\s+([\p{L} ]+)`)
	howMany = regexp.MustCompile(`(?i)\bhow many\b|\bnumber of [\p{L} ]*s (?:there|are|with)\b|\bcount\b`)
)

// tellList answers from a list: how many, the one that leads it, or each.
func (pl *plan) tellList(g goal, items []*pyjson.Object) string {
	text := g.clause.text
	switch {
	case len(items) == 0:
		return pl.voice.none()
	case howMany.MatchString(text):
		return pl.voice.found() + " There are " + strconv.Itoa(len(items)) + "."
	}
	if best := leader(items, text); best != nil {
		all := facts("", best)
		return pl.voice.found() + " " + sentenceOf(append(identity(all), asked(g, all)...))
	}
	if len(items) > 1 {
		if one := pl.meantOne(g, items); one != nil {
			return pl.tellRow(g, one)
		}
	}
	if len(items) == 1 {
		return pl.tellRow(g, items[0])
	}
	var lines []string
	for _, it := range items[:min(len(items), 10)] {
		all := short(facts("", it))
		lines = append(lines, "- "+inline(distinct(append(identity(all), asked(g, all)...))))
	}
	return pl.voice.found() + " There are " + strconv.Itoa(len(items)) + ":\n" + strings.Join(lines, "\n")
}

// meantOne returns the only item that the user's words single out.
func (pl *plan) meantOne(g goal, items []*pyjson.Object) *pyjson.Object {
	plural := slices.ContainsFunc(lowerWords(g.clause.text), func(w string) bool {
		return words.Singular(w) != w && slices.Contains(g.tool.nouns, lex.Stem(w))
	})
	if plural {
		return nil
	}
	var best *pyjson.Object
	top, next := 0.0, 0.0
	for _, it := range items {
		_, n := pl.mentioned(it, g)
		switch {
		case n > top:
			best, top, next = it, n, top
		case n > next:
			next = n
		}
	}
	if top > next {
		return best
	}
	return nil
}

// leader returns the item with the highest or lowest of what the text names.
func leader(items []*pyjson.Object, text string) *pyjson.Object {
	sign := 1.0
	found := highest.FindStringSubmatch(text)
	if found == nil {
		if found = lowest.FindStringSubmatch(text); found == nil {
			return nil
		}
		sign = -1
	}
	said := lex.Words(found[1])
	var best *pyjson.Object
	top := 0.0
	for _, it := range items {
		for _, f := range facts("", it) {
			x, ok := numberOf(f.value)
			if !ok || len(f.words) == 0 || !allSaid(said, f.words) {
				continue
			}
			if x *= sign; best == nil || x > top {
				best, top = it, x
			}
			break
		}
	}
	return best
}

func numberOf(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// identity is what tells one record from another: its key, name or title.
func identity(all []fact) []fact {
	var out []fact
	for i, f := range all {
		if len(f.words) == 0 || !scalar(f.value) || f.value == nil {
			continue
		}
		last := f.words[len(f.words)-1]
		if keyStems[last] && (len(f.words) == 1 || i == 0) || last == "nam" || last == "name" || last == "titl" || last == "email" || last == "number" {
			out = append(out, f)
		}
	}
	if len(out) == 0 && len(all) > 0 {
		out = all[:min(3, len(all))]
	}
	return out[:min(4, len(out))]
}

func distinct(list []fact) []fact {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(f fact) bool {
		old := seen[f.name]
		seen[f.name] = true
		return old
	})
}

func inline(list []fact) string {
	parts := make([]string, len(list))
	for i, f := range list {
		parts[i] = f.name + " " + say(f.value)
	}
	return strings.Join(parts, ", ")
}
