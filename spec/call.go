package spec

import (
	"cmp"
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
	parameters, result       any // schemas
	hint                     scaler.Effect
	hintName                 string
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
		Examples:    c.examples,
		ResultFrom:  scaler.NoOrigin,
		Origin:      place,
	}
	if t.Title == t.Name {
		t.Title = plainText(c.title, 120)
	}
	f := c.form(t)
	t.Parameters = encode(f.schema())
	if schema := jsonOf(c.result); schema != nil {
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
	schema := jsonOf(c.parameters)
	shaped := shape(within(schema), schema, request)
	required := wordsOf(shaped.list("required"))
	for name, v := range shaped.object("properties").all() {
		p := v.(*object)
		if isHidden(name, "body", p.string("description")) {
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

// jsonOf returns an object that may stand as text in the document.
func jsonOf(v any) any {
	if o, ok := unquoted(v).(*object); ok {
		return o
	}
	return nil
}

// A toolList is where a document keeps its tools.
type toolList struct {
	at    string // pointer
	items []any
}

// toolLists finds the lists of tools in a document: the document itself, what
// stands under one of the keys, or that inside a JSON-RPC result, of which a
// list gives the pages.
func toolLists(root any, keys ...string) []toolList {
	switch root := root.(type) {
	case *object:
		for _, key := range keys {
			if list := root.list(key); list != nil {
				return []toolList{{pointer("", key), list}}
			}
		}
		if result := root.object("result"); result != nil && result.list("tools") != nil {
			return []toolList{{"/result/tools", result.list("tools")}}
		}
	case []any:
		var pages []toolList
		for i, e := range root {
			o, _ := e.(*object)
			if list := o.object("result").list("tools"); list != nil {
				pages = append(pages, toolList{pointer("", strconv.Itoa(i), "result", "tools"), list})
			}
		}
		if pages == nil {
			pages = []toolList{{"", root}}
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

// readCalls reads every entry of the lists as one service.
func readCalls(d *Document, lists []toolList, read func(*object) call) []Service {
	root, _ := d.Root.(*object)
	server := cmp.Or(root.object("serverInfo").string("name"), root.object("server").string("name"),
		root.string("server"), root.string("server_name"), root.string("name"))
	s := Service{Name: serviceSlug(server, "", d.Place.File), Version: cmp.Or(root.object("serverInfo").string("version"), root.string("version"))}
	for _, l := range lists {
		for i, v := range l.items {
			at := pointer(l.at, strconv.Itoa(i))
			o, ok := v.(*object)
			switch {
			case !ok:
				s.Items = append(s.Items, rejected(d.Place, at, "", "not-a-tool", "the entry is not an object"))
			case o.cut:
				s.Items = append(s.Items, rejected(d.Place, at, o.string("name"), "broken", "the document breaks off inside this tool"))
			default:
				s.Items = append(s.Items, read(o).tool(d.Place, at))
			}
		}
	}
	return []Service{s}
}

func rejected(place scaler.Place, at, name, reason, detail string) Item {
	place.Pointer = at
	return Item{Rejection: &scaler.Rejection{Name: name, Reason: reason, Detail: detail, Origin: place}}
}
