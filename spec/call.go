package spec

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// nameLength is the longest name that chat APIs accept for a function.
const nameLength = 64

// A call is what a tool without an HTTP binding is made of; MCP tools and
// function declarations differ only in how they spell it.
type call struct {
	name, title, description string
	parameters, result       any    // schemas, or what stands for them
	required                 []any  // beside the parameters
	service                  string // where one document holds several
	hint                     scaler.Effect
	hintName                 string
	tags                     []string
	examples                 []scaler.Example
}

// tool makes a tool of a call.
func (c call) tool(place scaler.Place, at string) Item {
	place.Pointer = at
	if c.name == "" {
		return Item{Rejection: &scaler.Rejection{Name: c.title, Reason: "no-name", Origin: place}}
	}
	t := &scaler.Tool{
		Name:        cmp.Or(words.Ident(c.name, nameLength), "tool_"+scaler.ContentID(c.name)[:8]),
		Title:       c.name,
		Description: plainText(c.description, toolText),
		Tags:        c.tags,
		Examples:    c.examples,
		ResultFrom:  scaler.NoOrigin,
		Origin:      place,
	}
	if t.Title == t.Name {
		t.Title = plainText(c.title, 120)
	}
	f := c.form(t)
	t.Parameters = encode(f.schema())
	if schema := looseSchema(c.result, nil); schema != nil {
		if shaped := shape(within(schema), schema, response); shaped.len() > 0 {
			t.Result, t.ResultFrom = encode(shaped), scaler.Declared
		}
	}
	t.Effect, t.EffectWhy = evidence{
		name: c.name, description: t.Description, params: f.names(), hint: c.hint, hintName: c.hintName,
	}.decide()
	return Item{Tool: t}
}

// form reads the parameters of a call, whose references are local to their schema.
func (c call) form(t *scaler.Tool) *form {
	f := &form{tool: t, properties: &object{}}
	schema := looseSchema(c.parameters, c.required)
	shaped := shape(within(schema), schema, request)
	required := wordsOf(shaped.list("required"))
	for name, v := range shaped.object("properties").all() {
		p := v.(*object)
		if isHidden(name, "body", p.string("description")) || isContinuation(name, required[name]) {
			f.hide(name)
			continue
		}
		f.add(name, "body", p, required[name])
	}
	return f
}

func wordsOf(list []any) map[string]bool {
	set := map[string]bool{}
	for _, v := range list {
		set[scalarText(v)] = true
	}
	return set
}

// A toolList is where a document keeps its tools.
type toolList struct {
	at     string // pointer
	items  []any
	server *object // what is said of the server they belong to; nil: the document says it
}

// toolLists finds the lists of tools in a document: the document itself, what
// stands under one of the keys, or that inside a JSON-RPC result, of which a
// list gives the pages.
func toolLists(root any, keys ...string) []toolList {
	switch root := root.(type) {
	case *object:
		for _, key := range keys {
			if list := root.list(key); list != nil {
				return []toolList{{at: pointer("", key), items: list}}
			}
		}
		if result := root.object("result"); result != nil && result.list("tools") != nil {
			return []toolList{{at: "/result/tools", items: result.list("tools")}}
		}
	case []any:
		var pages []toolList
		for i, e := range root {
			o, _ := e.(*object)
			if list := o.object("result").list("tools"); list != nil {
				pages = append(pages, toolList{at: pointer("", strconv.Itoa(i), "result", "tools"), items: list})
			}
		}
		if pages == nil {
			pages = []toolList{{items: root}}
		}
		return pages
	}
	return nil
}

// anyTool says whether one of the first entries of the lists satisfies ok.
func anyTool(lists []toolList, ok func(*object) bool) bool {
	for _, l := range lists {
		for _, v := range l.items[:min(len(l.items), 20)] {
			if o, isObject := v.(*object); isObject && ok(o) {
				return true
			}
		}
	}
	return false
}

// readCalls reads every entry of the lists. They are one service, unless the
// lists or the tools themselves name others.
func readCalls(d *Document, lists []toolList, read func(*object) call) []Service {
	root, _ := d.Root.(*object)
	var services []Service
	for _, l := range lists {
		server := l.server
		if server == nil {
			server = root
		}
		for i, v := range l.items {
			at := pointer(l.at, strconv.Itoa(i))
			o, ok := v.(*object)
			var c call
			var item Item
			switch {
			case !ok:
				item = rejected(d.Place, at, "", "not-a-tool", "the entry is not an object")
			case o.cut:
				item = rejected(d.Place, at, o.string("name"), "broken", "the document breaks off inside this tool")
			default:
				c = read(o)
				item = c.tool(d.Place, at)
			}
			s := serviceOf(&services, server, c.service, d.Place.File)
			s.Items = append(s.Items, item)
		}
	}
	return services
}

// serviceOf returns the service a tool belongs to, a new one where it is the first of it.
func serviceOf(services *[]Service, server *object, name, file string) *Service {
	info := server.object("serverInfo")
	name = cmp.Or(name, info.string("name"), server.object("server").string("name"), server.string("server"),
		server.string("server_name"), server.string("name"))
	s := Service{
		Name:    serviceSlug(name, "", file),
		Version: cmp.Or(info.string("version"), server.string("version")),
	}
	same := func(have Service) bool { return have.Name == s.Name && have.Version == s.Version }
	i := slices.IndexFunc(*services, same)
	if i < 0 {
		i = len(*services)
		*services = append(*services, s)
	}
	return &(*services)[i]
}

func rejected(place scaler.Place, at, name, reason, detail string) Item {
	place.Pointer = at
	return Item{Rejection: &scaler.Rejection{Name: name, Reason: reason, Detail: detail, Origin: place}}
}
