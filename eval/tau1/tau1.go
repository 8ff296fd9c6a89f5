// Package tau1 is tau-bench (github.com/sierra-research/tau-bench at 59a200c):
// its two domains with their tools, states and hashes, and how it scores.
//
// Tools are Go functions that follow the Python originals step by step, errors
// and quirks included, on the operators of internal/python; what a call wrote
// before it failed stays written.
package tau1

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/agentscaler/scaler/eval/rows"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

// Commit is the version of tau-bench that this package follows.
const Commit = "59a200c"

// A Domain is a world of the benchmark.
type Domain struct {
	Name   string
	Tables []string // each one a data file
	tools  []tool
}

// A tool is one function that the agent may call.
type tool struct {
	name   string
	class  string // of the original: errors name it
	params []string
	run    func(*rows.State, []any) any
}

// Domains lists both domains.
var Domains = []Domain{
	{"retail", []string{"orders", "products", "users"}, retailTools},
	{"airline", []string{"flights", "reservations", "users"}, airlineTools},
}

// terminal is the tool that ends a conversation.
const terminal = "transfer_to_human_agents"

// A World is a domain with its data. Many sessions may use it at once.
type World struct {
	Domain Domain
	store  *rows.Store
	tools  map[string]*boundTool
}

type boundTool struct {
	tool
	signature python.Signature
	path      string // of the original function, for the error about "data"
}

// Open reads the data of a domain from a checkout of tau-bench.
func Open(dir, domain string) (*World, error) {
	for _, d := range Domains {
		if d.Name == domain {
			return d.open(filepath.Join(dir, "tau_bench", "envs", domain, "data"))
		}
	}
	return nil, fmt.Errorf("tau-bench has no domain %q", domain)
}

func (d Domain) open(dir string) (*World, error) {
	data := pyjson.NewObject(len(d.Tables))
	for _, name := range d.Tables {
		text, err := os.ReadFile(filepath.Join(dir, name+".json"))
		if err != nil {
			return nil, fmt.Errorf("data of tau-bench %s: %w", d.Name, err)
		}
		table, err := pyjson.ParseObject(text)
		if err != nil {
			return nil, fmt.Errorf("data of tau-bench %s: %s: %w", d.Name, name, err)
		}
		data.Set(name, table)
	}
	w := &World{Domain: d, store: rows.NewStore(data), tools: map[string]*boundTool{}}
	for _, t := range d.tools {
		w.tools[t.name] = &boundTool{t, python.Signature{Name: t.class + ".invoke", Before: []string{"data"}, Required: t.params},
			strings.Join([]string{"tau_bench.envs", d.Name, "tools", t.name, t.class, "invoke"}, ".")}
	}
	return w, nil
}

// User says whether the data has a user of this id.
func (w *World) User(id string) bool {
	_, ok := w.store.Start().Row("users", id)
	return ok
}

// Start begins a conversation on fresh data.
func (w *World) Start() *Session { return &Session{world: w, State: w.store.Start()} }

// A Session is the data of one conversation. It belongs to one goroutine.
type Session struct {
	*rows.State
	world *World
}

// A Result is what a call answered.
type Result struct {
	Text   string
	Failed bool // Text is an error for the agent to read
	// Crashed is a tool that returned something else than text: in tau-bench an
	// exception ends the whole run, which then scores 0.
	Crashed bool
}

// Call runs a tool as Env.step does.
func (s *Session) Call(name string, arguments *pyjson.Object) Result {
	s.Mark()
	t := s.world.tools[name]
	if t == nil {
		return Result{Text: "Unknown action " + name, Failed: true}
	}
	v, err := python.Try(func() any {
		if _, ok := arguments.Get("data"); ok {
			python.Raise("TypeError", "%s() got multiple values for keyword argument 'data'", t.path)
		}
		return t.run(s.State, t.signature.Bind(arguments))
	})
	if err != nil {
		return Result{Text: "Error: " + err.Text, Failed: true}
	}
	text, ok := v.(string)
	if !ok {
		return Result{Failed: true, Crashed: true}
	}
	return Result{Text: text, Failed: strings.HasPrefix(text, "Error")}
}

// OfficialHash is tau-bench's own hash of the data.
func (s *Session) OfficialHash() string { return s.Hash(rows.Tau1) }

// StateHash is the SHA-256 of the canonical JSON of the data.
func (s *Session) StateHash() string { return s.Hash(rows.Canonical) }

// dumps is json.dumps(v).
func dumps(s *rows.State, v any) any { return s.Text(v) }

// object builds a dict from pairs of key and value.
func object(pairs ...any) *pyjson.Object {
	o := pyjson.NewObject(len(pairs) / 2)
	for i := 0; i < len(pairs); i += 2 {
		o.Set(pairs[i].(string), pairs[i+1])
	}
	return o
}

// get reads a field of a row that the data always has.
func get(row any, path ...string) any {
	for _, key := range path {
		row, _ = row.(*pyjson.Object).Get(key)
	}
	return row
}

// extend appends to the list under a key of a row.
func extend(row *pyjson.Object, key string, items ...any) {
	list := get(row, key).([]any)
	row.Set(key, append(list[:len(list):len(list)], items...))
}

// find returns the row that a key argument names.
func find(s *rows.State, table string, key any) (*pyjson.Object, bool) {
	python.Hash(key)
	name, ok := key.(string)
	if !ok {
		return nil, false
	}
	return s.Row(table, name)
}

// calculate is the tool that both domains have.
func calculate(_ *rows.State, a []any) any {
	expression := a[0]
	for _, char := range python.Iter(expression) {
		if !python.In(char, "0123456789+-*/(). ") {
			return "Error: invalid characters in expression"
		}
	}
	v, err := python.Try(func() any { return python.Calculate(expression) })
	if err != nil {
		return "Error: " + err.Text
	}
	return v
}

func think(*rows.State, []any) any    { return "" }
func transfer(*rows.State, []any) any { return "Transfer successful" }

// getter is a tool that shows one row.
func getter(table, missing string) func(*rows.State, []any) any {
	return func(s *rows.State, a []any) any {
		if row, ok := find(s, table, a[0]); ok {
			return dumps(s, row)
		}
		return missing
	}
}

// Ends says whether a tool ends the conversation.
func Ends(tool string) bool { return tool == terminal }

// Has says whether the domain has a tool of this name.
func (d Domain) Has(name string) bool {
	for _, t := range d.tools {
		if t.name == name {
			return true
		}
	}
	return false
}
