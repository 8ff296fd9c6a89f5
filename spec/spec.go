// Package spec reads API specifications in their native formats and returns the
// tools in them.
//
// It fails per tool, not per file: every tool of the input ends as a
// scaler.Tool or as a scaler.Rejection with a reason and a place, so that the
// counts add up. Formats are told apart by content, never by file name.
package spec

import (
	"cmp"
	"context"
	"iter"
	"runtime"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
)

// An Item is what became of one piece of the input: exactly one of Tool,
// Rejection and Skipped is set.
type Item struct {
	Tool      *scaler.Tool
	Rejection *scaler.Rejection
	Skipped   *Skip
	Rewrite   *Rewrite // of the tool's description, where a model was asked for one
	Damaged   bool     // of a Rejection: it is of a whole file that the user named and that ought to be a specification
}

// A Skip is a file that is no specification and need not be one: a licence, a
// read-me, a picture, a file of schemas that others refer to.
type Skip struct {
	Origin scaler.Place
	Why    string
}

// A Format is one way of writing tools down. To add one, write a file with its
// two functions and add a row to Formats.
type Format struct {
	Name  string
	Sniff func(root any) bool         // whether a parsed document is of this format
	Read  func(d *Document) []Service // its services with their tools; never fails as a whole
}

// Formats lists every format this package reads, the most specific first.
var Formats = []Format{
	{Name: "smithy", Sniff: isSmithy, Read: readSmithy},
	{Name: "discovery", Sniff: isDiscovery, Read: readDiscovery},
	{Name: "toolbench", Sniff: isToolBench, Read: readToolBench},
	{Name: "openapi", Sniff: isOpenAPI, Read: readOpenAPI},
	{Name: "mcp", Sniff: isMCP, Read: readMCP},
	{Name: "functions", Sniff: isFunctions, Read: readFunctions},
}

// A Document is one parsed file.
type Document struct {
	Place scaler.Place
	Root  any // nil, bool, json.Number, string, []any or an ordered object

	library *library // the files beside it, which it may refer to
	name    string   // its own in the library
}

// A Service is one API as a document describes it.
type Service struct {
	Name    string // a readable slug, such as "petstore"; made unique by the reader
	Version string // as the document spells it
	Host    string // where there is one
	Items   []Item // tools and rejections in the document's order
	Loose   bool   // its tools came together by chance, as in a list of questions: each can go by itself
}

// A Reader reads specifications.
type Reader struct {
	Parallel int // files read at a time; 0 means one per processor
	Limit    int // tools to keep at most; 0 means all

	KeepDuplicates bool // keep services that repeat another, and older versions
	KeepWeak       bool // keep tools that say nothing about themselves

	Model llm.Model // rewrites weak descriptions; nil leaves them as they are
}

// Read returns everything in the sources, in a fixed order that does not depend
// on Parallel. A source is a file, a folder, a glob, an archive (.zip, .tar,
// .tar.gz, .tgz, .tar.zst) or a live MCP server (mcp+stdio:COMMAND,
// mcp+http://...). It yields an error, and nothing after it, only when a
// source cannot be used at all; what is wrong inside one becomes a Rejection.
//
// Memory does not grow with the input, a few bytes per tool excepted: unless
// KeepDuplicates is set, tools wait in a temporary file until the whole input
// has been seen.
func (r Reader) Read(ctx context.Context, sources []string) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		var open shelves
		defer open.close()
		readings := ordered(ctx, files(ctx, &open, sources), cmp.Or(r.Parallel, runtime.NumCPU()), r.readFile)
		items := r.direct
		if !r.KeepDuplicates {
			items = r.deduplicated
		}
		kept := 0
		for item, err := range r.rewritten(ctx, items(readings)) {
			if item.Tool != nil {
				kept++
			}
			if !yield(item, err) || err != nil || kept == r.Limit && kept > 0 {
				return
			}
		}
	}
}

// direct passes everything on as it comes.
func (r Reader) direct(readings iter.Seq2[reading, error]) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		names, clones := names{}, clones{}
		for reading, err := range readings {
			if err != nil {
				yield(Item{}, err)
				return
			}
			for _, s := range reading.services {
				names.identify(&s)
				for _, item := range s.Items {
					clones.link(item.Tool)
					if !yield(item, nil) {
						return
					}
				}
			}
			for _, item := range reading.items {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}
