package world

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// Some services name a row by its whole path, projects/p/locations/l/queues/q,
// and take that as one argument where the path spells out its segments. Such
// names are keys that tell under which row another lies.

// nameWhole gives the segments of a path that are no arguments the arguments
// that stand for them: one by one where there are as many, else the whole path
// to the last.
func (o *op) nameWhole() {
	var at []*string
	for i := range o.path {
		for j := range o.path[i].params {
			if _, ok := o.param(o.path[i].params[j]); ok {
				return
			}
			at = append(at, &o.path[i].params[j])
		}
	}
	var names []param
	for _, p := range o.params {
		if p.In == "path" {
			names = append(names, p)
		}
	}
	switch {
	case len(names) == 0 || len(at) == 0:
	case len(names) == len(at):
		o.whole = wholeName(names[0])
		for _, segment := range at {
			i := max(0, slices.IndexFunc(names, func(p param) bool { return singularStem(p.Name) == singularStem(*segment) }))
			*segment = names[i].Name
			names = slices.Delete(names, i, i+1)
		}
	case len(names) == 1:
		o.whole = names[0].Name
		if last := &o.path[len(o.path)-1]; !o.inCollection(names[0]) && len(last.params) == 0 && strings.HasSuffix(strings.TrimSuffix(names[0].Schema.Text("pattern"), "$"), "/"+last.segment) {
			last.params = []string{o.whole}
			return
		}
		*at[len(at)-1] = o.whole
	}
}

// singularStem is what an argument names, one of it: the advertiser of
// advertisersId.
func singularStem(name string) string { return singularNoun(idStem(name)) }

// wholeName returns the parameter's name if it takes a path of names.
func wholeName(p param) string {
	if pathPattern.MatchString(p.Schema.Text("pattern")) {
		return p.Name
	}
	return ""
}

// inCollection says whether the argument names the collection itself, as that of a
// list of projects/p/operations does.
func (o *op) inCollection(p param) bool {
	last := o.path[len(o.path)-1]
	return len(last.params) == 0 && isPlural(lastWord(snake(last.segment))) && o.tool.Effect == scaler.Read && strings.HasSuffix(p.Schema.Text("pattern"), "/"+last.segment+"$")
}

// pathPattern is the pattern of a path of names: ^projects/[^/]+/queues/[^/]+$.
var pathPattern = regexp.MustCompile(`^\^[A-Za-z]+/\[\^/\]\+(/[A-Za-z]+(/\[\^/\]\+)?)*\$$`)

// patternOfName returns the pattern of a path of names; where anything may follow
// the last collection, a name does.
func patternOfName(p param) string {
	pattern := p.Schema.Text("pattern")
	if rest, ok := strings.CutSuffix(pattern, "/.*$"); ok {
		pattern = rest + "/[^/]+$"
	}
	return pattern
}

// A naming says how the rows of a table are named: the name of what they lie
// under, the collection, and a word of their own.
type naming struct {
	under  string // the column that holds the name of what a row lies under
	within string // the column that holds that name with the collection
	forms  []form // none where rows are not named so
}

// A form is one way in which rows of a table are named.
type form struct {
	home       string // the pattern of the name of what the row lies under; empty at the top
	collection string
}

// nameRows finds how the tools of each table name its rows.
func (dr *draft) nameRows() {
	for _, t := range dr.atlas.tables {
		for _, o := range t.ops {
			if at := slices.IndexFunc(o.binds, func(b bind) bool { return b.p.Name == o.whole }); o.whole != "" && at >= 0 {
				dr.nameBy(t, o, o.binds[at])
			}
		}
	}
	for _, t := range dr.atlas.tables {
		key := t.find(t.Key)
		if !slices.ContainsFunc(t.naming.forms, func(f form) bool { return f.collection != "" }) || key.Type != "string" || key.Ref != "" || t.naming.under == t.Key {
			t.naming = naming{}
			continue
		}
		t.naming.settle()
		collection := t.naming.forms[0].collection
		own := words.Singular(lastWord(snake(collection)))
		if known := ownPlaces[collection]; known != "" {
			own = known
		} else {
			own += "-[1-9][0-9]{3}$"
		}
		key.Semantic, key.Format, key.Examples = "slug", "", nil
		key.Schema = json.RawMessage(`{"type": "string", "pattern": ` + string(pyjson.Marshal(collection+"/"+own)) + `}`)
	}
}

