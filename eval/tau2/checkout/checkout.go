// Package checkout reads what models are told from a user's full checkout of
// tau2-bench: policies, user guidelines, prompts, tool schemas and tasks. The
// schemas are made from the signatures and docstrings of its Python sources, as
// its own code does; nothing of it is run.
package checkout

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/agentscaler/scaler/internal/pylit"
)

// A Checkout is a folder that holds tau2-bench.
type Checkout struct {
	Dir     string
	Version Version
	modules map[string]*pylit.Scope
}

// Open recognises a checkout and its version. A Checkout belongs to one
// goroutine; what it returns does not change any more.
func Open(dir string) (*Checkout, error) {
	c := &Checkout{Dir: dir, modules: map[string]*pylit.Scope{}}
	var err error
	if c.Version, err = c.recognise(); err != nil {
		return nil, err
	}
	return c, nil
}

// read returns the text of a file as Python's text mode does.
func (c *Checkout) read(path string) (string, error) {
	text, err := os.ReadFile(filepath.Join(c.Dir, filepath.FromSlash(path)))
	if errors.Is(err, fs.ErrNotExist) {
		version := ""
		if c.Version.Name != "" {
			version = " (recognised: " + c.Version.Name + ")"
		}
		return "", fmt.Errorf("%s is no full checkout of tau2-bench%s: it lacks %s", c.Dir, version, path)
	}
	if err != nil {
		return "", fmt.Errorf("tau2-bench: %w", err)
	}
	return newlines.Replace(string(text)), nil
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func (c *Checkout) has(path string) bool {
	_, err := os.Stat(filepath.Join(c.Dir, filepath.FromSlash(path)))
	return err == nil
}

// module returns what a module of the checkout's sources defines.
func (c *Checkout) module(name string) (*pylit.Scope, error) {
	if m := c.modules[name]; m != nil {
		return m, nil
	}
	path := "src/" + strings.ReplaceAll(name, ".", "/")
	if c.has(path + "/__init__.py") {
		path += "/__init__"
	}
	text, err := c.read(path + ".py")
	if err != nil {
		return nil, err
	}
	c.modules[name] = pylit.Module(text)
	return c.modules[name], nil
}

// lacks is the error of a source that does not define what is expected there.
func (c *Checkout) lacks(module, what string) error {
	return fmt.Errorf("tau2-bench %s: %s defines no %s", c.Version.Name, module, what)
}
