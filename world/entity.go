package world

import (
	"slices"
	"sort"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// A table is an entity of the domain while its columns are being collected.
type table struct {
	scaler.Table
	ops      []*op
	parents  []string        // entities it is nested under
	around   []string        // columns of what paths lead through and no table holds: the account, the region
	declared bool            // some result schema says what its rows look like
	foretold []string        // columns that texts and kinds gave it before arguments were bound
	kind     []scaler.Column // what things of its kind have, where it was given that
	siblings []string        // the names of all tools of its services
	naming   naming
	unsaid   map[string]bool // columns that a change fills, and no row has anything in before
	absent   map[string]bool // columns that results may leave out, and new rows lack
	inner    *innerState     // where its rows keep their state, if inside an object
	worded   string          // the column that a list of plain values shows
	alone    bool            // one row, without a key in any tool
	open     bool            // what is not on record is answered all the same
	invented bool            // its key is of our own making
	event    bool            // a log of acknowledged effects
	owner    *table          // to whose rows its rows belong
	within   bool            // its rows are made with those that list them
	kept     bool            // no tool is about its rows: they are kept with the owner's
	holds    []*table        // the tables whose rows its details show
	lists    []inclusion
	joins    []join // the lists that rows of other tables make up
	basket   *basket
	ledger   *ledger
}

// A variant is one noun of one service under one parent, before variants are
// merged into entities.
type variant struct {
	noun, parent, service string
	ops                   []*op
	fields                map[string]bool
	shapes                map[string]schema.View // what each field holds, as first declared
}

// parentOf returns the noun of the path a tool's noun is nested under.
func (o *op) parentOf() string {
	if !o.restful() {
		return ""
	}
	for i := len(o.path) - 2; i >= 0; i-- {
		if len(o.path[i].params) > 0 {
			return o.path[i].noun
		}
	}
	return ""
}

// apart returns a name for rows that are no others of their noun: by what they
// lie under, else by whose they are, as shortly as that is free.
func (v *variant) apart(free func(name string) bool) string {
	names := []string{lastWord(brand(v.service)), brand(v.service), snake(v.service)}
	if v.parent != "" {
		names = append([]string{v.parent}, names...)
	}
	for _, of := range names {
		if name := of + "_" + v.noun; free(name) {
			return name
		}
	}
	return snake(v.service) + "_" + v.noun
}

// stateful says whether a tool of this kind works on a table.
func stateful(k scaler.Kind) bool { return k != scaler.Compute && k != scaler.Event }

// entities groups the tools into tables: those about the same noun share one,
// unless services or parents differ and so do the fields.
func entities(ops []*op) []*table {
	vs := variants(ops)
	var tables []*table
	names := map[string]*table{}
	fields := map[*table]map[string]bool{}
	shapes := map[*table]map[string]schema.View{}
	fits := func(v *variant, t *table) bool {
		return alike(v, fields[t], t) && (t.of(v.service) || !clash(v.shapes, shapes[t]))
	}
	for _, v := range vs {
		name := v.noun
		if t := names[name]; t != nil && !fits(v, t) {
			name = v.apart(func(name string) bool { return names[name] == nil || fits(v, names[name]) })
		}
		t := names[name]
		if t == nil {
			t = &table{Table: scaler.Table{Entity: name, Name: tableName(name)}}
			names[name], fields[t], shapes[t] = t, map[string]bool{}, map[string]schema.View{}
			tables = append(tables, t)
		}
		t.ops = append(t.ops, v.ops...)
		for f := range v.fields {
			fields[t][f] = true
		}
		for f, sh := range v.shapes {
			if _, ok := shapes[t][f]; !ok {
				shapes[t][f] = sh
			}
		}
		if v.parent != "" && !slices.Contains(t.parents, v.parent) {
			t.parents = append(t.parents, v.parent)
		}
		for _, o := range v.ops {
			o.table = t
		}
	}
	return fold(tables, fields)
}

// fold merges tables such as new_releases and top_tracks into the table whose
// entity ends their name, where their rows have the same fields.
func fold(tables []*table, fields map[*table]map[string]bool) []*table {
	byEntity := map[string]*table{}
	for _, t := range tables {
		byEntity[t.Entity] = t
	}
	var out []*table
	for _, t := range tables {
		_, rest, _ := strings.Cut(t.Entity, "_")
		to := byEntity[rest]
		if to == nil || slices.Contains(t.parents, to.Entity) || !closeTo(fields[t], fields[to]) {
			out = append(out, t)
			continue
		}
		byEntity[t.Entity] = to
		to.ops = append(to.ops, t.ops...)
		for _, o := range t.ops {
			o.table = to
			o.note("the same rows as", to.Name)
		}
	}
	return out
}

// closeTo says whether most of the fields of either are fields of both.
func closeTo(a, b map[string]bool) bool {
	shared := 0
	for f := range a {
		if b[f] {
			shared++
		}
	}
	return len(a) >= 3 && 10*shared >= 7*len(a) && 10*shared >= 5*len(b)
}

func tableName(entity string) string {
	name := identifier(pluralNoun(entity))
	if name == "" || taken[name] || name == "tables" {
		return "the_" + name
	}
	return name
}

// variants returns the groups of tools by service, noun and parent, those
// without a parent first.
func variants(ops []*op) []*variant {
	type key struct{ service, noun, parent string }
	byKey := map[key]*variant{}
	var out []*variant
	for _, o := range ops {
		if !stateful(o.kind) || o.noun == "" {
			continue
		}
		k := key{o.tool.Service, o.noun, o.parentOf()}
		v := byKey[k]
		if v == nil {
			v = &variant{noun: k.noun, parent: k.parent, service: k.service, fields: map[string]bool{}, shapes: map[string]schema.View{}}
			byKey[k] = v
			out = append(out, v)
		}
		v.ops = append(v.ops, o)
		o.addFields(v.fields)
		o.addShapes(v.shapes)
	}
	sort.SliceStable(out, func(i, j int) bool { return (out[i].parent == "") && out[j].parent != "" })
	return out
}

func (o *op) addFields(into map[string]bool) {
	sh := shapeOf(o.result, o.noun)
	if sh.hasRows() {
		for _, p := range sh.row.Props() {
			into[snake(p.Name)] = true
		}
	}
}

func (o *op) addShapes(into map[string]schema.View) {
	sh := shapeOf(o.result, o.noun)
	if !sh.hasRows() {
		return
	}
	for _, p := range sh.row.Props() {
		name := snake(p.Name)
		if _, ok := into[name]; !ok {
			into[name] = p.Schema
		}
	}
}

// of says whether a tool of that service works on the table already.
func (t *table) of(service string) bool {
	return slices.ContainsFunc(t.ops, func(o *op) bool { return o.tool.Service == service })
}

// clash says whether two services mean different things by one noun: a field
// that both declare has other states, or other lines, in each. The orders of a
// shop are not those of a kitchen.
func clash(a, b map[string]schema.View) bool {
	for name, x := range a {
		y, ok := b[name]
		if ok && (apart(x.Choices(), y.Choices()) || apart(x.Items().Names(), y.Items().Names())) {
			return true
		}
	}
	return false
}

// apart says whether two lists with something in them share less than half of
// the shorter.
func apart(a, b []string) bool {
	shared := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			shared++
		}
	}
	return len(a) > 1 && len(b) > 1 && 2*shared < min(len(a), len(b))
}

// generic nouns mean something of their parent; the same noun under another
// parent is another thing.
var generic = wordSet(`setting config configuration status detail member role permission option preference property
	metadata info statistic stat history summary note attachment image photo file item line entry version log event
	member setting limit policy rule state result step value tag usage health info content label stage count availability`)

// madeBy says whether a service is of the maker of one of the table's: what
// strangers call by one noun, and show nothing of, are two things.
func (t *table) madeBy(service string) bool {
	return slices.ContainsFunc(t.ops, func(o *op) bool { return first(words.Split(o.tool.Service)) == first(words.Split(service)) })
}

// alike says whether a variant may share a table.
func alike(v *variant, fields map[string]bool, t *table) bool {
	sameHome := v.parent == "" || slices.Contains(t.parents, v.parent)
	if len(v.fields) < 3 || len(fields) < 3 {
		return (sameHome || !generic[v.noun]) && t.madeBy(v.service)
	}
	shared := 0
	for f := range v.fields {
		if fields[f] {
			shared++
		}
	}
	return 2*shared >= min(len(v.fields), len(fields))
}