// nameBy notes what the argument that stands for a tool's path says of names.
func (dr *draft) nameBy(t *table, o *op, b bind) {
	pattern, of := patternOfName(b.p), t
	if len(o.path[len(o.path)-1].params) == 0 { // what the argument names is what the rows lie under
		column := b.Column
		if b.Role == roleRef && b.Table != t.Name {
			column = dr.atlas.refColumn(t, b)
		}
		if o.inCollection(b.p) {
			t.naming.within = column
			return
		}
		t.naming.under = column
		if of = dr.atlas.table(t.column(column).Ref); of == nil {
			t.naming.forms = append(t.naming.forms, form{home: pattern})
			return
		}
	}
	if f, ok := lastPair(pattern); ok {
		of.naming.forms = append(of.naming.forms, f)
	}
}

// settle puts the forms in order. What rows are only listed under is a form where
// no tool says how rows there are named: as elsewhere.
func (n *naming) settle() {
	named := slices.DeleteFunc(slices.Clone(n.forms), func(f form) bool { return f.collection == "" })
	slices.SortFunc(named, func(a, b form) int { return strings.Compare(a.home+" "+a.collection, b.home+" "+b.collection) })
	named = slices.Compact(named)
	for _, f := range n.forms {
		if f.collection == "" && !slices.ContainsFunc(named, func(x form) bool { return x.home == f.home }) {
			named = append(named, form{f.home, named[0].collection})
		}
	}
	n.forms = named
}

// lastPair splits the pattern of a name into that of what it lies under and its
// collection.
func lastPair(pattern string) (f form, ok bool) {
	rest, ok := strings.CutSuffix(pattern, "/[^/]+$")
	if !ok || !pathPattern.MatchString(pattern) {
		return f, false
	}
	i := strings.LastIndexByte(rest, '/')
	if i < 0 {
		return form{"", strings.TrimPrefix(rest, "^")}, true
	}
	return form{rest[:i] + "$", rest[i+1:]}, true
}

// places are what containers of names are called.
var places = map[string][]string{
	"project": {"harbor-prod", "atlas-dev"}, "location": {"us-central1", "europe-west1"}, "region": {"us-central1", "europe-west1"},
	"zone": {"us-central1-a", "europe-west1-b"}, "organization": {"410238956671", "589014426703"}, "folder": {"720418839956", "315502987741"},
	"account": {"284019375", "619340752"}, "customer": {"C03az79cb", "C04bx12qd"},
}

// ownPlaces are patterns of what places are called where they are rows.
var ownPlaces = map[string]string{"locations": someRegions + "$", "regions": someRegions + "$", "zones": someRegions + "-[abc]$"}

const someRegions = "(us-central1|us-east1|us-east4|us-west1|us-west2|europe-west1|europe-west3|europe-north1|asia-east1|asia-northeast1|asia-south1|australia-southeast1)"

// spelledOut returns the i-th example of a pattern of names; empty where it is none.
func spelledOut(pattern string, i int) string {
	if !pathPattern.MatchString(pattern) {
		return ""
	}
	var out []string
	for _, part := range strings.Split(strings.ReplaceAll(strings.Trim(pattern, "^$"), "[^/]+", "*"), "/") {
		if part != "*" {
			out = append(out, part)
			continue
		}
		kind := words.Singular(lastWord(snake(out[len(out)-1])))
		if known, ok := places[kind]; ok {
			out = append(out, known[i])
		} else {
			out = append(out, fmt.Sprintf("%s-%d", kind, 11+26*i))
		}
	}
	return strings.Join(out, "/")
}

// nextName writes the key of a new row: the next number, as the last word of a
// name under what the call says where rows are named so.
func (w *writer) nextName() string {
	next, n := "db."+w.t.Name+".next_id()", w.t.naming
	if n.under == "" || len(n.forms) == 0 || w.o.whole == "" {
		return next
	}
	collection := n.forms[0].collection
	if last := w.o.path[len(w.o.path)-1].segment; slices.ContainsFunc(n.forms, func(f form) bool { return f.collection == last }) {
		collection = last
	}
	p, _ := w.o.param(w.o.whole)
	own := next + `.split("/")[-1]`
	for _, q := range w.o.params {
		if n := snake(q.Name); q.In == "query" && q.Schema.Type() == "string" && (idStem(n) == singularNoun(collection) || idStem(n) == lastWord(singularNoun(collection))) {
			own = "(" + w.arg(q) + " or " + own + ")"
		}
	}
	return w.arg(p) + ` + "/` + collection + `/" + ` + own
}
