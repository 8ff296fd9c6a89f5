package scaler

// A Domain is a community of tools that share one database.
type Domain struct {
	ID      DomainID   `json:"id"`
	Name    string     `json:"name"`             // two or three words of its own vocabulary
	Summary string     `json:"summary"`          // what its tools are, counted
	About   string     `json:"about,omitempty"`  // what a model says that they are for
	Tools   []ToolID   `json:"tools"`            // sorted
	Scopes  [][]ToolID `json:"scopes,omitempty"` // the groups a task stays in, where a domain is too wide for one conversation
}
