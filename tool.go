package scaler

import (
	"cmp"
	"encoding/json"
)

// A Tool is one operation that an agent can call, as its specification
// describes it.
type Tool struct {
	ID          ToolID `json:"id"`
	Name        string `json:"name"`            // callable: [a-zA-Z0-9_-]{1,64}, unique in its service
	Title       string `json:"title,omitempty"` // the name as the specification spells it, where that differs
	Description string `json:"description"`     // plain text
	Service     string `json:"service"`         // the API it belongs to: one per specification document or server

	Parameters json.RawMessage `json:"parameters"`       // JSON Schema of type object: what the agent is offered; $refs resolved
	Hidden     []string        `json:"hidden,omitempty"` // parameters set aside: credentials, api-version, tracing
	Result     json.RawMessage `json:"result,omitempty"` // JSON Schema of a successful result
	ResultFrom Origin          `json:"result_from"`

	Effect    Effect `json:"effect"`
	EffectWhy string `json:"effect_why,omitempty"` // evidence: "http GET", "hint readOnlyHint", "verb list"

	Method     string            `json:"method,omitempty"`     // HTTP binding, where there is one
	Path       string            `json:"path,omitempty"`       // with {parameters}
	In         map[string]string `json:"in,omitempty"`         // parameter -> path, query, header; absent: a property of the body; "body": the whole body
	Statuses   []int             `json:"statuses,omitempty"`   // HTTP status codes that are declared, the one of a success first
	Examples   []Example         `json:"examples,omitempty"`   // material for seed data
	Links      []Link            `json:"links,omitempty"`      // dependencies the specification declares
	Tags       []string          `json:"tags,omitempty"`       // the specification's own grouping
	Deprecated bool              `json:"deprecated,omitempty"` //
	Language   string            `json:"language,omitempty"`   // of the description, ISO 639-1; empty means English or unknown
	CloneOf    ToolID            `json:"clone_of,omitempty"`   // a tool of another service with the same name and parameters

	Origin Place `json:"origin"`
}

// CompareTools orders tools by what they are, and by their ids only where that
// is the same: what is computed in this order does not depend on how tools are
// numbered.
func CompareTools(a, b *Tool) int {
	return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Method, b.Method), cmp.Compare(a.Description, b.Description), cmp.Compare(a.ID, b.ID))
}

// An Effect says what a tool does to its database (paper, op(f) in {read, write}).
type Effect string

const (
	Read    Effect = "read"
	Write   Effect = "write"
	Unknown Effect = "unknown" // the evidence does not decide it
)

// An Origin says where a result schema came from.
type Origin string

const (
	Declared    Origin = "declared"
	FromExample Origin = "example"
	Inferred    Origin = "inferred"
	NoOrigin    Origin = "none"
)

// An Example is a value the specification shows for a parameter or the result.
type Example struct {
	Param string          `json:"param,omitempty"` // empty: the whole result; "body": the whole request
	Value json.RawMessage `json:"value"`
}

// A Link is a dependency declared by the specification itself: Param takes
// what the operation named From (a ToolID, operation name or path) returns at Field.
type Link struct {
	Param string `json:"param"`
	From  string `json:"from"`
	Field string `json:"field,omitempty"`
	Kind  string `json:"kind"` // openapi-link, x-ms-dynamic-values, ...
}

// A Place says where something stands in the input.
type Place struct {
	Source  string `json:"source"`            // the command-line source it came from
	File    string `json:"file"`              // relative to the source
	Pointer string `json:"pointer,omitempty"` // JSON pointer inside the file
	Format  string `json:"format,omitempty"`
	License string `json:"license,omitempty"`
}

// A Rejection is an input tool, or a whole file, that was not kept.
type Rejection struct {
	Name   string `json:"name,omitempty"` // empty where a whole file was rejected
	Reason string `json:"reason"`         // a code: "unreadable", "no-name", "duplicate-service", ...
	Detail string `json:"detail,omitempty"`
	Origin Place  `json:"origin"`
}
