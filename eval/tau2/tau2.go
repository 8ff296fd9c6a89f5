// Package tau2 is tau2-bench (github.com/sierra-research/tau2-bench at a2c0247,
// v1.0.1+): the domains retail, airline and telecom with the tools of the agent
// and of the user, their states and hashes, and how it scores.
//
// Tools are Go functions that follow the Python originals step by step, errors
// and quirks included, on the operators of internal/python; what a call wrote
// before it failed stays written.
package tau2

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/agentscaler/scaler/eval/rows"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

// Commit is the version of tau2-bench that this package follows.
const Commit = "a2c0247"

// Who makes a call.
const (
	Assistant = "assistant"
	User      = "user"
)

// A Domain is a world of the benchmark.
type Domain struct {
	Name  string
	class map[string]string // of the tools of each side: errors name it
	tools []tool
	load  func(w *World, dir string) error
}

// A tool is a function of one side. Hidden ones set tasks up and check them; no
// model sees them.
type tool struct {
	name     string
	side     string
	hidden   bool
	mutates  bool
	required []string
	optional []python.Default
	run      func(*Env, []any) any
}

// Domains lists every domain.
var Domains = []Domain{
	{"retail", map[string]string{Assistant: "RetailTools"}, retailTools, loadRows(retailData)},
	{"airline", map[string]string{Assistant: "AirlineTools"}, airlineTools, loadRows(airlineData)},
	{"telecom", map[string]string{Assistant: "TelecomTools", User: "TelecomUserTools"}, telecomTools, loadTelecom},
}

// A World is a domain with its data. Many environments may use it at once.
type World struct {
	Domain Domain
	store  *rows.Store    // of the agent's side
	user   *pyjson.Object // the user's data, where the user has some
	models [2]*model      // of both sides' data
	tools  map[string]map[string]*boundTool
}

type boundTool struct {
	tool
	signature python.Signature
}

// Open reads the data of a domain from a checkout of tau2-bench.
func Open(dir, domain string) (*World, error) {
	for _, d := range Domains {
		if d.Name != domain {
			continue
		}
		w := &World{Domain: d, tools: map[string]map[string]*boundTool{}}
		for side, class := range d.class {
			w.tools[side] = map[string]*boundTool{}
			for _, t := range d.tools {
				if t.side == side {
					w.tools[side][t.name] = &boundTool{t, python.Signature{Name: class + "." + t.name, Before: []string{"self"}, Required: t.required, Optional: t.optional}}
				}
			}
		}
		if err := d.load(w, folder(dir, domain)); err != nil {
			return nil, fmt.Errorf("data of tau2-bench %s: %w", domain, err)
		}
		return w, nil
	}
	return nil, fmt.Errorf("tau2-bench has no domain %q", domain)
}

func folder(dir, domain string) string {
	return filepath.Join(dir, "data", "tau2", "domains", domain)
}

// loadRows reads a database in JSON and brings it into the form of its model.
func loadRows(m *model) func(*World, string) error {
	return func(w *World, dir string) error {
		text, err := os.ReadFile(filepath.Join(dir, "db.json"))
		if err != nil {
			return err
		}
		data, err := pyjson.ParseObject(text)
		if err != nil {
			return err
		}
		_, invalid := python.Try(func() any { data = m.make(data); return nil })
		if invalid != nil {
			return invalid
		}
		w.store, w.models[0] = rows.NewStore(data), m
		return nil
	}
}

// A Process is what environments of one Python process share: in the original,
// breaking the VPN once breaks the default of every phone made later.
type Process struct{ vpn *pyjson.Object }

// NewProcess is a fresh one, as one per task or sequence.
func NewProcess() *Process {
	return &Process{object("server_address", "192.168.1.1", "protocol", "OpenVPN", "server_performance", "excellent")}
}

// An Env is an environment: the data of both sides and the tools on it. It
// belongs to one goroutine.
type Env struct {
	*rows.State // of the agent's side
	Solo        bool
	world       *World
	process     *Process
	user        *pyjson.Object // nil where the user has no data
	drafts      int            // bills made so far
}

// Start makes an environment on fresh data and synchronises its sides.
func (w *World) Start(p *Process) *Env {
	e := &Env{world: w, process: p, State: w.store.Start()}
	if w.user != nil {
		e.user = w.user.Clone()
		e.sync()
	}
	return e
}

// Sync carries over what one side did to the other, as the original does behind
// every step of a conversation.
func (e *Env) Sync() error {
	if _, err := python.Try(func() any { e.sync(); return nil }); err != nil {
		return err
	}
	return nil
}

// sync raises where the two sides do not fit.
func (e *Env) sync() {
	if e.user != nil {
		e.syncTelecom()
	}
}

// Hashes are the official hashes of the agent's and the user's data; the second
// is nil where the user has none.
func (e *Env) Hashes() [2]any { return e.hashes(rows.Tau2, pyjson.MarshalSorted) }

// StateHashes are the SHA-256 of the canonical JSON of both sides.
func (e *Env) StateHashes() [2]any { return e.hashes(rows.Canonical, pyjson.Canonical) }

func (e *Env) hashes(style rows.Style, text func(any) []byte) [2]any {
	h := [2]any{e.State.Hash(style)}
	if e.user != nil {
		h[1] = pyjson.Sum(text(e.user))
	}
	return h
}

// Same says whether the data has the official hashes of another environment of
// the same world.
func (e *Env) Same(o *Env) bool {
	return e.State.Same(o.State, rows.Tau2) && bytes.Equal(e.userText(), o.userText())
}

// userText is what the official hash of the user's data covers.
func (e *Env) userText() []byte {
	if e.user == nil {
		return nil
	}
	return pyjson.MarshalSorted(e.user)
}

