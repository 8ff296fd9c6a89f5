package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/atlas"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/store"
)

// drawRun draws the run's domains into a file: SVG, or a page that holds it.
func drawRun(run *store.Run, file string) error {
	ext := strings.ToLower(filepath.Ext(file))
	if ext != ".svg" && ext != ".html" {
		return usageError{fmt.Errorf("--graph draws .svg or .html, not %q", file)}
	}
	if !run.Exists("domains.jsonl") {
		return fmt.Errorf("the run has no domains yet; make them with: agentscaler domain %s", run.Path())
	}
	domains, err := store.Collect(store.ReadLines[scaler.Domain](run, "domains.jsonl"))
	if err != nil {
		return err
	}
	g, err := pipeline.ReadGraph(run)
	if err != nil {
		return err
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := drawPage(f, ext == ".html", domains, g); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func drawPage(w io.Writer, page bool, domains []scaler.Domain, g *scaler.Graph) error {
	if !page {
		return atlas.Draw(w, domains, g)
	}
	fmt.Fprint(w, "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Domains</title>\n<body style=\"margin:0\">\n")
	return atlas.Draw(w, domains, g)
}
