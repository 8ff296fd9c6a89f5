//go:build unix

package sandbox_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/store"
)

// An official is a published benchmark's database as a world of ours, with two
// tools that do what two of its own do.
type official struct {
	domain string
	keys   map[string]string // table -> key column
	read   [2]string         // tool and arguments
	write  [2][2]string      // two that undo each other
	change scaler.Change     // one field of one row
}

var officials = []official{
	{
		domain: "retail", keys: map[string]string{"products": "product_id", "users": "user_id", "orders": "order_id"},
		read: [2]string{"get_order_details", `{"order_id": "%s"}`},
		write: [2][2]string{
			{"modify_user_address", `{"user_id": "%s", "address1": "1 High Street", "address2": "", "city": "Harwick", "state": "CA", "country": "USA", "zip": "10001"}`},
			{"modify_user_address", `{"user_id": "%s", "address1": "2 High Street", "address2": "", "city": "Harwick", "state": "CA", "country": "USA", "zip": "10001"}`},
		},
		change: scaler.Change{Table: "users", Op: "update", Fields: []scaler.FieldChange{{Field: "email", New: []byte(`"someone@example.com"`)}}},
	},
	{
		domain: "airline", keys: map[string]string{"flights": "flight_number", "users": "user_id", "reservations": "reservation_id"},
		read: [2]string{"get_reservation_details", `{"reservation_id": "%s"}`},
		write: [2][2]string{
			{"update_reservation_passengers", `{"reservation_id": "%s", "passengers": %s}`},
			{"update_reservation_passengers", `{"reservation_id": "%s", "passengers": %s}`},
		},
		change: scaler.Change{Table: "reservations", Op: "update", Fields: []scaler.FieldChange{{Field: "cabin", New: []byte(`"first"`)}}},
	},
}

// Open, reset, read, write, digest and diff on the official databases, beside
// the official code where a checkout of it is named:
//
//	AGENTSCALER_TAU2_BENCH=tau2-bench go test ./sandbox -run '^$' -bench Official
func BenchmarkOfficial(b *testing.B) {
	for _, o := range officials {
		file := officialData(b, o.domain)
		b.Run(o.domain, func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "world")
			o.fill(b, file, dir)
			o.ours(b, dir)
			o.theirs(b, file)
		})
	}
}

