package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/store"
	"github.com/spf13/cobra"
)

func newVerify() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify {RUN [worlds|tasks|rollouts|dataset]... | WORLD-FOLDER}",
		Short: "Prove from disk what a run claims, or check one world folder, also one written by hand",
		Example: `  agentscaler verify runs/demo
  agentscaler verify runs/demo tasks
  agentscaler verify runs/demo/worlds/shop-x7k2qa
  agentscaler verify my-world --json`,
		Args: atLeast(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := os.Stat(filepath.Join(args[0], "world.json")); err == nil {
				return verifyWorldDir(cmd, args[0], asJSON)
			}
			run, err := store.Open(args[0])
			if err != nil {
				return fmt.Errorf("%w, nor a world's folder: it has no world.json", err)
			}
			claims, err := pipeline.Verify(cmd.Context(), run, args[1:])
			if err != nil {
				return err
			}
			return printClaims(cmd.OutOrStdout(), claims, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

var errBroken = errors.New("not everything the run claims holds")

func printClaims(w io.Writer, claims []pipeline.Claim, asJSON bool) error {
	broken := false
	for _, c := range claims {
		broken = broken || c.Held < c.Of
	}
	if asJSON {
		if err := json.NewEncoder(w).Encode(claims); err != nil {
			return err
		}
	} else {
		for _, c := range claims {
			fmt.Fprintf(w, "%6d of %-6d %s\n", c.Held, c.Of, c.Name)
			for _, item := range c.Broken {
				fmt.Fprintf(w, "%16s not so: %s\n", "", item)
			}
		}
	}
	if broken {
		return errBroken
	}
	return nil
}

// verifyWorldDir checks one world folder, also one written by hand.
func verifyWorldDir(cmd *cobra.Command, dir string, asJSON bool) error {
	w, err := store.ReadWorldDir(dir)
	if err != nil {
		return err
	}
	check, unopened := pipeline.CheckWorld(cmd.Context(), w)
	out := cmd.OutOrStdout()
	if asJSON {
		err = json.NewEncoder(out).Encode(check)
	} else {
		err = contract.WriteReport(out, check)
	}
	switch {
	case err != nil:
		return err
	case unopened != nil:
		return unopened
	case contract.Trouble(check) != "":
		return fmt.Errorf("world %s is not sound: %s", w.ID, contract.Trouble(check))
	}
	return nil
}
