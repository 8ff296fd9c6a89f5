package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
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
