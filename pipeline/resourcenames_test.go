package pipeline_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	scaler "github.com/agentscaler/scaler"
)

// A resourceNames counts the names of cloud resources in drawn worlds that do not
// hang together.
type resourceNames struct {
	arns, broken, strange int // of all: with parts missing; of an account or region that is not the world's
	ids, astray           int // paths of rows: of all, those that are not of the row's own group and name
}

func (n resourceNames) String() string {
	return fmt.Sprintf("%d arns, %d of them broken and %d of another account or region; %d ids that are paths, %d of them astray", n.arns, n.broken, n.strange, n.ids, n.astray)
}

var arnText = regexp.MustCompile(`"(arn:[^"]*)"`)

func (n *resourceNames) count(w *scaler.World) {
	owners := map[string]bool{}
	for _, r := range w.Rows {
		for _, at := range arnText.FindAllSubmatch(r.Value, -1) {
			parts := strings.SplitN(string(at[1]), ":", 6)
			n.arns++
			if len(parts) < 6 || parts[1] != "aws" || parts[2] == "" || parts[5] == "" {
				n.broken++
				continue
			}
			for i, own := range map[int]string{3: "region ", 4: "account "} {
				if parts[i] == "" || parts[i] == "aws" {
					continue
				}
				if owners[own] && !owners[own+parts[i]] {
					n.strange++
				}
				owners[own], owners[own+parts[i]] = true, true
			}
		}
		n.path(r)
	}
}

// path holds the id of a row that is a path against what else the row says.
func (n *resourceNames) path(r scaler.Row) {
	var row map[string]any
	if json.Unmarshal(r.Value, &row) != nil {
		return
	}
	id, _ := row["id"].(string)
	if !strings.HasPrefix(id, "/subscriptions/") {
		return
	}
	n.ids++
	for _, column := range []string{"subscriptionId", "resourceGroupName", "name"} {
		if v, ok := row[column].(string); ok && !strings.Contains(id+"/", "/"+v+"/") {
			n.astray++
			return
		}
	}
}
