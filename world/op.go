package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// An op is one tool while its world is being built: what its name, path and
// schemas say, and what has been decided about it.
type op struct {
	tool   scaler.Tool
	name   string   // unique in the world
	words  []string // of the name, without what all names of the service begin with
	params []param
	path   []link // the nouns of a REST path; nil for tools without one
	action string // the verb at the end of a path: cancel of /orders/{id}/cancel
	whole  string // the argument that stands for the path to its last name
	result schema.View
	keys   map[string]bool // what results of the domain call an address of their rows

	verb   string // the verb that decides the kind
	noun   string // the entity it is about
	nested string // the list column that the tool adds to
	part   string // what of the entity, where the name says: address of modify_order_address
	adjs   []string
	quals  []string // which of the entity's rows: public of list_public_gists
	plural bool     // the name or path speaks of many
	leads  bool     // the verb leads the name
	aside  bool     // the noun stands behind a preposition only
	silent bool     // it is declared to answer nothing
	unseen bool     // it changes rows, and no tool shows how

	kind     scaler.Kind
	upsert   bool // a create that takes a row that is there already
	table    *table
	shape    shape
	binds    []bind
	tier     scaler.Tier
	evidence []string
	wrote    []string // the tables its code may change
	status   *move
	sways    []sway // what it does to rows that its own refers to
	swaps    []swap
	picking  *picking
	paid     *param // the means of payment it takes
	booking  *booking
	grant    string   // the kind of what it gives
	stores   []stored // the lists given with its row that are rows of other tables
	entry    *entry   // what it does to a list of its row
	label    *labelling
	moved    *relocation
	clears   []string // the columns that it empties
	tie      string   // "+" where its row comes to lie under another, "-" where it does so no longer
	link     string   // "+" where it adds to a list of its row, "-" where it takes off one
}

// A param is one argument of a tool, or one property of the object that wraps
// the arguments.
type param struct {
	schema.Prop
	In   string // path, query, header, body
	Wrap string // the argument it is a property of; empty for arguments themselves
}

// path returns the parameter's dotted name.
func (p param) path() string {
	if p.Wrap != "" {
		return p.Wrap + "." + p.Name
	}
	return p.Name
}

// note records why something about the tool was decided, once.
func (o *op) note(parts ...string) {
	if text := strings.Join(parts, " "); !slices.Contains(o.evidence, text) {
		o.evidence = append(o.evidence, text)
	}
}

// newOp reads a tool whose name begins with so many words that say nothing. Full
// says that the last of them are what tools are about that name nothing else.
func newOp(t scaler.Tool, prefix int, full bool) *op {
	o := &op{tool: t, name: t.Name, result: schema.Parse(t.Result)}
	o.words = words.Split(t.Name)
	if prefix < len(o.words) {
		if full && !namesThing(o.words[prefix:]) {
			prefix--
		}
		o.words = o.words[prefix:]
	}
	for n := len(o.words) - 1; n > 1 && strings.Trim(o.words[n], "0123456789") == ""; n-- {
		o.words = o.words[:n] // the second tool of a name
	}
	o.readParams(schema.Parse(t.Parameters))
	if t.Method != "" {
		o.readPath(t.Path)
	}
	return o
}

// wrappers are arguments that hold the fields of an entity.
var wrappers = wordSet("body data payload request input attributes fields params properties resource object entity item record")

func (o *op) readParams(s schema.View) {
	props := s.Props()
	wrapped := false
	for _, p := range props {
		in := o.tool.In[p.Name]
		if in == "" {
			in = "body"
		}
		wraps := p.Schema.IsObject() && in == "body" && !wrapped && o.wraps(p.Name, props)
		if !wraps {
			o.params = append(o.params, param{Prop: p, In: in})
			continue
		}
		wrapped = true
		for _, inner := range p.Schema.Props() {
			inner.Required = inner.Required && p.Required
			o.params = append(o.params, param{Prop: inner, In: in, Wrap: p.Name})
		}
	}
}

// wraps says whether the object argument is all there is to store. What the
// answer shows as an object too is a field of the row.
func (o *op) wraps(name string, props []schema.Prop) bool {
	n := snake(name)
	if p, shown := shapeOf(o.result, "").row.Prop(name); shown && p.Schema.Type() == "object" {
		return false
	}
	if o.onlyBody(name, props) {
		return true
	}
	if wrappers[n] || slices.Contains(o.words, words.Singular(n)) && len(words.Split(name)) == 1 || o.wrapsNamed(name) {
		objects := 0
		for _, p := range props {
			if p.Schema.IsObject() {
				objects++
			}
		}
		return objects == 1
	}
	return false
}

// wrapsNamed says whether an argument is called after the thing that the tool makes or
// changes and a word for what is given of it: PartitionInput of create_partition.
func (o *op) wrapsNamed(name string) bool {
	w := words.Split(name)
	n := len(w) - 1
	if n < 1 || !slices.Contains([]string{"input", "data", "payload", "body", "request"}, w[n]) || len(o.words) <= n {
		return false
	}
	return slices.Equal(o.words[len(o.words)-n:], w[:n])
}

// onlyBody says whether an object of several fields is the whole body of a
// request whose other arguments stand in path or query.
func (o *op) onlyBody(name string, props []schema.Prop) bool {
	fields := 0
	for _, p := range props {
		in := o.tool.In[p.Name]
		switch {
		case p.Name == name:
			fields = len(p.Schema.Props())
		case in == "" || in == "body":
			return false
		}
	}
	return o.tool.Method != "" && fields > 1
}

func (o *op) param(name string) (param, bool) {
	for _, p := range o.params {
		if p.Name == name && p.Wrap == "" {
			return p, true
		}
	}
	return param{}, false
}

// versionLike are the leading path segments that are no resource.
var versionLike = wordSet("api rest apis public v rpc json odata web services service open gateway server beta alpha latest")

// selves are the segments that mean the caller.
var selves = wordSet("me self current my myself")

// collectors are the verbs with which names end that are about a collection.
var collectors = wordSet("list create insert")

// strongID says whether a parameter's name alone makes it an identifier.
func strongID(name string) bool {
	parts := words.Split(name)
	if len(parts) == 0 {
		return false
	}
	switch parts[len(parts)-1] {
	case "id", "ids", "uuid", "guid", "sid", "identifier", "arn":
		return true
	}
	return false
}

// servicePrefix returns how many words begin every name of a service's tools
// without saying what one does.
func servicePrefix(tools []scaler.Tool) int {
	if len(tools) < 3 {
		return 0
	}
	n := 0
	for ; n < 3; n++ {
		first := words.Split(tools[0].Name)
		if len(first) <= n+1 {
			return n
		}
		w := first[n]
		if _, verb := english.Verbs[w]; verb {
			return n
		}
		for _, t := range tools {
			parts := words.Split(t.Name)
			if len(parts) <= n+1 || parts[n] != w {
				return n
			}
		}
	}
	return n
}
