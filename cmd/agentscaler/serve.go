package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/serve"
	"github.com/agentscaler/scaler/store"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

func newServe() *cobra.Command {
	var o serve.Options
	var over, addr string
	var quiet bool
	cmd := &cobra.Command{
		Use:   "serve RUN [WORLD]",
		Short: "Serve worlds to agents: as MCP servers, and as the APIs they were made from",
		Long: `Serve worlds to agents: over HTTP as MCP servers and at the paths of the specification, or over stdio as one MCP server.

One world answers at the root of the address, several below their ids. A connection over MCP has a session of its own; over HTTP a session
is named by the header X-Session, and all requests without it share one. GET / tells the rest, and so does docs/serve.md.`,
		Example: `  agentscaler serve runs/mine
  agentscaler serve runs/mine shop-x7k2qa --mcp stdio
  curl -s http://127.0.0.1:8080/`,
		Args: between(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if over != "http" && over != "stdio" {
				return usageError{fmt.Errorf("--mcp is stdio or http, not %q", over)}
			}
			if !quiet {
				o.Log = slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
			}
			folders, err := readWorlds(args)
			if err != nil {
				return err
			}
			worlds, err := openWorlds(cmd.Context(), folders)
			if err != nil {
				return err
			}
			defer closeWorlds(worlds)
			if over == "stdio" && len(worlds) > 1 {
				return usageError{fmt.Errorf("over stdio there is one world, and %s has %d: say which (list them with: agentscaler show %s world)", args[0], len(worlds), args[0])}
			}
			if name, _, err := net.SplitHostPort(addr); err == nil && name != "" {
				o.Hosts = append(o.Hosts, name)
			}
			server, err := serve.New(worlds, o)
			if err != nil {
				return err
			}
			defer doubt(cmd.Context(), o.Log, folders)()
			if over == "stdio" {
				return server.ServeStdio(cmd.Context(), io.NopCloser(cmd.InOrStdin()), open{cmd.OutOrStdout()})
			}
			return listen(cmd, server, addr)
		},
	}
	set := cmd.Flags()
	set.StringVar(&over, "mcp", "http", "how MCP clients come: http (beside the API itself) or stdio (and nothing else)")
	set.StringVar(&addr, "addr", "127.0.0.1:8080", "address to listen on; port 0 takes a free one")
	set.Uint64Var(&o.Seed, "seed", 1, "of sessions whose client chooses none")
	set.IntVar(&o.Sessions, "sessions", 10_000, "sessions at once, over all worlds")
	set.DurationVar(&o.TTL, "ttl", 0, "a session that idles longer ends (default 30m)")
	set.Int64Var(&o.Body, "max-body", 4<<20, "bytes of a request's body")
	set.StringSliceVar(&o.Hosts, "allow-host", nil, "name by which requests may call the server beside loopback and its address, such as a proxy's; * allows any (repeatable)")
	set.BoolVar(&o.Control, "control", false, "give MCP clients the tools twin_reset and twin_session")
	set.BoolVar(&quiet, "quiet", false, "log nothing")
	return cmd
}

func listen(cmd *cobra.Command, server *serve.Server, addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("%w (another address: --addr HOST:PORT; port 0 takes a free one)", err)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "http://%s/\n", l.Addr())
	return server.Serve(cmd.Context(), l)
}

// openWorlds opens worlds that were read.
func openWorlds(ctx context.Context, folders []folder) ([]*sandbox.World, error) {
	worlds := make([]*sandbox.World, len(folders))
	group, _ := errgroup.WithContext(ctx)
	group.SetLimit(runtime.NumCPU())
	for i, f := range folders {
		group.Go(func() (err error) {
			worlds[i], err = pipeline.OpenWorld(f.World)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		closeWorlds(worlds)
		return nil, err
	}
	return worlds, nil
}

// A folder is a world and where it was read.
type folder struct {
	*scaler.World
	dir string
}

// readWorlds reads the worlds that the arguments name: all of a run, one of it, or
// a world's folder.
func readWorlds(args []string) ([]folder, error) {
	if _, err := os.Stat(filepath.Join(args[0], "world.json")); err == nil && len(args) == 1 {
		w, err := store.ReadWorldDir(args[0])
		return []folder{{w, args[0]}}, err
	}
	run, err := store.Open(args[0])
	if err != nil {
		return nil, err
	}
	ids, err := run.Worlds()
	switch {
	case len(args) == 2:
		ids = []scaler.WorldID{matchWorld(run, args[1])}
	case err != nil:
		return nil, err
	case len(ids) == 0:
		return nil, errors.New("the run has no world yet; make them with: agentscaler world " + args[0])
	}
	var all []folder
	for _, id := range ids {
		w, err := run.ReadWorld(id)
		if err != nil {
			return nil, err
		}
		all = append(all, folder{w, run.Path("worlds", string(id))})
	}
	return all, nil
}

func closeWorlds(worlds []*sandbox.World) {
	for _, w := range worlds {
		if w != nil {
			_ = w.Close() // nothing is left to do about a worker that will not end
		}
	}
}

// open is a writer that stays open when it is told to close.
type open struct{ io.Writer }

// Close implements io.Closer.
func (open) Close() error { return nil }
