package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/demo"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/store"
	"github.com/spf13/cobra"
)

func newDemo() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Run the whole pipeline on the specifications inside this program",
		Args:  exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			specs := filepath.Join(f.out, "specs")
			if err := unpack(f.out, specs, demo.FS()); err != nil {
				return err
			}
			f.settings.Sources = []string{specs}
			if err := f.run(cmd, f.out, "", false); err != nil {
				return err
			}
			if f.output.json || f.output.quiet || f.until != "" {
				return nil
			}
			run, err := store.Open(f.out)
			if err != nil {
				return err
			}
			return summarise(cmd.OutOrStdout(), run, f.out)
		},
	}
	cmd.Flags().StringVar(&f.out, "out", filepath.Join("runs", "demo"), "run folder")
	// Few worlds, so many tasks in each.
	defaults := pipeline.Defaults()
	defaults.TasksPerWorld = 48
	f.register(cmd.Flags(), defaults)
	return cmd
}

// unpack writes the embedded specifications into the run folder, to be read
// there by the pipeline and by people. It touches no file of anybody else.
func unpack(out, specs string, from fs.FS) error {
	run, err := store.Create(out)
	if err != nil {
		return err
	}
	defer run.Close()
	for _, pass := range []func(name string, text []byte) error{
		func(name string, text []byte) error { return ours(filepath.Join(specs, name), text) },
		func(name string, text []byte) error { return put(filepath.Join(specs, name), text) },
	} {
		err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(from, name)
			if err != nil {
				return err
			}
			return pass(filepath.FromSlash(name), text)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ours refuses where a file stands that the demo would have to write over.
func ours(file string, text []byte) error {
	have, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) || err == nil && bytes.Equal(have, text) {
		return nil
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("%s is not as the demo has it; move it away or choose another folder with --out", file)
}

func put(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}

// summarise shows one of everything the run made.
func summarise(out io.Writer, run *store.Run, dir string) error {
	row, err := keptRow(run)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "\n== domains")
	if err := listDomains(run, func(_, line string) error {
		_, err := fmt.Fprintln(out, line)
		return err
	}); err != nil {
		return err
	}
	if row == nil {
		fmt.Fprintln(out, "\nno rollout passed the whole funnel")
		return nil
	}
	fmt.Fprintf(out, "\n== database of the world %s\n", row.world.ID)
	printSchema(out, row.world)
	last := row.task.Calls[len(row.task.Calls)-1].Tool
	fmt.Fprintf(out, "\n== code of its tool %s (worlds/%s/tools.star)\n%s\n", last, row.world.ID, function(row.world.Code, last))
	fmt.Fprintln(out, "\n== a task in it")
	printTask(out, row.task)
	fmt.Fprintln(out, "\n== a dialogue about that task which passed the funnel")
	printRollout(out, row.rollout)
	if err := printFunnel(out, run); err != nil {
		return err
	}
	printPlaces(out, dir, row.world.ID)
	return nil
}

// specimen is one kept rollout with all that belongs to it.
type specimen struct {
	world   *scaler.World
	task    scaler.Task
	rollout scaler.Rollout
}

// keptRow finds a kept rollout of a task of several calls, one that made just
// the gold calls if there is one, best of all on rows of two tables; failing
// that, any.
func keptRow(run *store.Run) (*specimen, error) {
	var best scaler.Verdict
	var chosen *specimen
	rank := 0
	for v, err := range store.Rows[scaler.Verdict](run, "verdicts") {
		if err != nil {
			return nil, err
		}
		if !v.Kept || v.Errors > 0 {
			continue
		}
		t, err := store.Find[scaler.Task](run, "tasks", string(v.Task))
		if err != nil {
			return nil, err
		}
		r := 1
		if t.Family == scaler.FamilyMulti {
			r = 2
			if v.Exact {
				r = 3 + min(len(tablesOf(t.Gold)), 2)
			}
		}
		if r > rank {
			rank, best, chosen = r, v, &specimen{task: t}
		}
		if rank == 5 {
			break
		}
	}
	if chosen == nil {
		return nil, nil
	}
	var err error
	if chosen.rollout, err = store.Find[scaler.Rollout](run, "rollouts", string(best.Rollout)); err != nil {
		return nil, err
	}
	chosen.world, err = run.ReadWorld(best.World)
	return chosen, err
}

// tablesOf are the tables that changes touch.
func tablesOf(changes []scaler.Change) map[string]bool {
	out := map[string]bool{}
	for _, c := range changes {
		out[c.Table] = true
	}
	return out
}

func printFunnel(out io.Writer, run *store.Run) error {
	info, err := pipeline.ReadInfo(run)
	if err != nil {
		return err
	}
	for _, s := range info.Stages {
		switch s.Stage {
		case "filter":
			fmt.Fprintln(out, "\n== the funnel")
			printCounts(out, s.Counts, func(name string) bool { return !strings.Contains(name, ", ") && !strings.HasPrefix(name, "fault ") })
			printFamilies(out, s.Counts)
			fmt.Fprintln(out, "\n   declared faults, where the task was also solved without one")
			printCounts(out, s.Counts, func(name string) bool { return strings.HasPrefix(name, "fault ") })
		case "export":
			fmt.Fprintln(out, "\n== the dataset")
			printCounts(out, s.Counts, func(string) bool { return true })
		}
	}
	return nil
}

func printCounts(out io.Writer, counts []scaler.Count, show func(name string) bool) {
	for _, c := range counts {
		if show(c.Name) {
			fmt.Fprintf(out, "%8s  %s\n", number(c.N), c.Name)
		}
	}
}

// printFamilies shows the funnel's counts by family as a table.
func printFamilies(out io.Writer, counts []scaler.Count) {
	columns := []string{"rollouts", "kept", "kept with tool errors", "attempts without faults", "successes without faults"}
	cells := map[string]map[string]float64{}
	for _, c := range counts {
		column, family, ok := strings.Cut(c.Name, ", ")
		if !ok || !slices.Contains(columns, column) {
			continue
		}
		if cells[family] == nil {
			cells[family] = map[string]float64{}
		}
		cells[family][column] = c.N
	}
	fmt.Fprintf(out, "\n   %-14s%10s%8s%13s%20s\n", "family", "rollouts", "kept", "with errors", "planner succeeds")
	for _, family := range slices.Sorted(maps.Keys(cells)) {
		row := cells[family]
		share := 0.0
		if n := row["attempts without faults"]; n > 0 {
			share = 100 * row["successes without faults"] / n
		}
		fmt.Fprintf(out, "   %-14s%10s%8s%13s%18.0f %%\n", family, number(row["rollouts"]), number(row["kept"]), number(row["kept with tool errors"]), share)
	}
}

// program is how the person at the terminal started this program.
func program() string {
	if strings.Contains(filepath.ToSlash(os.Args[0]), "/go-build") {
		return "go run ./cmd/agentscaler"
	}
	return "agentscaler"
}

func printPlaces(out io.Writer, dir string, world scaler.WorldID) {
	fmt.Fprintf(out, "\n== where things are\n")
	for _, p := range [][2]string{
		{"specs/", "the specifications that were read"},
		{"worlds/<id>/", "schema, data, tools and policy of each world, editable by hand"},
		{"tasks/, rollouts/, verdicts/", "every task, conversation and judgement, kept or not"},
		{"dataset/", "the dataset, in Hugging Face layout, and its card"},
	} {
		fmt.Fprintf(out, "  %-30s %s\n", filepath.Join(dir, p[0]), p[1])
	}
	next := []string{
		fmt.Sprintf("%s show %s world %s", program(), dir, world),
		fmt.Sprintf("%s verify %s", program(), dir),
		fmt.Sprintf("%s serve %s", program(), dir),
		program() + " run --out runs/mine YOUR_OPENAPI.yaml",
	}
	fmt.Fprintf(out, "\n== what to try next\n  %s\n", strings.Join(next, "\n  "))
}
