// Package eval runs published benchmarks natively: their worlds, their scores,
// and the replay of recorded calls against what the official code answered.
package eval

import (
	"fmt"
	"io"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Benchmark is one that this package knows.
type Benchmark struct {
	Name string
	// Open prepares the replay of a file against the data of a checkout.
	Open func(data string, file *File) (Player, error)
	// Rescore scores an official result file again; nil where there is none yet.
	Rescore func(data string, results any) (Scores, error)
	// Folders scores a tree of official result folders again; nil where results
	// are one file.
	Folders func(data, root string, r Rules) (Table, error)
}

// Benchmarks lists every benchmark. To add one, add a row.
var Benchmarks = []Benchmark{
	{Name: "tau-bench", Open: openTau1, Rescore: rescoreTau1},
	{Name: "tau2-bench", Open: openTau2, Rescore: rescoreTau2},
	{Name: "acebench", Open: openACE, Folders: rescoreACE},
}

// Rules say how results are scored; zeros are what the benchmark's own code does
// by default.
type Rules struct {
	Language string // "" is read from the folders' names
	Scorer   string // a version of the official scorer, or "strict"
}

// A Table is scores that print themselves, and marshal as JSON.
type Table interface{ Write(w io.Writer) error }

// Find returns the benchmark of a name.
func Find(name string) (Benchmark, error) {
	var names []string
	for _, b := range Benchmarks {
		if b.Name == name {
			return b, nil
		}
		names = append(names, b.Name)
	}
	return Benchmark{}, fmt.Errorf("there is no benchmark %q; there are %s", name, strings.Join(names, ", "))
}

// A Player replays the items of one file. Items may be played side by side.
type Player interface {
	Play(item *Item) (Session, error)
}

// A Session is one item being replayed.
type Session interface {
	// Call makes the next call of the item and answers it.
	Call(call *pyjson.Object) Answer
	// Finish returns hashes and scores of the item, under the names of the file.
	Finish() (*pyjson.Object, error)
}
