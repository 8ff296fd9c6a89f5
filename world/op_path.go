package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// A link is one noun of a REST path with the parameters that follow it.
type link struct {
	segment string
	noun    string
	params  []string
}

// readPath splits a REST path into nouns and a trailing verb.
func (o *op) readPath(path string) {
	path, custom, _ := strings.Cut(path, ":")
	if strings.Contains(path, "{") && strings.Count(path, "{") != strings.Count(path, "}") {
		path, custom = path+":"+custom, ""
	}
	for _, seg := range strings.Split(path, "/") {
		seg = strings.TrimSuffix(strings.TrimSuffix(seg, ".json"), ".xml")
		switch {
		case seg == "":
		case strings.Contains(seg, "{"):
			o.pathParam(seg)
		case len(o.path) == 0 && (versionLike[strings.ToLower(seg)] || isVersion(seg)):
		case isVersion(seg):
		default:
			o.path = append(o.path, link{segment: seg, noun: singularNoun(seg)})
		}
	}
	o.dropSelf()
	o.action = snake(custom)
	o.nameWhole()
	o.trailingVerb()
	o.innerVerb()
	o.qualified()
}

// dropSelf takes /me out of a path; alone it is the current user.
func (o *op) dropSelf() {
	for i, l := range o.path {
		if !selves[l.noun] || len(l.params) > 0 {
			continue
		}
		if i == len(o.path)-1 {
			o.path[i].noun = "current_user"
			return
		}
		o.path = append(o.path[:i:i], o.path[i+1:]...)
		return
	}
}

// pathParam adds the parameters of a segment to the noun before it.
func (o *op) pathParam(seg string) {
	for rest := seg; ; {
		_, after, ok := strings.Cut(rest, "{")
		if !ok {
			return
		}
		name, tail, _ := strings.Cut(after, "}")
		if len(o.path) == 0 {
			o.path = append(o.path, link{segment: name, noun: idStem(name)})
		}
		last := &o.path[len(o.path)-1]
		last.params = append(last.params, name)
		rest = tail
	}
}

func isVersion(seg string) bool {
	s := strings.ToLower(seg)
	if len(s) < 1 || s[0] != 'v' {
		return strings.Trim(s, "0123456789.-") == "" && s != ""
	}
	return strings.Trim(s[1:], "0123456789._-") == "" && len(s) > 1 || strings.HasPrefix(strings.Trim(s[1:], "0123456789"), "beta") || strings.HasPrefix(strings.Trim(s[1:], "0123456789"), "alpha")
}

// trailingVerb takes a verb off the end of the path: /orders/{id}/cancel,
// /orders/search.
func (o *op) trailingVerb() {
	n := len(o.path)
	if n == 0 || len(o.path[n-1].params) > 0 || o.action != "" {
		return
	}
	seg := words.Split(o.path[n-1].segment)
	if len(seg) == 0 {
		return
	}
	if one := words.Singular(seg[0]); o.movesTo(one) { // POST /cards/{id}/moves
		seg = []string{one}
	}
	kind, known := english.Verbs[seg[0]]
	if !known || len(seg) > 1 && english.Prepositions[seg[1]] || o.collects(seg) { // leave-of-absence is a noun
		return
	}
	after := n > 1 && len(o.path[n-2].params) > 0 // follows a key
	switch {
	case kind == scaler.List && n > 1, kind == scaler.Aggregate && n > 1, kind == scaler.Compute:
	case english.NounVerbs[seg[0]] && !(after && o.tool.Method == "POST" && len(seg) == 1):
		return
	case isPlural(seg[len(seg)-1]) && len(seg) == 1:
		return
	case n == 1 && len(seg) == 1:
		return
	}
	o.action = strings.Join(seg, "_")
	if n > 1 {
		o.path = o.path[:n-1]
	} else if len(seg) > 1 {
		o.path[0].noun = singularNoun(strings.Join(seg[1:], "_"))
	}
}

// movesTo says whether the last segment of a path names in the plural what the tool
// does to the row before it, and not what it makes there.
func (o *op) movesTo(verb string) bool {
	return len(o.path) > 1 && o.tool.Method == "POST" && verb != o.path[len(o.path)-1].segment && english.Verbs[verb] == scaler.Update &&
		slices.Contains(o.words, verb) && !isRowLike(shapeOf(o.result, verb).row)
}

// collects says whether the words of a segment are those of a collection, though
// they begin like a verb: muteConfigs of folders.muteConfigs.list.
func (o *op) collects(seg []string) bool {
	last := len(o.words) - 1
	return len(seg) > 1 && last > 0 && isPlural(seg[len(seg)-1]) && collectors[o.words[last]] &&
		last >= len(seg) && slices.Equal(o.words[last-len(seg):last], seg)
}
