package spec

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// isOpenAPI says whether a document is OpenAPI 3.x or Swagger 2.
func isOpenAPI(root any) bool {
	o, ok := root.(*object)
	if !ok {
		return false
	}
	if o.string("openapi") != "" || o.string("swagger") != "" {
		return true
	}
	return o.object("paths") != nil && o.object("info") != nil
}

// httpMethods are the keys of a path item that are operations.
var httpMethods = map[string]bool{
	"get": true, "put": true, "post": true, "delete": true, "options": true, "head": true, "patch": true, "trace": true,
}

// An api is the OpenAPI document being read.
type api struct {
	find    resolver
	place   scaler.Place
	service string
	secrets map[string]bool // parameters that a security scheme of type apiKey declares
	links   []declaredLink
}

// readOpenAPI reads one service from an OpenAPI 3.x or Swagger 2 document.
func readOpenAPI(d *Document) []Service {
	root := d.Root.(*object)
	info := root.object("info")
	a := &api{find: d.resolver(), place: d.Place, secrets: secretNames(root)}
	license := info.object("license")
	a.place.License = cutText(cmp.Or(license.string("name"), license.string("url")), 200)
	a.service = serviceSlug(info.string("title"), root.host(), d.Place.File)
	s := Service{
		Name:    a.service,
		Version: info.string("version"),
		Host:    root.host(),
	}
	for _, section := range []string{"paths", "x-ms-paths"} {
		for path, item := range root.object(section).all() {
			s.Items = append(s.Items, a.pathItem(section, path, item)...)
		}
	}
	a.attachLinks(s.Items)
	return []Service{s}
}

// host returns the host of the document's first server.
func (o *object) host() string {
	host := o.string("host")
	if servers := o.list("servers"); host == "" && len(servers) > 0 {
		if first, ok := servers[0].(*object); ok {
			host = first.string("url")
		}
	}
	if _, rest, ok := strings.Cut(host, "://"); ok {
		host = rest
	}
	host, _, _ = strings.Cut(host, "/")
	host, _, _ = strings.Cut(host, ":")
	if strings.ContainsAny(host, "{}$") {
		return ""
	}
	return strings.ToLower(host)
}

// secretNames collects the parameters that carry credentials by declaration.
func secretNames(root *object) map[string]bool {
	names := map[string]bool{}
	for _, schemes := range []*object{root.object("securityDefinitions"), root.object("components").object("securitySchemes")} {
		for _, v := range schemes.all() {
			if scheme, ok := v.(*object); ok && scheme.string("type") == "apiKey" {
				names[scheme.string("name")] = true
			}
		}
	}
	return names
}

// maxPath is the longest path, in bytes, that is taken for one.
const maxPath = 2000

// pathItem reads the operations under one path.
func (a *api) pathItem(section, path string, v any) []Item {
	item, problem := a.follow(v)
	at := pointer("", section, path)
	switch {
	case strings.HasPrefix(path, "x-"):
		return nil
	case len(path) > maxPath:
		return []Item{a.reject(cutText(path, 100), "unreadable-path", fmt.Sprintf("longer than %d bytes", maxPath), pointer("", section))}
	case item == nil:
		return []Item{a.reject(path, "unreadable-path", problem, at)}
	}
	var items []Item
	for key, op := range item.all() {
		if method := strings.ToLower(key); httpMethods[method] {
			items = append(items, a.operation(path, method, pointer(at, key), item, op))
		}
	}
	return items
}

// follow returns the object that v is or refers to, or says why there is none.
func (a *api) follow(v any) (*object, string) {
	for range 16 {
		o, ok := v.(*object)
		if !ok {
			return nil, "not an object"
		}
		ref, ok := o.get("$ref").(string)
		if !ok {
			return o, ""
		}
		if v, ok = a.find(ref); !ok {
			return nil, "unresolved $ref " + cutText(ref, 200)
		}
	}
	return nil, "a $ref cycle"
}

func (a *api) reject(name, reason, detail, at string) Item {
	origin := a.place
	origin.Pointer = at
	return Item{Rejection: &scaler.Rejection{Name: name, Reason: reason, Detail: detail, Origin: origin}}
}

// operation reads one operation as a tool.
func (a *api) operation(path, method, at string, item *object, v any) Item {
	op, problem := a.follow(v)
	name := strings.ToUpper(method) + " " + path
	if op == nil {
		return a.reject(name, "unreadable-operation", problem, at)
	}
	if op.cut {
		return a.reject(name, "broken", "the document breaks off inside this operation", at)
	}
	t := &scaler.Tool{
		Method:     strings.ToUpper(method),
		Path:       path,
		Title:      op.string("operationId"),
		Name:       operationName(op.string("operationId"), method, path, a.service),
		Tags:       tagNames(op.list("tags")),
		Deprecated: op.bool("deprecated"),
		Origin:     a.place,
	}
	t.Origin.Pointer = at
	t.Description = operationText(op)
	p := a.parameters(t, item, op)
	a.result(t, op)
	t.Effect, t.EffectWhy = evidence{
		method: t.Method, path: path, name: t.Name, description: t.Description, params: p.names(),
	}.decide()
	return Item{Tool: t}
}

// operationText joins summary and description, once where they say the same.
func operationText(op *object) string {
	summary := plainText(op.string("summary"), toolText)
	text := plainText(op.string("description"), toolText)
	low, bare := strings.ToLower(text), strings.ToLower(strings.TrimRight(summary, ". "))
	switch {
	case summary == "" || strings.HasPrefix(low, bare):
		return text
	case text == "" || strings.HasPrefix(bare, strings.TrimRight(low, ". ")):
		return summary
	}
	if !strings.ContainsAny(summary[len(summary)-1:], ".!?:") {
		summary += "."
	}
	return shorten(summary+" "+text, toolText)
}

// operationName makes a callable name of the operationId, or of the method and
// path where there is none: GET /orders/{id}/items is get_orders_items_by_id, and
// GET / is get and the name of the service.
func operationName(id, method, path, service string) string {
	if name := words.Ident(id, nameLength); name != "" {
		return name
	}
	parts := []string{method}
	by := ""
	for segment := range strings.FieldsFuncSeq(path, func(r rune) bool { return r == '/' || r == '?' || r == '&' }) {
		if names := braced(segment); len(names) > 0 {
			by = words.Snake(names[len(names)-1])
			continue
		}
		if w := words.Snake(segment); w != "" && !isVersion(segment) {
			parts = append(parts, w)
		}
	}
	if len(parts) == 1 {
		parts = append(parts, words.Snake(service))
	}
	if by != "" {
		parts = append(parts, "by", by)
	}
	return words.Ident(strings.Join(parts, "_"), nameLength)
}

func tagNames(list []any) []string {
	var tags []string
	for _, v := range list[:min(len(list), 20)] {
		if tag := cutText(scalarText(v), 100); tag != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}
