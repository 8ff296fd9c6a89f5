package sandbox

import (
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// heaviest is how much a schema may weigh; the largest of a real API weighs some
// thousands.
const heaviest = 200_000

// weigh counts the subschemas of a schema with each $ref written out, which is
// what a validator may have to walk for one value. A cycle counts once.
func weigh(schema *pyjson.Object) int {
	return (&scale{root: schema, seen: map[*pyjson.Object]int{}}).object(schema)
}

type scale struct {
	root *pyjson.Object
	seen map[*pyjson.Object]int // weights; 0 while being weighed
}

func (s *scale) object(o *pyjson.Object) int {
	if w, ok := s.seen[o]; ok {
		return w
	}
	s.seen[o] = 0
	w := 1
	for key, v := range o.All() {
		switch {
		case key == "$ref":
			if to := s.target(v); to != nil {
				w += s.object(to)
			}
		case key != "$defs" && key != "definitions":
			w += s.value(v)
		}
	}
	s.seen[o] = min(w, heaviest+1)
	return s.seen[o]
}

func (s *scale) value(v any) int {
	switch v := v.(type) {
	case *pyjson.Object:
		return s.object(v)
	case []any:
		w := 0
		for _, item := range v {
			w = min(w+s.value(item), heaviest+1)
		}
		return w
	}
	return 0
}

// target follows a pointer inside the schema: "#/$defs/node".
func (s *scale) target(ref any) *pyjson.Object {
	text, _ := ref.(string)
	pointer, ok := strings.CutPrefix(text, "#")
	if !ok {
		return nil
	}
	at := s.root
	for name := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if name == "" {
			continue
		}
		if at = subschema(at, strings.NewReplacer("~1", "/", "~0", "~").Replace(name)); at == nil {
			return nil
		}
	}
	return at
}
