package scaler

import "encoding/json"

// A Message is one message of a conversation in the shape of the OpenAI chat
// API. Arguments keep their text.
type Message struct {
	Role       string     `json:"role"` // system, user, assistant, tool
	Content    string     `json:"content"`
	Reasoning  string     `json:"reasoning_content,omitempty"`
	ToolCalls  []ToolCall `json:"tool_calls,omitempty"`
	ToolCallID string     `json:"tool_call_id,omitempty"`
	Name       string     `json:"name,omitempty"`
}

// A ToolCall is an assistant's wish to call a tool. Arguments is JSON text as
// the model wrote it; it may be malformed.
type ToolCall struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Arguments string `json:"arguments"`
}

// A Rollout is one conversation about a task, with its calls and where the
// world stood at its end. The system message is the world's policy; it is not
// repeated in Messages.
type Rollout struct {
	ID       RolloutID `json:"id"`
	Task     TaskID    `json:"task"`
	World    WorldID   `json:"world"`
	Index    int       `json:"index"` // which attempt at the task
	Agent    string    `json:"agent"` // planner, noisy or a model's name
	User     string    `json:"user"`
	Faults   []string  `json:"faults,omitempty"` // what the noisy agent did wrong on purpose
	Messages []Message `json:"messages"`
	Calls    []Call    `json:"calls"`
	Digest   Digest    `json:"digest"`
	Diff     []Change  `json:"diff"`  // against the task's start
	Ended    string    `json:"ended"` // user_stop, agent_stop, max_turns, max_tokens, error
	Error    string    `json:"error,omitempty"`
	Usage    Usage     `json:"usage"`
}

// A Call is one executed call of a rollout.
type Call struct {
	Tool      string          `json:"tool"`
	Arguments json.RawMessage `json:"arguments"`
	Error     string          `json:"error,omitempty"` // refusal code
	Changed   bool            `json:"changed,omitempty"`
}

// Usage counts tokens, where a model reports them.
type Usage struct {
	Prompt     int `json:"prompt"`
	Completion int `json:"completion"`
}
