package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/store"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newRun() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run --out RUN [flags] SOURCE...",
		Short: "Run the whole pipeline on specifications: files, folders, archives, globs, live MCP servers",
		Example: `  agentscaler run --out runs/shop openapi.yaml
  agentscaler run --out runs/all specs/ more.tar.zst 'dumps/*.json'
  agentscaler run --out runs/live 'mcp+stdio:npx -y @modelcontextprotocol/server-memory'`,
		Args: atLeast(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.out == "" {
				return usageError{errors.New("say where the run goes: --out RUN")}
			}
			f.settings.Sources = args
			return f.run(cmd, f.out, "", false)
		},
	}
	cmd.Flags().StringVar(&f.out, "out", "", "run folder")
	f.register(cmd.Flags(), pipeline.Defaults())
	return cmd
}

// newStage is the command that makes one stage again, and what follows from it.
func newStage(name string) *cobra.Command {
	var f runFlags
	var force bool
	cmd := &cobra.Command{
		Use:   name + " RUN",
		Short: "Bring the run's " + name + " stage, and what follows from it, up to date",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			run, err := store.Open(args[0])
			if err != nil {
				return err
			}
			info, err := pipeline.ReadInfo(run)
			if err != nil {
				return err
			}
			f.inherit(cmd.Flags(), info.Settings)
			if err := f.models.sameAs(info.Settings, name); err != nil {
				return err
			}
			return f.run(cmd, args[0], name, force)
		},
	}
	f.register(cmd.Flags(), pipeline.Defaults())
	cmd.Flags().BoolVar(&force, "force", false, "make the stage again although nothing it depends on has changed")
	return cmd
}

// runFlags are the flags of every command that runs stages.
type runFlags struct {
	out      string
	until    string
	parallel int
	settings pipeline.Settings
	models   modelFlags
	output   outputFlags
}

// register adds the flags with the given settings as their defaults.
func (f *runFlags) register(set *pflag.FlagSet, d pipeline.Settings) {
	s := &f.settings
	set.StringVar(&f.until, "until", "", "last stage to run")
	set.IntVar(&f.parallel, "parallel", 0, "how much to work on at once (0: the number of cores)")
	set.Uint64Var(&s.Seed, "seed", d.Seed, "same seed, sources and version: same bytes")
	set.IntVar(&s.Limit, "limit", d.Limit, "read at most this many tools (0: all)")
	set.BoolVar(&s.KeepDuplicates, "keep-duplicates", d.KeepDuplicates, "keep services that repeat another")
	set.BoolVar(&s.KeepWeak, "keep-weak", d.KeepWeak, "keep tools that the quality filter would drop")
	set.Float64Var(&s.Tau, "tau", d.Tau, "similarity above which two tools are joined (0: chosen)")
	set.Float64Var(&s.Resolution, "resolution", d.Resolution, "of the communities; higher makes smaller domains (0: chosen)")
	set.StringVar(&s.Domains, "domains", d.Domains, "service: one API, one world; community: split by the graph (default: by the number of services)")
	set.IntVar(&s.Rows, "rows", d.Rows, "rows of a world's largest tables; the others keep their proportion (0: chosen)")
	set.StringVar(&s.Locale, "locale", d.Locale, "where a world's people live: "+strings.Join(fake.Locales(), ", ")+" (default: mixed)")
	set.Float64Var(&s.Grade, "grade", d.Grade, "make tasks of worlds of this grade at least, 0 to 1: the share of a domain's tools that its world really does (0: all)")
	set.IntVar(&s.TasksPerWorld, "tasks-per-world", d.TasksPerWorld, "tasks to aim for in each world")
	set.IntVar(&s.RolloutsPerTask, "rollouts-per-task", d.RolloutsPerTask, "conversations per task")
	set.Float64Var(&s.Noisy, "noisy", d.Noisy, "share of built-in rollouts played with declared faults")
	set.IntVar(&s.Phrasing, "phrasing", d.Phrasing, "set of wordings, 0 to 3; the built-in planner was made with all but 2, so 2 measures how it depends on them")
	set.StringVar(&s.Require, "require", d.Require, "state: the gold state is enough; exact: the gold calls too")
	set.StringSliceVar(&s.Vertical, "vertical", d.Vertical, "ids or names of the domains of phase 2")
	set.StringSliceVar(&s.Contamination, "avoid", d.Contamination, "files with benchmark texts that no row may repeat")
	f.models.register(set)
	f.output.register(set)
}

