// Package planner is an agent without a model: it reads what the user wrote by
// the words of the tools on offer, and looks up or asks for what it lacks.
//
// It sees messages and tool specifications and nothing else, like any chat
// model, and keeps no state: every turn is planned anew from the whole
// conversation, so the same conversation always gets the same next message.
//
//	talk.go    the conversation as sentences, calls and results
//	tools.go   the tools on offer as words and parameters
//	mood.go    what a sentence does: order, tell or ask
//	goals.go   which sentences ask for which tools
//	values.go  values in a text: dates, numbers, identifiers, names
//	hear.go    which value the user gave for a parameter: labels.go finds its
//	           label, near.go the value at it, fits.go whether that suits it
//	frame.go   what an answer comes to without the words around it
//	recall.go  which value earlier results hold for a parameter
//	plan.go    the next step: call, look up, ask, or answer
//	answer.go  what to say at the end
package planner
