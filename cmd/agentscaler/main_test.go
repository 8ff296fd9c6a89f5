package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentscaler/scaler/sandbox"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	sandbox.Main()
	testscript.Main(m, map[string]func(){
		"agentscaler": func() { os.Exit(Main(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// The scripts run the command as its users do.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:       "testdata/script",
		Setup:     func(e *testscript.Env) error { e.Setenv("SHARED", sharedData()); return nil },
		Condition: condition,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"nest": writeNest,
			"sql":  runSQL,
			"edit": editFile,
			"find": findPath,
		},
	})
}

// sharedData is where the data beside the repository stands, or "".
func sharedData() string {
	dir := os.Getenv("AGENTSCALER_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	if _, err := os.Stat(abs); err != nil {
		return ""
	}
	return abs
}

// condition is what scripts may ask for in brackets: [shared].
func condition(name string) (bool, error) {
	if name != "shared" {
		return false, fmt.Errorf("unknown condition %q", name)
	}
	return sharedData() != "", nil
}

// writeNest writes a file of n opening brackets: nest FILE N.
func writeNest(ts *testscript.TestScript, _ bool, args []string) {
	n := 0
	for _, digit := range args[1] {
		n = n*10 + int(digit-'0')
	}
	brackets := make([]byte, n)
	for i := range brackets {
		brackets[i] = '['
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), brackets, 0o644))
}

// editFile replaces a text in the only file like a pattern: edit PATTERN OLD NEW.
func editFile(ts *testscript.TestScript, _ bool, args []string) {
	path := onlyPath(ts, args[0])
	was, err := os.ReadFile(path)
	ts.Check(err)
	if !strings.Contains(string(was), args[1]) {
		ts.Fatalf("%s does not contain %q", path, args[1])
	}
	ts.Check(os.WriteFile(path, []byte(strings.Replace(string(was), args[1], strings.ReplaceAll(args[2], `\n`, "\n"), 1)), 0o644))
}

// findPath puts the only path like a pattern into a variable: find NAME PATTERN.
func findPath(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], onlyPath(ts, args[1]))
}

func onlyPath(ts *testscript.TestScript, pattern string) string {
	found, err := filepath.Glob(ts.MkAbs(pattern))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%s is %v; want one path", pattern, found)
	}
	return found[0]
}

// runSQL edits a database as any client would: sql FILE STATEMENT.
func runSQL(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec(args[1])
	ts.Check(err)
}