// Watch returns a function that says whether the next call changed data.
func (e *Env) Watch() func() bool {
	before := e.userText()
	return func() bool { return e.Changed() || !bytes.Equal(before, e.userText()) }
}

// Make is make_tool_call: it runs a tool without synchronising.
func (e *Env) Make(requestor, name string, arguments *pyjson.Object) (any, *python.Error) {
	return python.Try(func() any { return e.call(requestor, name, arguments) })
}

func (e *Env) call(requestor, name string, arguments *pyjson.Object) any {
	e.Mark()
	for _, own := range []string{"self", "tool_name", "requestor"} {
		if _, ok := arguments.Get(own); ok {
			python.Raise("TypeError", "Environment.make_tool_call() got multiple values for argument '%s'", own)
		}
	}
	t := e.tool(requestor, name)
	return t.run(e, t.signature.Bind(arguments))
}

// tool finds what a side may call; alone, the agent has the user's tools too.
func (e *Env) tool(requestor, name string) *boundTool {
	if requestor == User && e.Solo {
		python.Raise("ValueError", "User tool calls are not allowed in solo mode")
	}
	if requestor == User && e.world.tools[User] == nil {
		python.Raise("ValueError", "User tools not available")
	}
	if t := e.world.tools[User][name]; e.Solo && t != nil && !t.hidden {
		return t
	}
	t := e.world.tools[requestor][name]
	if t == nil || t.hidden {
		python.Raise("ValueError", "Tool '%s' not found.", name)
	}
	return t
}

// A Response is what a caller reads.
type Response struct {
	Content string
	Error   string // the class of the exception; empty where there was none
}

// Respond is get_response: it runs a tool, synchronises, and writes the answer.
func (e *Env) Respond(requestor, name string, arguments *pyjson.Object) Response {
	v, err := python.Try(func() any {
		v := e.call(requestor, name, arguments)
		e.sync()
		return v
	})
	if err != nil {
		return Response{"Error: " + err.Text, err.Class}
	}
	if row, ok := v.(*pyjson.Object); ok {
		return Response{Content: e.State.Text(row)}
	}
	return Response{Content: Text(v)}
}

// Text is to_json_str of a tool's value: a string as it is, a number or a truth
// value as a string in JSON, anything else as JSON.
func Text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case nil, []any, *pyjson.Object:
		return string(pyjson.MarshalASCII(v))
	}
	return string(pyjson.MarshalASCII(python.Str(v)))
}

// Run is run_env_function_call: it runs any function of a side, hidden ones too,
// and synchronises.
func (e *Env) Run(side, function string, arguments *pyjson.Object) (any, *python.Error) {
	return python.Try(func() any {
		t := e.world.tools[side][function]
		if t == nil {
			python.Raise("AttributeError", "'%s' object has no attribute '%s'", e.world.Domain.class[side], function)
		}
		v := t.run(e, t.signature.Bind(arguments))
		e.sync()
		return v
	})
}

// Has says whether a side has a tool of that name.
func (w *World) Has(name string) bool {
	for _, side := range []string{Assistant, User} {
		if t := w.tools[side][name]; t != nil && !t.hidden {
			return true
		}
	}
	return false
}

// Mutates says whether the official evaluation makes a call again: reads are
// left out, and so are tools that nobody has.
func (w *World) Mutates(name string) bool {
	for _, side := range []string{Assistant, User} {
		if t := w.tools[side][name]; t != nil && !t.hidden {
			return t.mutates
		}
	}
	return false
}

// Only leaves a side the tools of some names: versions differ in what they have.
// It returns a name that no tool of the side has, or "".
func (w *World) Only(side string, names []string) (unknown string) {
	kept := map[string]*boundTool{}
	for name, t := range w.tools[side] {
		if t.hidden {
			kept[name] = t
		}
	}
	for _, name := range names {
		t := w.tools[side][name]
		if t == nil || t.hidden {
			return name
		}
		kept[name] = t
	}
	w.tools[side] = kept
	return ""
}

// object builds a dict from pairs of key and value.
func object(pairs ...any) *pyjson.Object {
	o := pyjson.NewObject(len(pairs) / 2)
	for i := 0; i < len(pairs); i += 2 {
		o.Set(pairs[i].(string), pairs[i+1])
	}
	return o
}

// get reads a field that the model always has.
func get(row any, path ...string) any {
	for _, key := range path {
		row, _ = row.(*pyjson.Object).Get(key)
	}
	return row
}

func set(row any, key string, v any) { row.(*pyjson.Object).Set(key, v) }

// extend appends to the list under a key of a row.
func extend(row *pyjson.Object, key string, items ...any) {
	list := get(row, key).([]any)
	row.Set(key, append(list[:len(list):len(list)], items...))
}

// find returns the row that a key argument names.
func find(e *Env, table string, key any) (*pyjson.Object, bool) {
	python.Hash(key)
	name, ok := key.(string)
	if !ok {
		return nil, false
	}
	return e.Row(table, name)
}

// refuse raises what most checks of the original raise.
func refuse(format string, args ...any) { python.Raise("ValueError", format, args...) }

// fetch returns a row or refuses with a text.
func fetch(e *Env, table string, key any, missing string) *pyjson.Object {
	row, ok := find(e, table, key)
	if !ok {
		refuse("%s", missing)
	}
	return row
}

func calculate(_ *Env, a []any) any {
	for _, char := range python.Iter(a[0]) {
		if !python.In(char, "0123456789+-*/(). ") {
			refuse("Invalid characters in expression")
		}
	}
	return python.Calculate(a[0])
}

func transfer(*Env, []any) any { return "Transfer successful" }