// inherit takes every setting that was not given on this command line from an
// earlier one.
func (f *runFlags) inherit(set *pflag.FlagSet, was pipeline.Settings) {
	given := f.settings
	f.settings = was
	for name, take := range map[string]func(){
		"seed":              func() { f.settings.Seed = given.Seed },
		"limit":             func() { f.settings.Limit = given.Limit },
		"keep-duplicates":   func() { f.settings.KeepDuplicates = given.KeepDuplicates },
		"keep-weak":         func() { f.settings.KeepWeak = given.KeepWeak },
		"tau":               func() { f.settings.Tau = given.Tau },
		"resolution":        func() { f.settings.Resolution = given.Resolution },
		"domains":           func() { f.settings.Domains = given.Domains },
		"rows":              func() { f.settings.Rows = given.Rows },
		"locale":            func() { f.settings.Locale = given.Locale },
		"grade":             func() { f.settings.Grade = given.Grade },
		"tasks-per-world":   func() { f.settings.TasksPerWorld = given.TasksPerWorld },
		"rollouts-per-task": func() { f.settings.RolloutsPerTask = given.RolloutsPerTask },
		"noisy":             func() { f.settings.Noisy = given.Noisy },
		"phrasing":          func() { f.settings.Phrasing = given.Phrasing },
		"require":           func() { f.settings.Require = given.Require },
		"vertical":          func() { f.settings.Vertical = given.Vertical },
		"avoid":             func() { f.settings.Contamination = given.Contamination },
	} {
		if set.Changed(name) {
			take()
		}
	}
}

// inFlight is how many conversations are played at once where models play
// them: the work is done elsewhere, whatever the number of cores here.
const inFlight = 32

func (f *runFlags) run(cmd *cobra.Command, dir, from string, force bool) error {
	if err := f.check(); err != nil {
		return err
	}
	run, err := store.Create(dir)
	if err != nil {
		return err
	}
	defer run.Close()
	opts := pipeline.Options{
		Settings: f.settings, Parallel: f.parallel, From: from, Until: f.until, Force: force,
		Command: os.Args, Progress: f.output.progress(cmd),
	}
	models, err := f.models.open(run.Path("cache"), limits{})
	if err != nil {
		return err
	}
	defer models.Close()
	opts.Agent, opts.User, opts.Graph, opts.World = models.agent, models.user, models.agent, models.agent
	if opts.Agent != nil {
		opts.AgentModel = opts.Agent.Name()
		// What was made before the stage to go on from stays as it was made.
		if !comesAfter(from, "graph") {
			opts.GraphModel = opts.Agent.Name()
		}
		if !comesAfter(from, "world") {
			opts.WorldModel = opts.Agent.Name()
		}
	}
	if opts.Embedder = models.embedder; opts.Embedder != nil {
		opts.EmbeddingModel = opts.Embedder.Name()
	}
	if opts.User != nil {
		opts.UserModel = opts.User.Name()
	}
	if opts.Parallel == 0 && opts.Agent != nil {
		opts.Parallel = inFlight
	}
	return pipeline.Run(cmd.Context(), run, opts)
}

// comesAfter says whether a stage stands behind another in the pipeline.
func comesAfter(stage, other string) bool {
	names := pipeline.Names()
	return slices.Index(names, stage) > slices.Index(names, other)
}

func (f *runFlags) check() error {
	s := f.settings
	switch {
	case f.until != "" && !slices.Contains(pipeline.Names(), f.until):
		return usageError{fmt.Errorf("--until is one of %s, not %q", strings.Join(pipeline.Names(), ", "), f.until)}
	case s.Require != "state" && s.Require != "exact":
		return usageError{fmt.Errorf("--require is state or exact, not %q", s.Require)}
	case s.Locale != "" && !slices.Contains(fake.Locales(), s.Locale):
		return usageError{fmt.Errorf("--locale is one of %s, not %q", strings.Join(fake.Locales(), ", "), s.Locale)}
	case s.Rows < 0 || s.Rows > 20000:
		return usageError{fmt.Errorf("--rows is from 0 to 20000, not %d", s.Rows)}
	case s.Limit < 0 || f.parallel < 0:
		return usageError{errors.New("--limit and --parallel are 0 or more")}
	case s.Domains != "" && s.Domains != "service" && s.Domains != "community":
		return usageError{fmt.Errorf("--domains is service or community, not %q", s.Domains)}
	case s.Noisy < 0 || s.Noisy > 1:
		return usageError{fmt.Errorf("--noisy is a share from 0 to 1, not %v", s.Noisy)}
	case s.Grade < 0 || s.Grade > 1:
		return usageError{fmt.Errorf("--grade is a share from 0 to 1, not %v", s.Grade)}
	case s.TasksPerWorld < 1 || s.RolloutsPerTask < 1:
		return usageError{errors.New("--tasks-per-world and --rollouts-per-task are at least 1")}
	case s.Phrasing < 0 || s.Phrasing > 3:
		return usageError{fmt.Errorf("--phrasing is 0, 1, 2 or 3, not %d", s.Phrasing)}
	case s.Tau < 0 || s.Tau >= 1:
		return usageError{fmt.Errorf("--tau is from 0 to below 1, not %v", s.Tau)}
	case s.Resolution < 0:
		return usageError{fmt.Errorf("--resolution is not negative, as %v is", s.Resolution)}
	}
	return nil
}
