package planner

import (
	"strings"
	"sync"
	"time"

	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// A memo keeps what one sentence comes to: its words and values, and what was
// heard in it for each parameter. A planner has no memory, every turn brings the
// whole conversation again, and most of its sentences were there before.
type memo struct {
	sentence sentence

	mu    sync.Mutex // guards heard and moods
	heard map[hearKey]heard
	moods map[*kit]mood
}

type hearKey struct {
	tool  *tool
	path  string
	loose bool
}

type heard struct {
	hearing
	ok bool
}

// hear returns what hearIn finds, once.
func (m *memo) hear(s sentence, t *tool, p *param, loose bool) (hearing, bool) {
	key := hearKey{t, p.path, loose}
	m.mu.Lock()
	h, known := m.heard[key]
	m.mu.Unlock()
	if !known {
		h.hearing, h.ok = listenFor(s, t, p, loose)
		m.mu.Lock()
		m.heard[key] = h
		m.mu.Unlock()
	}
	return h.hearing, h.ok
}

// memos serves all planners.
var memos struct {
	mu   sync.Mutex // guards kept
	kept map[memoKey]*memo
}

type memoKey struct {
	text   string
	now    time.Time
	answer bool
}

// manyMemos is how many sentences are kept before all are forgotten.
const manyMemos = 4096

// recollect returns the memo of a sentence.
func recollect(text string, now time.Time, answer bool) *memo {
	key := memoKey{text, now, answer}
	memos.mu.Lock()
	m := memos.kept[key]
	memos.mu.Unlock()
	if m != nil {
		return m
	}
	m = &memo{heard: map[hearKey]heard{}, moods: map[*kit]mood{}, sentence: sentence{
		text: text, low: strings.ToLower(text), words: lex.Words(text), values: values(text, now), tokens: tokenize(text), answer: answer,
		unless: conditional.MatchString(text), fact: stating.MatchString(text),
	}}
	m.sentence.memo = m
	memos.mu.Lock()
	defer memos.mu.Unlock()
	if memos.kept == nil || len(memos.kept) >= manyMemos {
		memos.kept = map[memoKey]*memo{}
	}
	memos.kept[key] = m
	return m
}
