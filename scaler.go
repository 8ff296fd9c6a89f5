// Package scaler holds the nouns of AgentScaler: what a tool, a graph, a
// domain, a world, a task, a rollout and a verdict are. Every stage reads some
// of these and writes one of them; the stages meet nowhere else.
//
// The nouns follow "Towards General Agentic Intelligence via Environment
// Scaling" (arXiv 2509.13311). JSON that has to keep its key order and its
// numbers as written (schemas, arguments, rows) is held as raw text.
//
// The package imports nothing but the standard library.
package scaler

// Version names the behaviour of this build. It is part of every content ID:
// artefacts made by another version are made again.
const Version = "0.5.1"
