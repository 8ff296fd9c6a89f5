package serve

import (
	_ "embed"
	html "html/template"
	"maps"
	"net/http"
	"slices"
	"strings"
	texts "text/template"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

//go:embed index.html
var indexHTML string

//go:embed index.txt
var indexText string

var (
	htmlPage = html.Must(html.New("index.html").Parse(indexHTML))
	textPage = texts.Must(texts.New("index.txt").Parse(indexText))
)

// A page is what a person sees who asks a server what it has.
type page struct {
	Base   string // address of the server, as the client wrote it
	Prefix string
	Worlds []card
	Alone  bool // one world, with all of its tools
}

// A card is one world on a page.
type card struct {
	ID            scaler.WorldID
	Name, Summary string
	At            string
	Tools         []line
	Controls      []line
}

// A line is one thing a client may do.
type line struct {
	Name, Says, Path, Curl string
	Tier                   scaler.Tier
}

// front lists the worlds of a server that has several.
func (s *Server) front(w http.ResponseWriter, r *http.Request) {
	p := page{Base: base(r), Prefix: Prefix}
	for _, t := range s.twins {
		p.Worlds = append(p.Worlds, t.card(p.Base, false))
	}
	p.write(w, r)
}

// index lists what one world has.
func (t *twin) index(w http.ResponseWriter, r *http.Request) {
	p := page{Base: base(r), Prefix: Prefix, Alone: true}
	p.Worlds = []card{t.card(p.Base, true)}
	p.write(w, r)
}

func base(r *http.Request) string { return "http://" + r.Host }

// write gives browsers HTML and everybody else text.
func (p page) write(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = htmlPage.Execute(w, p) // a client that went away needs no page
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_ = textPage.Execute(w, p)
}

func (t *twin) card(base string, whole bool) card {
	c := card{ID: t.ID, Name: t.Name, Summary: t.Summary, At: t.at}
	if whole {
		for _, o := range t.order {
			c.Tools = append(c.Tools, t.line(o, base))
		}
		for _, x := range controls() {
			curl := Request{Method: x.method, Path: t.at + Prefix + x.path}.curl(base)
			c.Controls = append(c.Controls, line{Name: x.method + " " + Prefix + x.path, Says: x.says, Curl: curl})
		}
	}
	return c
}

// line shows a tool with a call that succeeds, where the world's check knows one.
func (t *twin) line(o *operation, base string) line {
	args := &pyjson.Object{}
	for _, c := range t.Check.Tools {
		if c.Name == o.Name && len(c.Witness) > 0 {
			if found, err := pyjson.ParseObject(c.Witness); err == nil {
				args = found
			}
		}
	}
	r := o.call(args)
	r.Path = t.at + r.Path
	path := o.Method + " " + o.Path
	if !o.onHTTP() {
		path = "POST " + Prefix + "/tools/" + o.Name
	}
	says, _, _ := strings.Cut(o.Description, "\n")
	return line{Name: o.Name, Says: says, Path: path, Curl: r.curl(base), Tier: o.Tier}
}

// call is the request for a tool: at its path, or by its name where it has none.
func (o *operation) call(args *pyjson.Object) Request {
	if o.onHTTP() {
		return o.request(args)
	}
	return Request{Method: http.MethodPost, Path: Prefix + "/tools/" + o.Name, Body: pyjson.Marshal(args)}
}

func sorted(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
