package spec

import (
	"path"
	"strings"

	"github.com/agentscaler/scaler"
)

// turnedAway puts into words why files are rejected as a whole.
var turnedAway = map[string]string{
	"broken": "", "unparseable": "", // their detail says it
	"unreadable":     "it cannot be read",
	"too-large":      "it is too large",
	"empty":          "it is empty",
	"binary":         "it is no text",
	"unknown-format": "it is of no format that is known",
	"no-tools":       "there is no tool in it",
}

// Told says in a line what was rejected and why: "api.json: line 3: unexpected ','".
func Told(r *scaler.Rejection) string {
	parts := []string{r.Origin.Source}
	if path.Base(r.Origin.Source) != r.Origin.File && r.Origin.File != "" {
		parts = append(parts, r.Origin.File)
	}
	why, whole := turnedAway[r.Reason]
	if !whole {
		parts, why = append(parts, strings.TrimSpace(r.Origin.Pointer+" "+r.Name)), r.Reason
	}
	for _, part := range []string{why, r.Detail} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ": ")
}
