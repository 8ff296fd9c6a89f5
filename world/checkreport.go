package world

import (
	"fmt"
	"io"
	"strings"

	scaler "github.com/agentscaler/scaler"
)

// WriteReport prints a check for people: the contract clause by clause, then
// each tool that breaks a clause with what was found.
func WriteReport(w io.Writer, c scaler.Check) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d tools\n\n", c.World, len(c.Tools))
	fmt.Fprintf(&b, "  %-18s %6s %6s %6s\n", "clause", "pass", "fail", "exempt")
	for _, clause := range c.Clauses {
		fmt.Fprintf(&b, "  %-18s %6d %6d %6d\n", clause.Name, clause.Pass, clause.Fail, clause.Exempt)
	}
	sound := 0
	for _, t := range c.Tools {
		found := false
		for _, clause := range c.Clauses {
			if r := t.Results[clause.Name]; breaks(r) {
				if !found {
					fmt.Fprintf(&b, "\n  %s\n", t.Name)
				}
				found = true
				fmt.Fprintf(&b, "    %s: %s\n", clause.Name, r)
			}
		}
		if !found {
			sound++
		}
	}
	fmt.Fprintf(&b, "\n%d of %d tools keep the whole contract.\n", sound, len(c.Tools))
	_, err := io.WriteString(w, b.String())
	return err
}
