package spec

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/agentscaler/scaler"
)

// A declaredLink is an OpenAPI link: what the tool from answers can fill a
// parameter of the operation named to.
type declaredLink struct {
	from      *scaler.Tool
	to        string // operationId or operationRef
	parameter string
	field     string
}

// collectLinks reads the links of a response.
func (a *api) collectLinks(t *scaler.Tool, links *object) {
	for _, v := range links.all() {
		link, _ := a.follow(v)
		if link == nil {
			continue
		}
		to := cmp.Or(link.string("operationId"), link.string("operationRef"))
		for param, expression := range link.object("parameters").all() {
			field, ok := strings.CutPrefix(scalarText(expression), "$response.body#/")
			if ok && to != "" {
				a.links = append(a.links, declaredLink{t, to, lastSegment(param), dotted(field)})
			}
		}
	}
}

// dotted turns a JSON pointer into a dotted path: 0/id is [].id.
func dotted(pointer string) string {
	var out []string
	for token := range strings.SplitSeq(pointer, "/") {
		if strings.Trim(token, "0123456789") == "" {
			token = "[]"
		}
		out = append(out, unescapeToken(token))
	}
	return strings.ReplaceAll(strings.Join(out, "."), ".[]", "[]")
}

// attachLinks hands each declared link to the tool that takes the value.
func (a *api) attachLinks(items []Item) {
	if len(a.links) == 0 {
		return
	}
	byName := map[string]*scaler.Tool{}
	for _, item := range items {
		if t := item.Tool; t != nil {
			byName[t.Origin.Pointer] = t
			if t.Title != "" {
				byName[t.Title] = t
			}
		}
	}
	for _, l := range a.links {
		if t := byName[strings.TrimPrefix(l.to, "#")]; t != nil {
			t.Links = append(t.Links, scaler.Link{
				Param: l.parameter, From: cmp.Or(l.from.Title, fmt.Sprint(l.from.Method, " ", l.from.Path)), Field: l.field, Kind: "openapi-link",
			})
		}
	}
}

// dynamicLinks reads x-ms-dynamic-values and -list: the values of a parameter are
// what another operation returns.
func dynamicLinks(t *scaler.Tool, name string, p *object) {
	for _, kind := range []string{"x-ms-dynamic-values", "x-ms-dynamic-list"} {
		ext := p.object(kind)
		from := ext.string("operationId")
		if from == "" {
			continue
		}
		items, value := ext.string("value-collection"), ext.string("value-path")
		if kind == "x-ms-dynamic-list" {
			items, value = ext.string("itemsPath"), ext.string("itemValuePath")
		}
		field := strings.ReplaceAll(strings.Trim(items, "/"), "/", ".") + "[]." + strings.ReplaceAll(strings.Trim(value, "/"), "/", ".")
		t.Links = append(t.Links, scaler.Link{Param: name, From: from, Field: strings.TrimSuffix(field, "."), Kind: kind})
		return
	}
}
