package tau2

import (
	"cmp"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Message is one of a conversation.
type Message struct {
	Role    string // assistant, user or tool
	Content string
	Null    bool     // it has no content, which is not the same as an empty one
	Calls   []Action // of an assistant or a user

	ID, Requestor string // of a tool's answer: the call, and who made it
	Failed        bool   // the call raised an exception

	Usage *scaler.Usage // of a model's reply; nil where it is not known
}

// ReadMessage reads a message as tasks and results hold it.
func ReadMessage(body *pyjson.Object) Message {
	content, given := field(body, "content").(string)
	m := Message{Role: text(body, "role"), Content: content, Null: !given, ID: text(body, "id"), Requestor: text(body, "requestor")}
	m.Failed, _ = field(body, "error").(bool)
	for _, call := range objects(field(body, "tool_calls")) {
		m.Calls = append(m.Calls, readAction(call))
	}
	return m
}

// readAction reads a call, which is the agent's where nobody is named.
func readAction(body *pyjson.Object) Action {
	return Action{ID: text(body, "id"), Requestor: cmp.Or(text(body, "requestor"), Assistant), Name: text(body, "name"), Arguments: dict(body, "arguments")}
}
