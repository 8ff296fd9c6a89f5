package serve

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/demo"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/spec"
	"github.com/agentscaler/scaler/world"
)

func TestMain(m *testing.M) {
	sandbox.Main()
	os.Exit(m.Run())
}

// library is a world without paths, which only MCP and names of tools reach.
func library(tb testing.TB) *sandbox.World { return opened(tb, worldtest.Library()) }

func opened(tb testing.TB, w *scaler.World) *sandbox.World {
	tb.Helper()
	env, err := sandbox.Open(w, sandbox.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { env.Close() })
	return env
}

// apis are the worlds of the demo's specifications, a world to a specification,
// built once.
var apis = sync.OnceValues(func() ([]*scaler.World, error) {
	dir, err := os.MkdirTemp("", "serve")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, demo.FS()); err != nil {
		return nil, err
	}
	return worldsOf(context.Background(), dir)
})

// worldsOf builds a world of each specification below a folder.
func worldsOf(ctx context.Context, source string) ([]*scaler.World, error) {
	byService := map[string][]scaler.Tool{}
	for item, err := range (spec.Reader{}).Read(ctx, []string{source}) {
		if err != nil {
			return nil, err
		}
		if item.Tool != nil {
			byService[item.Tool.Service] = append(byService[item.Tool.Service], *item.Tool)
		}
	}
	var all []*scaler.World
	for name, tools := range byService {
		d := scaler.Domain{ID: scaler.DomainID(name), Name: name}
		for _, t := range tools {
			d.Tools = append(d.Tools, t.ID)
		}
		w, err := world.Builder{Seed: 1}.Build(ctx, d, tools, nil)
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b *scaler.World) int { return cmp.Compare(a.ID, b.ID) })
	return all, nil
}

// api is the demo's world that has a path.
func api(tb testing.TB, path string) *sandbox.World {
	tb.Helper()
	all, err := apis()
	if err != nil {
		tb.Fatal(err)
	}
	for _, w := range all {
		if slices.ContainsFunc(w.Tools, func(t scaler.WorldTool) bool { return t.Path == path }) {
			return opened(tb, w)
		}
	}
	tb.Fatalf("no world of the demo has %s", path)
	return nil
}

