package scaler

// A Graph joins tools: by likeness, for finding domains, and by dependency,
// for walking inside one.
type Graph struct {
	Edges []Edge
	Deps  []Dependency
}

// An Edge says that two tools have similar parameters:
// cosine(phi(A), phi(B)) = Weight > tau. A < B.
type Edge struct {
	A      ToolID  `json:"a"`
	B      ToolID  `json:"b"`
	Weight float64 `json:"weight"`
}

// A Dependency says that what From returns at Field can fill To's parameter Param.
type Dependency struct {
	From     ToolID   `json:"from"`
	Field    string   `json:"field"` // dotted path into the result, "[]" for items: "orders[].id"
	To       ToolID   `json:"to"`
	Param    string   `json:"param"`
	Score    float64  `json:"score"` // in (0, 1]
	Evidence []string `json:"evidence"`
}
