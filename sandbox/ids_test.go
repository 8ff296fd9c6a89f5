package sandbox

import (
	"context"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
)

// A new key looks like those that are there and follows the largest.
func TestNextID(t *testing.T) {
	for name, c := range map[string]struct {
		keys   []string
		format string
		want   string
	}{
		"prefix":         {keys: []string{"ORD-0007", "ORD-0099", "ORD-0004"}, want: `"ORD-0100"`},
		"wider number":   {keys: []string{"C9", "C10"}, want: `"C11"`},
		"sign in front":  {keys: []string{"#W2378156", "#W2378155"}, want: `"#W2378157"`},
		"year in front":  {keys: []string{"2024-000123", "2024-000122"}, want: `"2024-000124"`},
		"bare number":    {keys: []string{"0042", "0041"}, want: `"0043"`},
		"most have it":   {keys: []string{"a-1", "a-2", "main"}, want: `"a-3"`},
		"no rows":        {want: `"note_0001"`},
		"uuid":           {keys: []string{"0b7e4d2a-8a7c-4f7c-9a55-0d6f1f0f5a11"}, want: `"%u"`},
		"uuid, no rows":  {format: "uuid", want: `"%u"`},
		"letters":        {keys: []string{"XKQPWZ", "ABCDEF", "GHIJKL"}, want: `"%c"`},
		"words":          {keys: []string{"amsterdam", "berlin", "rome-north"}, want: `"%c"`},
		"paths":          {keys: []string{"projects/a/queues/q-17", "projects/b/queues/q-9"}, want: `"projects/a/queues/q-18"`},
		"resource names": {keys: []string{"arn:aws:x:::job/j-a9b1c2d3", "arn:aws:x:::job/j-08e7f6a5"}, want: `"%c"`},
		"not the number": {keys: []string{"a1", "b7", "c9", "d2"}, want: `"%c"`},
	} {
		w := withCode("def next(db, args):\n    return db.notes.next_id()\n\ndef add(db, args):\n    return db.notes.insert({'id': db.notes.next_id()})\n")
		w.Schema.Tables[1].Columns[0].Format = c.format
		for _, key := range c.keys {
			w.Rows = append(w.Rows, scaler.Row{Table: "notes", Key: key, Value: []byte(`{"id": "` + key + `"}`)})
		}
		s := mustStart(t, mustOpen(t, w))
		first := s.Call(context.Background(), "next", []byte(`{}`)).Text
		switch c.want {
		case `"%u"`:
			if !uuidKey.MatchString(first[1 : len(first)-1]) {
				t.Errorf("%s: %s is no UUID", name, first)
			}
		case `"%c"`:
			if len(first) != len(c.keys[0])+2 && len(first) != 8 {
				t.Errorf("%s: %s", name, first)
			}
			if name == "resource names" && !strings.HasPrefix(first, `"arn:aws:x:::job/j-`) {
				t.Errorf("%s: %s is of another style", name, first)
			}
		default:
			if first != c.want {
				t.Errorf("%s: %s, want %s", name, first, c.want)
			}
		}
		again := s.Call(context.Background(), "next", []byte(`{}`)).Text
		if again != first {
			t.Errorf("%s: a look-up changed the next key from %s to %s", name, first, again)
		}
		for range 3 {
			if r := s.Call(context.Background(), "add", []byte(`{}`)); !r.Changed {
				t.Fatalf("%s: %s", name, r.Text)
			}
		}
		if s.Len("notes") != len(c.keys)+3 {
			t.Errorf("%s: %d rows", name, s.Len("notes"))
		}
	}
}
