package planner

import (
	"context"
	"fmt"
	"hash/maphash"
	"sync"

	"github.com/agentscaler/scaler/llm"
)

// New returns the planner. The seed varies its wording, together with each
// request's own.
func New(seed uint64) llm.Model {
	return llm.Func("planner", func(_ context.Context, req llm.Request) (resp llm.Response, err error) {
		// Tools and texts come from anywhere: what the planner stumbles over
		// costs one conversation, not the run.
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("planner: %v", r)
			}
		}()
		pl := newPlan(req, kits.of(req.Tools), seed)
		return llm.Reply(pl.next()), nil
	})
}

// kits serves all planners: every turn of a conversation brings the same tools,
// and taking specifications apart is most of the work of a turn.
var kits shelf

// A shelf keeps the kits of late.
type shelf struct {
	mu   sync.Mutex // guards kits
	kits map[uint64]*kit
}

// many is how many kits are kept before the shelf is cleared.
const many = 256

var hashSeed = maphash.MakeSeed()

func (s *shelf) of(tools []llm.Tool) *kit {
	var h maphash.Hash
	h.SetSeed(hashSeed)
	for _, t := range tools {
		h.WriteString(t.Name + "\x00" + t.Description + "\x00")
		h.Write(t.Parameters)
	}
	key := h.Sum64()
	s.mu.Lock()
	k := s.kits[key]
	s.mu.Unlock()
	if k != nil {
		return k
	}
	k = newKit(tools)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kits == nil || len(s.kits) >= many {
		s.kits = map[uint64]*kit{}
	}
	s.kits[key] = k
	return k
}
