// Package task makes tasks for a world: something a person wants, the calls
// that achieve it, the state they lead to, and the proof that all of it holds.
//
// A task is found by walking the world's dependencies from a goal back to what
// a person can say: the goal's arguments are drawn from real rows, an id that
// no person would know is looked up by a tool that shows it, and so on until
// only things remain that a user can tell. The calls are executed as the walk
// finds them, so a gold output is never imagined.
//
// Words come last. A task is put as a person would put it, in one of several
// disjoint sets of phrasings, and it is kept only if Prove finds nothing to
// object to.
package task
