package pipeline_test

import (
	"fmt"
	"strings"

	scaler "github.com/agentscaler/scaler"
)

// A content counts the tables of undeclared rows by what their answers hold
// beside what was asked.
type content struct {
	tables  int // without the log and those whose rows some result declares
	nothing int // of them no column but keys, references and arguments of reads
	telling int // with at least two other columns
	kinds   int // that got the fields of a kind of things that is known
	plain   int // that got a name and a description, for want of anything better
}

func (c content) String() string {
	share := func(n int) string { return fmt.Sprintf("%d (%.0f %%)", n, 100*float64(n)/float64(max(c.tables, 1))) }
	return fmt.Sprintf("%d tables of rows that no result declares: %s hold nothing but what is asked, %s at least two things more; %s are of a known kind, %s of none",
		c.tables, share(c.nothing), share(c.telling), share(c.kinds), share(c.plain))
}

// count adds the tables of a world.
func (c *content) count(w *scaler.World) {
	for _, t := range w.Schema.Tables {
		asked := map[string]bool{t.Key: true, "created_at": true}
		declared, used, kind, plain := false, false, false, false
		for _, tool := range w.Tools {
			if tool.Table != t.Name {
				continue
			}
			used = true
			declared = declared || strings.Contains(string(tool.Result), `"properties"`) && !strings.Contains(string(tool.Result), `"successful"`)
			for _, e := range tool.Evidence {
				kind = kind || e == "assumed: what such a thing usually has"
				plain = plain || e == "assumed: it has a name and a description"
			}
			for _, b := range tool.Binds {
				if tool.Effect == scaler.Read && b.Table == t.Name && b.Column != "" && b.Role == "filter" {
					asked[b.Column] = true
				}
			}
		}
		if !used || declared {
			continue
		}
		more := 0
		for _, col := range t.Columns {
			if !asked[col.Name] && col.Ref == "" {
				more++
			}
		}
		c.tables++
		for n, is := range map[*int]bool{&c.nothing: more == 0, &c.telling: more > 1, &c.kinds: kind, &c.plain: plain} {
			if is {
				*n++
			}
		}
	}
}
