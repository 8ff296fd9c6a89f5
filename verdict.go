package scaler

// A Verdict is what the funnel said of one rollout, stage by stage.
type Verdict struct {
	Rollout RolloutID `json:"rollout"`
	Task    TaskID    `json:"task"`
	World   WorldID   `json:"world"`
	Kept    bool      `json:"kept"`
	Stage   string    `json:"stage,omitempty"`  // where it was dropped
	Reason  string    `json:"reason,omitempty"` // a code
	Detail  string    `json:"detail,omitempty"`
	State   bool      `json:"state"`  // the final state is the gold state
	Exact   bool      `json:"exact"`  // the calls are the gold calls
	Reply   bool      `json:"reply"`  // the reply contains its facts
	Errors  int       `json:"errors"` // tool calls that failed on the way
}
