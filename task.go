package scaler

import "encoding/json"

// A Task is something a user wants of a world, with the calls that achieve it
// and the state they lead to.
type Task struct {
	ID     TaskID   `json:"id"`
	World  WorldID  `json:"world"`
	Family Family   `json:"family"`
	Tools  []string `json:"tools"` // offered to the agent, by name
	Init   Init     `json:"init"`
	Seed   uint64   `json:"seed"` // of the session: ids and randomness

	Intent  string `json:"intent"`  // what the user wants, as a person would say it
	Opening string `json:"opening"` // the first message; what it leaves out is said when asked
	Knows   []Fact `json:"knows"`   // what the user can tell, by label

	Calls   []GoldCall `json:"calls"`
	Gold    []Change   `json:"gold"` // the gold state, against the initial one
	Digest  Digest     `json:"digest"`
	Reply   []Fact     `json:"reply"`             // what a right reply must contain
	Refusal *Refusal   `json:"refusal,omitempty"` // set where the right end is no change

	Steps    int      `json:"steps"`    // gold calls
	Covers   []string `json:"covers"`   // tools used, sorted
	Hardness float64  `json:"hardness"` // 0 to 1: steps, arguments to be read or asked, distractors
	Proof    Proof    `json:"proof"`
}

// A Family groups tasks by what they exercise.
type Family string

const (
	FamilyRead     Family = "read"
	FamilyWrite    Family = "write"
	FamilyMulti    Family = "multi_step"
	FamilyRefusal  Family = "refusal"
	FamilyRecovery Family = "recovery"
	FamilyLong     Family = "long_horizon"
)

// Init is a start: the world's base state with changes applied.
type Init struct {
	Digest Digest   `json:"digest"` // of the state after the patch
	Patch  []Change `json:"patch,omitempty"`
}

// A GoldCall is one call of the solution, as it was executed.
type GoldCall struct {
	Tool      string          `json:"tool"`
	Arguments json.RawMessage `json:"arguments"`
	Sources   []Source        `json:"sources"`         // one per argument leaf
	Output    string          `json:"output"`          // as the agent reads it
	Error     string          `json:"error,omitempty"` // refusal code, where the gold call is refused
	Writes    bool            `json:"writes,omitempty"`
}

// A Source says where an argument's value comes from.
type Source struct {
	Param string `json:"param"`           // dotted
	From  string `json:"from"`            // user, call, policy, default
	Call  int    `json:"call,omitempty"`  // for "call": index into Calls
	Path  string `json:"path,omitempty"`  // for "call": dotted path into its output
	Label string `json:"label,omitempty"` // for "user": the fact that tells it
}

// A Fact is something said: a label in plain words, its value as JSON, and the
// texts any of which states it.
type Fact struct {
	Label   string          `json:"label"` // "order number"
	Value   json.RawMessage `json:"value"`
	Text    string          `json:"text"`              // as a person says it: "5 March 2026"
	Also    []string        `json:"also,omitempty"`    // other forms that count
	Upfront bool            `json:"upfront,omitempty"` // said in the opening
}

// A Refusal is the rule a refused request breaks and the look-ups due before
// refusing it.
type Refusal struct {
	Rule    string   `json:"rule"`
	Code    string   `json:"code"`
	Lookups []string `json:"lookups,omitempty"` // tool names
}

// A Proof is what was checked of a task; a task without all of these is not kept.
type Proof struct {
	Replays  bool `json:"replays"`   // the gold calls lead to the gold digest again
	NotEmpty bool `json:"not_empty"` // doing nothing fails: by state, or by reply where it only reads
	Flow     bool `json:"flow"`      // every argument is known to the user or readable by then
	Minimal  bool `json:"minimal"`   // dropping any gold write changes the outcome
	NoLeak   bool `json:"no_leak"`   // ids the user would not know are not in the intent
}
