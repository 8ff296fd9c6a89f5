package serve

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// An operation as specifications have them: something of everything.
func everything(t *testing.T) *operation {
	t.Helper()
	o, err := newOperation(scaler.WorldTool{
		Name: "change", Method: "put", Path: "/shops/{id}/items",
		In: map[string]string{"id": "path", "id_query": "query", "tags": "query", "filter": "query", "X-Region": "header", "numbers": "query", "when": "query"},
		Parameters: []byte(`{"type": "object", "properties": {
			"id": {"type": "integer"},
			"id_query": {"type": "string"},
			"tags": {"type": "array", "items": {"type": "string"}},
			"numbers": {"type": "array", "items": {"type": "integer"}},
			"filter": {"type": "object", "properties": {"open": {"type": "boolean"}, "price": {"type": "object", "properties": {"max": {"type": "number"}}}}},
			"when": {"oneOf": [{"type": "string", "enum": ["now"]}, {"type": "integer"}]},
			"X-Region": {"type": "string"},
			"name": {"type": "string"},
			"count": {"type": "integer"},
			"lines": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}, "n": {"type": "integer"}}}}
		}}`)})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// How requests are read: path, query, headers and bodies of every kind.
func TestArguments(t *testing.T) {
	const form = "application/x-www-form-urlencoded"
	for _, c := range []struct {
		name, query, media, body, want string
	}{
		{"two of one name", "id=abc", "", "", `{"id": 7, "id_query": "abc"}`},
		{"lists: again and again", "tags=a&tags=b,c", "", "", `{"id": 7, "tags": ["a", "b,c"]}`},
		{"lists: commas", "tags=a,b&numbers=1,2", "", "", `{"id": 7, "tags": ["a", "b"], "numbers": [1, 2]}`},
		{"lists: brackets", "tags[]=a&tags[]=b&numbers[0]=1&numbers[1]=2", "", "", `{"id": 7, "tags": ["a", "b"], "numbers": [1, 2]}`},
		{"lists: JSON", "tags=%5B%22a%2Cb%22%5D", "", "", `{"id": 7, "tags": ["a,b"]}`},
		{"lists: empty", "tags=", "", "", `{"id": 7, "tags": []}`},
		{"objects", "filter[open]=true&filter[price][max]=2.5", "", "", `{"id": 7, "filter": {"open": true, "price": {"max": 2.5}}}`},
		{"objects: JSON", `filter={"open":false}`, "", "", `{"id": 7, "filter": {"open": false}}`},
		{"choices", "when=now", "", "", `{"id": 7, "when": "now"}`},
		{"choices: the other", "when=12", "", "", `{"id": 7, "when": 12}`},
		{"no choice: the tool will say", "when=NaN", "", "", `{"id": 7, "when": "NaN"}`},
		{"what nobody asked for", "api_key=secret", "", "", `{"id": 7}`},
		{"JSON", "", "application/json", `{"name": "x", "count": 2, "more": [1]}`, `{"id": 7, "name": "x", "count": 2, "more": [1]}`},
		{"JSON of a dialect", "", "application/merge-patch+json; charset=utf-8", `{"name": null}`, `{"id": 7, "name": null}`},
		{"JSON without a type", "", "", `{"count": 2}`, `{"id": 7, "count": 2}`},
		{"JSON called a form, as curl -d does", "", form, `{"count": 2}`, `{"id": 7, "count": 2}`},
		{"types stay as sent", "", "application/json", `{"count": "2"}`, `{"id": 7, "count": "2"}`},
		{"form", "", form, "name=A+b&count=2", `{"id": 7, "name": "A b", "count": 2}`},
		{"form with a list of objects", "", form, "lines[0][sku]=a&lines[0][n]=1&lines[1][sku]=b", `{"id": 7, "lines": [{"sku": "a", "n": 1}, {"sku": "b"}]}`},
		{"everything in the query", "name=x&count=3", "", "", `{"id": 7, "name": "x", "count": 3}`},
		{"multipart", "", "multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nhello\r\n" +
			"--B\r\nContent-Disposition: form-data; name=\"count\"\r\n\r\n4\r\n--B--\r\n", `{"id": 7, "name": "hello", "count": 4}`},
	} {
		r := httptest.NewRequest("PUT", "/shops/7/items?"+strings.ReplaceAll(c.query, `"`, "%22"), strings.NewReader(c.body))
		if c.media != "" {
			r.Header.Set("Content-Type", c.media)
		}
		args, fault := match{operation: everything(t), values: []string{"7"}}.arguments(r)
		if fault != nil {
			t.Errorf("%s: %s", c.name, fault.message)
			continue
		}
		if got := string(pyjson.Marshal(args)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// A body that is one parameter is taken whole.
func TestWholeBody(t *testing.T) {
	o, err := newOperation(scaler.WorldTool{Name: "put", Method: "PUT", Path: "/notes", In: map[string]string{"body": "body"},
		Parameters: []byte(`{"type": "object", "properties": {"body": {"oneOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "string"}]}}}`)})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][3]string{
		{"application/json", `[1, 2]`, `{"body": [1, 2]}`},
		{"text/plain", `a note`, `{"body": ["a note"]}`},
		{"", ``, `{}`},
	} {
		r := httptest.NewRequest("PUT", "/notes", strings.NewReader(c[1]))
		r.Header.Set("Content-Type", c[0])
		args, fault := match{operation: o}.arguments(r)
		if fault != nil {
			t.Fatal(fault.message)
		}
		if got := string(pyjson.Marshal(args)); got != c[2] {
			t.Errorf("%s %s: %s", c[0], c[1], got)
		}
	}
}

// What is written as a request is read as the same arguments.
func TestRequestsAreReadAsWritten(t *testing.T) {
	for _, args := range []string{
		`{"id": 7, "id_query": "a b&c=d"}`,
		`{"id": 7, "tags": ["a,b"], "numbers": [3]}`,
		`{"id": 7, "tags": ["x", "y,z", ""]}`,
		`{"id": 7, "tags": ["7"]}`,
		`{"id": 7, "tags": []}`,
		`{"id": 7, "filter": {"open": true, "price": {"max": 2.0}}}`,
		`{"id": 7, "filter": {}, "when": 5, "X-Region": "eu"}`,
		`{"id": 7, "name": "x'y", "count": 2, "lines": [{"sku": "a", "n": 1}]}`,
	} {
		o := everything(t)
		parsed, err := pyjson.ParseObject([]byte(args))
		if err != nil {
			t.Fatal(err)
		}
		w := o.request(parsed)
		r := httptest.NewRequest(w.Method, w.Path, strings.NewReader(string(w.Body)))
		for name, value := range w.Header {
			r.Header.Set(name, value)
		}
		var routes router
		routes.add(o)
		m := routes.find(r.Method, r.URL.EscapedPath(), r.URL.Query())
		if m.operation == nil {
			t.Errorf("%s: nothing is at %s", args, w.Path)
			continue
		}
		back, fault := m.arguments(r)
		if fault != nil {
			t.Errorf("%s: %s", args, fault.message)
			continue
		}
		if got := string(pyjson.Marshal(back)); got != args {
			t.Errorf("%s %s %s\n got %s\nwant %s", w.Method, w.Path, w.Body, got, args)
		}
	}
}

// A command line says what it says to any shell.
func TestCurl(t *testing.T) {
	args, err := pyjson.ParseObject([]byte(`{"id": 7, "name": "it's", "X-Region": "eu"}`))
	if err != nil {
		t.Fatal(err)
	}
	want := `curl -s -X PUT -H 'X-Region: eu' -H 'Content-Type: application/json' -d '{"name": "it'\''s"}' 'http://here/shops/7/items'`
	if got := everything(t).request(args).curl("http://here"); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// Which operation a path leads to.
func TestRoutes(t *testing.T) {
	var routes router
	for _, at := range []string{
		"GET /", "GET /users", "GET /users/{id}", "GET /users/me", "DELETE /users/{user}", "GET /users/{id}.json", "GET /users/{a}/x/{b}", "GET /{any}/me/x",
		"GET /points/{lat},{lon}", "POST /jobs/{id}:cancel", "GET /files/{+path}", "GET /files/{+path}/info", "GET /acl?op=GRANT", "GET /acl?op=REVOKE", "GET /acl",
		"GET /odd(name='{n}')", "GET /users/{other}",
	} {
		method, path, _ := strings.Cut(at, " ")
		o, err := newOperation(scaler.WorldTool{Name: at, Method: method, Path: path})
		if err != nil {
			t.Fatal(err)
		}
		routes.add(o)
	}
	for _, c := range []struct{ method, path, want, values string }{
		{"GET", "/", "GET /", ""},
		{"GET", "/users/", "GET /users", ""},
		{"GET", "/users/7", "GET /users/{id}", "7"},
		{"GET", "/users/a%2Fb", "GET /users/{id}", "a/b"},
		{"GET", "/users/me", "GET /users/me", ""},
		{"DELETE", "/users/me", "DELETE /users/{user}", "me"},
		{"HEAD", "/users/7", "GET /users/{id}", "7"},
		{"GET", "/users/7.json", "GET /users/{id}.json", "7"},
		{"GET", "/users/me/x/3", "GET /users/{a}/x/{b}", "me 3"},
		{"GET", "/users/me/x", "GET /{any}/me/x", "users"},
		{"GET", "/points/1.5,2", "GET /points/{lat},{lon}", "1.5 2"},
		{"POST", "/jobs/9:cancel", "POST /jobs/{id}:cancel", "9"},
		{"GET", "/files/a/b/c", "GET /files/{+path}", "a/b/c"},
		{"GET", "/files/a/b/info", "GET /files/{+path}/info", "a/b"},
		{"GET", "/acl?op=REVOKE&x=1", "GET /acl?op=REVOKE", ""},
		{"GET", "/acl?op=OTHER", "GET /acl", ""},
		{"GET", "/odd(name='z')", "GET /odd(name='{n}')", "z"},
		{"GET", "/nothing", "", ""},
		{"GET", "/users/", "GET /users", ""},
		{"PUT", "/users/7", "", ""},
	} {
		u, err := url.Parse(c.path)
		if err != nil {
			t.Fatal(err)
		}
		m := routes.find(c.method, u.EscapedPath(), u.Query())
		got := ""
		if m.operation != nil {
			got = m.Name
		}
		if got != c.want || strings.Join(m.values, " ") != c.values {
			t.Errorf("%s %s: %q %v, not %q %s", c.method, c.path, got, m.values, c.want, c.values)
		}
	}
	if m := routes.find("PUT", "/users/7", nil); strings.Join(m.methods, " ") != "DELETE GET" {
		t.Errorf("methods %v", m.methods)
	}
	if len(routes.shadowed) != 1 || routes.shadowed[0].Name != "GET /users/{other}" {
		t.Errorf("shadowed: %v", routes.shadowed)
	}
}

// No refusal is told as a server's error, and one that is declared is preferred.
func TestStatusOfRefusals(t *testing.T) {
	for code, usual := range refusals {
		for _, status := range usual {
			if status < 400 || status > 499 {
				t.Errorf("%s may be told with %d", code, status)
			}
			if got := statusOf(code, []int{200, status}); got != status {
				t.Errorf("%s with %d declared is told with %d", code, status, got)
			}
		}
		if got := statusOf(code, []int{http.StatusOK, http.StatusTeapot}); got != usual[0] {
			t.Errorf("%s is told with %d, not %d", code, got, usual[0])
		}
	}
}

// Parameters that stand for several segments of the path.
func TestSpans(t *testing.T) {
	for _, c := range []struct{ path, pattern, args, request string }{
		{"/v1/shops/{shopsId}/items/{itemsId}", "^shops/[^/]+/items/[^/]+$", `{"name": "shops/a b/items/7"}`, "/v1/shops/a%20b/items/7"},
		{"/v1/shops/{shopsId}/items/{itemsId}:sell", "^shops/[^/]+/items/[^/]+$", `{"name": "shops/a/items/7"}`, "/v1/shops/a/items/7:sell"},
		{"/v1/shops/{shopsId}/items", "^shops/[^/]+$", `{"name": "shops/a"}`, "/v1/shops/a/items"},
		{"/v2/{v2Id}/{v2Id1}", "^[^/]+/[^/]+$", `{"name": "a/b"}`, "/v2/a/b"},
		{"/v1/jobs/{jobsId}", "^jobs/.*$", `{"name": "jobs/a/b"}`, "/v1/jobs/a%2Fb"},
		{"/profiles/{profilesId}", "", `{"name": "p"}`, "/profiles/p"},
	} {
		schema := pyjson.NewObject(2)
		schema.Set("type", "string")
		if c.pattern != "" {
			schema.Set("pattern", c.pattern)
		}
		o, err := newOperation(scaler.WorldTool{Name: "x", Method: "GET", Path: c.path, In: map[string]string{"name": "path"},
			Parameters: pyjson.Marshal(object("type", "object", "properties", object("name", schema)))})
		if err != nil {
			t.Fatal(err)
		}
		args, err := pyjson.ParseObject([]byte(c.args))
		if err != nil {
			t.Fatal(err)
		}
		w := o.request(args)
		if w.Path != c.request {
			t.Errorf("%s with %s: %s", c.path, c.args, w.Path)
		}
		var routes router
		routes.add(o)
		m := routes.find("GET", w.Path, nil)
		if m.operation == nil {
			t.Errorf("nothing is at %s", w.Path)
			continue
		}
		back, fault := m.arguments(httptest.NewRequest("GET", w.Path, nil))
		if fault != nil {
			t.Fatal(fault.message)
		}
		if got := string(pyjson.Marshal(back)); got != c.args {
			t.Errorf("%s: %s", w.Path, got)
		}
	}
}
