package sandbox

import (
	"flag"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	starmath "go.starlark.net/lib/math"
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
	"go.starlark.net/syntax"
)

var updateNames = flag.Bool("update", false, "write the lists of names in docs/dialect.md")

// offered is everything that tool code can name, by what it is a name of.
func offered() map[string][]string {
	var universe []string
	for _, name := range starlark.Universe.Keys() {
		_, own := predeclared[name]
		if _, _, err := starlark.SourceProgramOptions(&syntax.FileOptions{}, "x", "x = "+name, predeclared.Has); err == nil && !own {
			universe = append(universe, name)
		}
	}
	return map[string][]string{
		"the language":         universe,
		"this sandbox":         predeclared.Keys(),
		"`math`":               starmath.Module.Members.Keys(),
		"`json`":               predeclared["json"].(*starlarkstruct.Module).Members.Keys(),
		"a table":              slices.Clone(tableMethodNames),
		"a row":                slices.Clone(rowMethodNames),
		"a text":               starlark.String("").AttrNames(),
		"a list":               starlark.NewList(nil).AttrNames(),
		"a dict":               starlark.NewDict(0).AttrNames(),
		"bytes":                starlark.Bytes("").AttrNames(),
		"a query's conditions": slices.Collect(maps.Keys(operators)),
		"`refuse`'s codes":     slices.Collect(maps.Keys(refusable)),
	}
}

// The documentation lists what there is, no more and no less.
func TestDocumentedNames(t *testing.T) {
	const page = "../docs/dialect.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	quoted := regexp.MustCompile("`[^`]+`")
	lines := strings.Split(string(text), "\n")
	for of, names := range offered() {
		slices.Sort(names)
		want := make([]string, len(names))
		for i, name := range names {
			want[i] = "`" + name + "`"
		}
		at := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "| "+of+" | ") })
		if at < 0 {
			t.Errorf("%s has no list of %s", page, of)
			continue
		}
		if *updateNames {
			lines[at] = "| " + of + " | " + strings.Join(want, ", ") + " |"
		}
		if got := quoted.FindAllString(strings.TrimPrefix(lines[at], "| "+of), -1); !slices.Equal(got, want) {
			t.Errorf("%s: %s\n has  %s\n want %s", page, of, got, want)
		}
	}
	if *updateNames {
		if err := os.WriteFile(page, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
