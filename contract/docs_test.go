package contract

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// docs/worlds.md lists the clauses of the contract and the kinds of rules, in
// the words of the reports.
func TestContractIsDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/worlds.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range Clauses {
		if row := fmt.Sprintf("| `%s` | %s | %s |\n", c.Name, c.Demands, c.Mend); !strings.Contains(string(text), row) {
			t.Errorf("the page lacks\n%s", row)
		}
	}
	for kind := range provings {
		if !strings.Contains(string(text), "`"+kind+"`") {
			t.Errorf("the page does not explain rules of the kind %s", kind)
		}
	}
}