func start(tb testing.TB, o Options, worlds ...*sandbox.World) *Server {
	tb.Helper()
	s, err := New(worlds, o)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// An answer is what a request came to.
type answer struct {
	status int
	header http.Header
	body   string
}

// ask sends one request. Headers are given as "Name: value".
func ask(tb testing.TB, h http.Handler, method, path, body string, headers ...string) answer {
	tb.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.RequestURI = ""
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	text, err := io.ReadAll(w.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return answer{w.Code, w.Header(), string(text)}
}

// field reads a member of the answer's object.
func (a answer) get(tb testing.TB, path ...string) any {
	tb.Helper()
	var v any
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		tb.Fatalf("%q is not JSON: %v", a.body, err)
	}
	for _, name := range path {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	return v
}

const asJSON = "Content-Type: application/json"

// What a person with curl does first: look, change, see it changed, go back.
func TestTwinOfAnAPI(t *testing.T) {
	h := start(t, Options{Seed: 1}, api(t, "/appointments/{appointment_id}/cancel")).Handler()

	page := ask(t, h, "GET", "/", "")
	for _, must := range []string{"cancelAppointment", "/openapi.json", "curl -s 'http://example.com/patients", "X-Session"} {
		if !strings.Contains(page.body, must) {
			t.Errorf("the page does not speak of %s", must)
		}
	}
	list := ask(t, h, "GET", "/appointments?status=scheduled&limit=1", "")
	first := list.get(t, "data").([]any)[0].(map[string]any)
	if list.status != 200 || first["status"] != "scheduled" || len(list.get(t, "data").([]any)) != 1 {
		t.Fatalf("%d %s", list.status, list.body)
	}
	id := first["id"].(string)
	cancelled := ask(t, h, "POST", "/appointments/"+id+"/cancel", "")
	if cancelled.status != 200 || cancelled.get(t, "status") != "cancelled" {
		t.Fatalf("%d %s", cancelled.status, cancelled.body)
	}
	if again := ask(t, h, "POST", "/appointments/"+id+"/cancel", ""); again.status != 409 || again.get(t, "error", "code") != "invalid_state" {
		t.Errorf("cancelled twice: %d %s", again.status, again.body)
	}
	if none := ask(t, h, "GET", "/appointments/APT-0", ""); none.status != 404 || none.get(t, "error", "message") != "There is no appointment APT-0." {
		t.Errorf("%d %s", none.status, none.body)
	}
	diff := ask(t, h, "GET", "/_twin/diff", "")
	if !strings.Contains(diff.body, `"field":"status","old":"scheduled","new":"cancelled"`) {
		t.Errorf("diff: %s", diff.body)
	}
	before := ask(t, h, "GET", "/_twin/session", "")
	if before.get(t, "digest") == before.get(t, "base") || before.get(t, "digest") != cancelled.header.Get("X-Digest") {
		t.Errorf("session: %s", before.body)
	}
	after := ask(t, h, "POST", "/_twin/reset", "")
	if after.get(t, "digest") != after.get(t, "base") || after.get(t, "calls") != 0.0 {
		t.Errorf("reset: %s", after.body)
	}
}

// Several worlds are told apart by the first segment of the path.
func TestSeveralWorlds(t *testing.T) {
	clinic, shelf := api(t, "/appointments"), library(t)
	h := start(t, Options{}, clinic, shelf).Handler()
	page := ask(t, h, "GET", "/", "").body
	for _, w := range []*sandbox.World{clinic, shelf} {
		if !strings.Contains(page, "http://example.com/"+string(w.Spec().ID)+"/mcp") {
			t.Errorf("the page does not lead to %s", w.Spec().ID)
		}
	}
	at := "/" + string(clinic.Spec().ID)
	if got := ask(t, h, "GET", at+"/doctors", ""); got.status != 200 {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := ask(t, h, "POST", "/riverside-library/_twin/tools/get_book", `{"book_id": "B-101"}`); got.status != 200 || got.get(t, "id") != "B-101" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := ask(t, h, "GET", "/doctors", ""); got.status != 404 || got.get(t, "error", "code") != "no_such_world" {
		t.Errorf("%d %s", got.status, got.body)
	}
	html := ask(t, h, "GET", at, "", "Accept: text/html")
	if !strings.Contains(html.body, "<h3>listDoctors") || !strings.HasPrefix(html.header.Get("Content-Type"), "text/html") {
		t.Errorf("no page for browsers: %s", html.header)
	}
}

// A path of the specification whose tool the world leaves out is no unknown path.
func TestLeftOut(t *testing.T) {
	w := *api(t, "/appointments").Spec()
	w.Dropped = []scaler.Dropped{{Tool: "POST /appointments/{id}/translate", Name: "translateAppointment", Method: "POST",
		Path: "/appointments/{id}/translate", Clause: world.Outside, Reason: "no database holds a translation"}}
	h := start(t, Options{}, opened(t, &w)).Handler()
	for _, path := range []string{"/appointments/APT-1/translate", "/_twin/tools/translateAppointment"} {
		got := ask(t, h, "POST", path, "{}")
		if got.status != http.StatusNotImplemented || got.get(t, "error", "message") != "This twin leaves translateAppointment out: no database holds a translation." {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
}

// A request that leads nowhere is told where others lead.
func TestWrongRequests(t *testing.T) {
	h := start(t, Options{Body: 1000}, api(t, "/appointments")).Handler()
	for _, c := range []struct {
		method, path, body string
		status             int
		says               string
	}{
		{"GET", "/appointment", "", 404, "Near it: GET /appointments"},
		{"GET", "/apointmens", "", 404, "Near it: GET /appointments, "},
		{"POST", "/appointments/x/cancle", "", 404, "Near it: POST /appointments/{appointment_id}/cancel, "},
		{"GET", "/v1/Patients", "", 404, "Near it: GET /patients, "},
		{"GET", "/zebra", "", 404, "no path /zebra. All of them"},
		{"PUT", "/appointments", "{}", 405, "takes GET, POST, not PUT"},
		{"GET", "/appointments?limit=many", "", 400, "limit: expected integer, got string"},
		{"POST", "/appointments", `{"patient_id": `, 400, "not valid JSON"},
		{"POST", "/appointments", `[1]`, 400, "has to be a JSON object, not array"},
		{"POST", "/appointments", `<xml/>`, 415, "send application/json"},
		{"POST", "/appointments", `{"reason": "` + strings.Repeat("x", 1000) + `"}`, 413, "larger than 1000 bytes"},
		{"POST", "/appointments", `{}`, 400, "missing"},
		{"GET", "/_twin/nothing", "", 404, "no path /_twin/nothing"},
		{"PATCH", "/_twin/reset", "", 405, "takes POST"},
		{"POST", "/_twin/reset", `{"seed": -1}`, 400, "seed"},
		{"DELETE", "/_twin/sessions/nobody", "", 404, "no session"},
		{"GET", "/_twin/tools/listDoctors", "", 405, "by POST"},
		{"POST", "/_twin/tools/nothing", "", 404, "no tool nothing"},
		{"GET", "/_twin/sessions/%20/doctors", "", 400, "name of a session"},
		{"POST", "/_twin/sessions/%0A", "", 400, "name of a session"},
		{"GET", "/_twin/sessions/" + strings.Repeat("x", longestName+1), "", 400, "name of a session"},
	} {
		media := asJSON
		if strings.HasPrefix(c.body, "<") {
			media = "Content-Type: application/xml"
		}
		got := ask(t, h, c.method, c.path, c.body, media)
		if got.status != c.status || !strings.Contains(got.body, c.says) {
			t.Errorf("%s %s %.30s: %d %s", c.method, c.path, c.body, got.status, got.body)
		}
		if _, ok := got.get(t, "error", "code").(string); !ok {
			t.Errorf("%s %s: no code in %s", c.method, c.path, got.body)
		}
	}
	if got := ask(t, h, "OPTIONS", "/appointments", ""); got.status != 204 || got.header.Get("Allow") != "GET, POST" {
		t.Errorf("%d %v", got.status, got.header)
	}
	if got := ask(t, h, "HEAD", "/doctors", ""); got.status != 200 {
		t.Errorf("HEAD: %d", got.status)
	}
}

// No specification that we have begins a path as the twin does; one that did
// would be refused at once, not half served.
func TestPrefixIsKept(t *testing.T) {
	w := worldtest.Library()
	w.Tools[0].Method, w.Tools[0].Path = "GET", "/_twin/books"
	if _, err := New([]*sandbox.World{opened(t, w)}, Options{}); err == nil || !strings.Contains(err.Error(), "keeps /_twin for itself") {
		t.Errorf("error %v", err)
	}
	err := fs.WalkDir(demo.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(demo.FS(), filepath.ToSlash(path))
		if bytes.Contains(text, []byte(Prefix)) {
			t.Errorf("%s speaks of %s", path, Prefix)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A specification that has /, /mcp or /openapi.json itself keeps them.
func TestSpecificationComesFirst(t *testing.T) {
	w := worldtest.Library()
	w.Tools[0].Method, w.Tools[0].Path = "GET", "/"
	h := start(t, Options{}, opened(t, w)).Handler()
	if got := ask(t, h, "GET", "/?author=lindqvist", ""); got.header.Get("X-Tool") != "list_books" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := ask(t, h, "GET", "/_twin", ""); !strings.Contains(got.body, "list_books") {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := ask(t, h, "GET", "/openapi.json", ""); got.get(t, "openapi") != "3.1.0" {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// Tool code that nobody has vouched for runs in a worker; what it does wrong is
// an answer below 500, and other sessions do not notice.
func TestHostileCode(t *testing.T) {
	w := worldtest.Library()
	w.Code = strings.Replace(w.Code, "def list_books(db, args):\n", `def list_books(db, args):
    if args.get("title") == "loop":
        for a in range(1000000):
            for b in range(1000000):
                a + b
    if args.get("title") == "bomb":
        return "x" * 1000000000
    if args.get("title") == "crash":
        return db.nothing
`, 1)
	env, err := sandbox.Open(w, sandbox.Options{Isolate: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { env.Close() })
	h := start(t, Options{}, env).Handler()
	ask(t, h, "POST", "/_twin/tools/renew_loan", renew, "X-Session: quiet")
	for _, title := range []string{"loop", "bomb", "crash"} {
		got := ask(t, h, "POST", "/_twin/tools/list_books", `{"title": "`+title+`"}`)
		if got.status != 422 || got.get(t, "error", "code") != "internal" {
			t.Errorf("%s: %d %s", title, got.status, got.body)
		}
	}
	if got := ask(t, h, "POST", "/_twin/tools/renew_loan", renew, "X-Session: quiet"); got.get(t, "renewals") != 2.0 {
		t.Errorf("%d %s", got.status, got.body)
	}
}
