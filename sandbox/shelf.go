package sandbox

import (
	"github.com/agentscaler/scaler/internal/pyjson"
	"go.starlark.net/starlark"
)

// A shelf lends a call its dicts and takes them back when it is over, since
// nothing of a call outlives it: a dict is half a kilobyte, and most of what a
// call would allocate.
type shelf struct {
	dicts  []*starlark.Dict
	lent   int
	served int // calls
}

// What is kept: dicts that have not grown, as many as a row with a list of
// objects has. One that tool code filled and emptied again keeps its room and
// does not show it, so no dict stays for good.
const (
	smallDict = 8
	mostDicts = 32
	mostCalls = 256
)

// dict returns an empty dict for n entries. Without a shelf it is for good.
func (s *shelf) dict(n int) *starlark.Dict {
	if s == nil || n > smallDict || s.lent == mostDicts {
		return starlark.NewDict(n)
	}
	if s.lent == len(s.dicts) {
		s.dicts = append(s.dicts, starlark.NewDict(n))
	}
	s.lent++
	return s.dicts[s.lent-1]
}

// clear takes back what was lent.
func (s *shelf) clear() {
	if s.served++; s.served == mostCalls {
		*s = shelf{}
	}
	for i, d := range s.dicts[:s.lent] {
		if d.Len() > smallDict || d.Clear() != nil {
			s.dicts[i] = starlark.NewDict(0)
		}
	}
	s.lent = 0
}

// value makes a fresh, mutable Starlark value.
func (s *shelf) value(v any) starlark.Value {
	switch v := v.(type) {
	case []any:
		items := make([]starlark.Value, len(v))
		for i, item := range v {
			items[i] = s.value(item)
		}
		return starlark.NewList(items)
	case *pyjson.Object:
		d := s.dict(v.Len())
		for key, item := range v.All() {
			_ = d.SetKey(starlark.String(key), s.value(item)) // a fresh dict takes any string
		}
		return d
	}
	return scalar(v)
}
