package scaler

// A Report is what a stage did, for run.json and the terminal.
type Report struct {
	Stage   string  `json:"stage"`
	Counts  []Count `json:"counts"`           // in the order to be read
	Failed  int     `json:"failed,omitempty"` // items that infrastructure failed, files that could not be read
	Tokens  Usage   `json:"tokens"`
	Seconds float64 `json:"seconds"`
}

// A Count is one line of a report.
type Count struct {
	Name string  `json:"name"`
	N    float64 `json:"n"`
}

// Add appends a count.
func (r *Report) Add(name string, n int) { r.Counts = append(r.Counts, Count{name, float64(n)}) }
