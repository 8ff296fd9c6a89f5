package export

import (
	"fmt"
	"slices"
	"strconv"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/prompt"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Line is the canonical row, from which every format is made.
type Line struct {
	ID       string // of the rollout
	Phase    string // General or Vertical
	Domain   string
	Env      string // the world
	Seed     uint64 // of the session
	Messages []Message
	Tools    []*pyjson.Object // name, description, parameters
	Reward   float64
	Meta     *pyjson.Object
}

// A Message is one message with the word whether it is learnt.
type Message struct {
	scaler.Message
	Train bool
}

// newLine makes the canonical row. What the agent was told is the first
// message; what it said and called carries loss, and nothing else does.
func newLine(row Row, where Part, origins map[scaler.ToolID]scaler.Place) Line {
	system := scaler.Message{Role: "system", Content: prompt.Agent(row.World)}
	l := Line{
		ID: string(row.Rollout.ID), Phase: where.Config, Domain: string(row.World.Domain), Env: string(row.World.ID),
		Seed: row.Task.Seed, Reward: 1, Messages: []Message{{Message: system}},
	}
	for _, m := range row.Rollout.Messages {
		l.Messages = append(l.Messages, Message{m, m.Role == "assistant"})
	}
	var licences []string
	for _, tool := range row.World.Tools {
		if !slices.Contains(row.Task.Tools, tool.Name) {
			continue
		}
		l.Tools = append(l.Tools, function(tool))
		licences = append(licences, licence(origins[tool.Tool]))
	}
	slices.Sort(licences)
	l.Meta = meta(row, where, slices.Compact(licences))
	return l
}

// function is a tool as chat models are offered it.
func function(t scaler.WorldTool) *pyjson.Object {
	var parameters any = &pyjson.Object{}
	if schema, err := pyjson.Parse(t.Parameters); err == nil {
		parameters = schema
	}
	return object("name", t.Name, "description", t.Description, "parameters", parameters)
}

func licence(p scaler.Place) string {
	if p.License == "" {
		return "unstated"
	}
	return p.License
}

func meta(row Row, where Part, licences []string) *pyjson.Object {
	return object(
		"task", string(row.Task.ID), "family", string(row.Task.Family), "split", where.Split,
		"domain_name", row.World.Name, "agent", row.Rollout.Agent, "user", row.Rollout.User, "attempt", int64(row.Rollout.Index),
		"gold_calls", int64(len(row.Task.Calls)), "exact", row.Verdict.Exact, "tool_errors", int64(row.Verdict.Errors),
		"licences", texts(licences), "version", scaler.Version)
}

// object makes an ordered object of keys and values by turns.
func object(pairs ...any) *pyjson.Object {
	o := pyjson.NewObject(len(pairs) / 2)
	for i := 0; i < len(pairs); i += 2 {
		o.Set(pairs[i].(string), pairs[i+1])
	}
	return o
}

func texts(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// canonical writes a Line for data/: tools and arguments are JSON text, since
// loaders would otherwise unite all their keys, and a seed is text, since it
// may need all of 64 bits.
func canonical(l Line) ([]byte, error) {
	return pyjson.Marshal(object(
		"id", l.ID, "phase", l.Phase, "domain", l.Domain, "env_id", l.Env, "seed", strconv.FormatUint(l.Seed, 10),
		"messages", messages(l.Messages, true), "tools", toolText(l.Tools, true), "reward", l.Reward, "meta", l.Meta)), nil
}

// readCanonical reads what canonical wrote.
func readCanonical(text []byte) (Line, error) {
	o, err := pyjson.ParseObject(text)
	if err != nil {
		return Line{}, err
	}
	l := Line{ID: str(o, "id"), Phase: str(o, "phase"), Domain: str(o, "domain"), Env: str(o, "env_id")}
	if l.Seed, err = strconv.ParseUint(str(o, "seed"), 10, 64); err != nil {
		return Line{}, fmt.Errorf("seed: %w", err)
	}
	if l.Messages, err = readMessages(o); err != nil {
		return Line{}, err
	}
	if l.Tools, err = readTools(str(o, "tools")); err != nil {
		return Line{}, err
	}
	reward, _ := o.Get("reward")
	l.Reward, _ = reward.(float64)
	value, _ := o.Get("meta")
	l.Meta, _ = value.(*pyjson.Object)
	return l, nil
}

func str(o *pyjson.Object, key string) string {
	v, _ := o.Get(key)
	s, _ := v.(string)
	return s
}
