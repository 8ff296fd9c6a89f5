package world_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// named are the names, entities and peculiar words of the benchmarks that
// worlds are measured on. Words that a hundred APIs use (order, flight, user,
// gift card, cabin) are nobody's.
var named = regexp.MustCompile(`(?i)\b(` + strings.Join([]string{
	`tau-?2?[_-]?bench`, `tau[12]`, `sierra`, `acebench`,
	`sara[_ ]doe`, `yusuf`, `rossi`, `hat\d{3}`, `hathat`, `w0000000`,
	`onestop(_\w+)?`, `one[-_ ]stop`, `basic[_ ]economy`, `baggages`, `\w*_baggages`, `nonfree\w*`, `insurance[_ ]covered`,
	`exchange[_ ]requested`, `item[_ ]modified`, `pending \(item`, `product[_ ]types?`, `modify_pending\w*`, `\w*_delivered_order\w*`,
	`human[_ ]agents?`, `refuel\w*`, `apn\w*`, `mms`, `vpn[_ ]\w+`, `roaming`, `sim[_ ]card\w*`, `saver[_ ]mode`, `airplane[_ ]mode`, `reseat\w*`, `bill(s)? awaiting`,
}, "|") + `)\b`)

// The builder knows English and what services have in common; it does not know
// what it is measured on.
func TestBuilderNamesNothingOfBenchmarks(t *testing.T) {
	for _, dir := range []string{".", "author", "english", "../seed", "../contract", "../spec", "../graph", "../domain", "../task", "../internal/draw", "../internal/schema", "../internal/fake"} {
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files, %v", dir, err)
		}
		for _, name := range files {
			if ext := filepath.Ext(name); strings.HasSuffix(name, "_test.go") || ext != ".go" && ext != ".txt" {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(string(text), "\n") {
				if found := named.FindString(line); found != "" {
					t.Errorf("%s:%d: names %q of a benchmark", name, i+1, found)
				}
			}
		}
	}
}