func officialData(b *testing.B, domain string) string {
	root := os.Getenv("AGENTSCALER_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	file := filepath.Join(root, "benchmarks", "tau2-bench", "data", "tau2", "domains", domain, "db.json")
	if _, err := os.Stat(file); err != nil {
		b.Skipf("shared data absent: %v", err)
	}
	return file
}

// fill writes the world folder and completes the calls with ids of its rows.
func (o *official) fill(b *testing.B, file, dir string) {
	text, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	db, err := pyjson.ParseObject(text)
	if err != nil {
		b.Fatal(err)
	}
	code, err := os.ReadFile("testdata/official/" + o.domain + ".star")
	if err != nil {
		b.Fatal(err)
	}
	w := &scaler.World{ID: scaler.WorldID(o.domain), Now: "2024-05-15T15:00:00Z", Code: string(code)}
	for _, tool := range []string{o.read[0], o.write[0][0]} {
		w.Tools = append(w.Tools, scaler.WorldTool{Name: tool, Parameters: []byte(`{"type": "object"}`)})
	}
	first := map[string]*pyjson.Object{}
	for table, rows := range db.All() {
		key, all := o.keys[table], rows.(*pyjson.Object)
		w.Schema.Tables = append(w.Schema.Tables, scaler.Table{Name: table, Entity: table, Key: key, Columns: []scaler.Column{{Name: key, Type: "string"}}})
		for id, row := range all.All() {
			if first[table] == nil {
				first[table] = row.(*pyjson.Object)
			}
			w.Rows = append(w.Rows, scaler.Row{Table: table, Key: id, Value: pyjson.Marshal(row)})
		}
	}
	if err := store.WriteWorldDir(dir, w); err != nil {
		b.Fatal(err)
	}
	o.address(first)
}

// address puts the ids of the first rows into the calls.
func (o *official) address(first map[string]*pyjson.Object) {
	text := func(table, column string) string { v, _ := first[table].Get(column); return fmt.Sprint(v) }
	row := first[o.change.Table]
	old, _ := row.Get(o.change.Fields[0].Field)
	o.change.Key, o.change.Fields[0].Old = text(o.change.Table, o.keys[o.change.Table]), pyjson.Marshal(old)
	if o.domain == "retail" {
		o.read[1] = fmt.Sprintf(o.read[1], text("orders", "order_id"))
		for i := range o.write {
			o.write[i][1] = fmt.Sprintf(o.write[i][1], text("users", "user_id"))
		}
		return
	}
	id := text("reservations", "reservation_id")
	o.read[1] = fmt.Sprintf(o.read[1], id)
	passengers, _ := row.Get("passengers")
	for i := range o.write {
		list := make([]map[string]string, len(passengers.([]any)))
		for k := range list {
			list[k] = map[string]string{"first_name": fmt.Sprint("Ann", i), "last_name": "Moreau", "dob": "1990-01-01"}
		}
		raw, _ := json.Marshal(list) // of strings
		o.write[i][1] = fmt.Sprintf(o.write[i][1], id, raw)
	}
}

// ours times this sandbox.
func (o *official) ours(b *testing.B, dir string) {
	open := func() *sandbox.World {
		w, err := store.ReadWorldDir(dir)
		if err != nil {
			b.Fatal(err)
		}
		x, err := sandbox.Open(w, sandbox.Options{})
		if err != nil {
			b.Fatal(err)
		}
		return x
	}
	w := open()
	s := start(b, w)
	changed := s.Fork()
	call(b, changed, o.write[0][0], o.write[0][1])
	fresh := start(b, w)
	for _, op := range []struct {
		name string
		do   func(i int)
	}{
		{"open", func(int) { open() }},
		{"reset", func(int) { changed.Fork().Reset() }},
		{"read", func(int) { call(b, s, o.read[0], o.read[1]) }},
		{"write", func(i int) { call(b, s, o.write[i%2][0], o.write[i%2][1]) }},
		{"digest", func(int) { // of a state with one more change, the change included
			if err := fresh.Apply([]scaler.Change{o.change}); err != nil || fresh.Digest() == w.Base() {
				b.Fatal("nothing changed", err)
			}
			fresh.Reset()
		}},
		{"diff", func(int) {
			if len(changed.Diff()) != 1 {
				b.Fatal("not one row")
			}
		}},
	} {
		b.Run(op.name+"/ours", func(b *testing.B) {
			began := processorTime()
			for i := 0; b.Loop(); i++ {
				op.do(i)
			}
			b.ReportMetric(float64(processorTime()-began)/float64(b.N), "cpu-ns/op")
		})
	}
}

// processorTime is what this process has used, which other processes on a busy
// machine make no longer.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// theirs times the official code, in a process of its own.
func (o *official) theirs(b *testing.B, file string) {
	checkout := os.Getenv("AGENTSCALER_TAU2_BENCH")
	if checkout == "" {
		return
	}
	calls, err := json.Marshal(map[string]any{"read": o.read, "write": o.write})
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command("python3", "testdata/official/speed.py", checkout, file, o.domain, string(calls))
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		b.Fatal(err)
	}
	took, err := pyjson.ParseObject(text)
	if err != nil {
		b.Fatalf("%v: %s", err, text)
	}
	for name, v := range took.All() {
		var ns float64
		if _, err := fmt.Sscan(fmt.Sprint(v), &ns); err != nil {
			b.Fatal(err)
		}
		b.Run(name+"/theirs", func(b *testing.B) {
			for b.Loop() { // it was timed where it ran
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(ns, "cpu-ns/op")
		})
	}
}
