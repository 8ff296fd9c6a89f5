package eval

import (
	"context"
	"fmt"
	"runtime"
	"strings"

	"github.com/agentscaler/scaler/eval/rows"
	"github.com/agentscaler/scaler/internal/pyjson"
	"golang.org/x/sync/errgroup"
)

// A File is recorded calls in one of three forms: tasks with their gold actions,
// sequences of calls, or single calls grouped by case.
type File struct {
	Domain string // of the file's meta; empty where it names none
	Items  []*Item
	root   *pyjson.Object
}

// An Item is calls that are made one after the other on fresh data.
type Item struct {
	ID    string
	Kind  string         // "task", "sequence", "dialogue" or "case"
	Body  *pyjson.Object // the item in the file
	Calls []*pyjson.Object
}

// ReadFile reads recorded calls.
func ReadFile(text []byte) (*File, error) {
	root, err := pyjson.ParseObject(text)
	if err != nil {
		return nil, err
	}
	f := &File{root: root}
	f.Domain, _ = pyjson.Path(root, "meta", "domain").(string)
	switch {
	case list(root, "tasks") != nil:
		f.Items = items("task", list(root, "tasks"), "task_id", "actions")
	case list(root, "items") != nil:
		f.Items = items("dialogue", list(root, "items"), "id", "steps")
	case list(root, "sequences") != nil:
		f.Items = sequences(list(root, "sequences"))
	case list(root, "calls") != nil:
		f.Items = cases(list(root, "calls"))
	default:
		return nil, fmt.Errorf(`recorded calls need "tasks", "items", "sequences" or "calls"; the file has %s`, strings.Join(root.Keys(), ", "))
	}
	return f, nil
}

func list(v any, path ...string) []any {
	l, _ := pyjson.Path(v, path...).([]any)
	return l
}

func text(v any, path ...string) string {
	s, _ := pyjson.Path(v, path...).(string)
	return s
}

func objects(list []any) []*pyjson.Object {
	var out []*pyjson.Object
	for _, v := range list {
		if o, ok := v.(*pyjson.Object); ok {
			out = append(out, o)
		}
	}
	return out
}

func items(kind string, all []any, id, calls string) []*Item {
	var out []*Item
	for _, o := range objects(all) {
		out = append(out, &Item{ID: pyjson.Str(pyjson.Path(o, id)), Kind: kind, Body: o, Calls: objects(list(o, calls))})
	}
	return out
}

// sequences are of calls, or of the steps of dialogues.
func sequences(all []any) []*Item {
	if len(all) > 0 && list(all[0], "steps") != nil {
		return items("dialogue", all, "id", "steps")
	}
	return items("sequence", all, "id", "calls")
}

// cases groups neighbouring calls of the same case.
func cases(all []any) []*Item {
	var out []*Item
	for _, o := range objects(all) {
		name := pyjson.Str(pyjson.Path(o, "case"))
		if n := len(out); n == 0 || out[n-1].ID != name {
			out = append(out, &Item{ID: name, Kind: "case", Body: pyjson.NewObject(0)})
		}
		last := out[len(out)-1]
		last.Calls = append(last.Calls, o)
	}
	return out
}

// An Answer is what a call answered.
type Answer struct {
	Output  any // a string; nil where the tool gave none
	Error   any // nil, whether it failed, or the class of an exception
	Raises  string
	Skipped bool
	Changed bool
	Gold    any // what the environment of the official scoring answers, where it differs
	Rows    []string
	Fields  []rows.Change
}

// A Report counts how a replay agrees with its file.
type Report struct {
	Calls         int          `json:"calls"`
	Matched       int          `json:"matched"`
	States        int          `json:"states"`
	StatesMatched int          `json:"states_matched"`
	Scores        int          `json:"scores"`
	ScoresMatched int          `json:"scores_matched"`
	Differences   []Difference `json:"differences,omitempty"`
}

// Same says whether everything agrees.
func (r Report) Same() bool {
	return r.Matched == r.Calls && r.StatesMatched == r.States && r.ScoresMatched == r.Scores
}

// A Difference is one place where the replay answers otherwise than the file.
type Difference struct {
	Item string `json:"item"`
	Call int    `json:"call"` // -1: of the item as a whole
	Tool string `json:"tool,omitempty"`
	Key  string `json:"key"`
	Want any    `json:"want"`
	Got  any    `json:"got"`
}

// String shows the difference on one line.
func (d Difference) String() string {
	place := d.Item
	if d.Call >= 0 {
		place = fmt.Sprintf("%s call %d %s", d.Item, d.Call, d.Tool)
	}
	return fmt.Sprintf("%s: %s is %.400s, want %.400s", place, d.Key, pyjson.Repr(d.Got), pyjson.Repr(d.Want))
}

// Replay makes every call of the file and compares the answers with those in
// it; document is the file with our answers in their place.
func Replay(ctx context.Context, p Player, f *File) (report Report, document *pyjson.Object, err error) {
	reports := make([]Report, len(f.Items))
	answered := make([]*pyjson.Object, len(f.Items))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, item := range f.Items {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			var err error
			if reports[i], answered[i], err = replayItem(p, item); err != nil {
				return fmt.Errorf("%s %s: %w", item.Kind, item.ID, err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return Report{}, nil, err
	}
	for _, r := range reports {
		report.add(r)
	}
	return report, f.answered(answered), nil
}

func (r *Report) add(o Report) {
	r.Calls += o.Calls
	r.Matched += o.Matched
	r.States += o.States
	r.StatesMatched += o.StatesMatched
	r.Scores += o.Scores
	r.ScoresMatched += o.ScoresMatched
	r.Differences = append(r.Differences, o.Differences...)
}

// answered is the file's document with other items.
func (f *File) answered(items []*pyjson.Object) *pyjson.Object {
	var all []any
	for i, o := range items {
		if f.Items[i].Kind == "case" {
			all = append(all, list(o, "calls")...)
		} else {
			all = append(all, o)
		}
	}
	doc := f.root.Shallow()
	for _, key := range []string{"tasks", "items", "sequences", "calls"} {
		if _, ok := doc.Get(key); ok {
			doc.Set(key, all)
			break
		}
	}
	return doc
}

func replayItem(p Player, item *Item) (Report, *pyjson.Object, error) {
	var r Report
	session, err := p.Play(item)
	if err != nil {
		return r, nil, err
	}
	body := item.Body.Shallow()
	calls := make([]any, 0, len(item.Calls))
	for i, call := range item.Calls {
		answer := session.Call(call)
		shown := write(item.Kind, call, answer)
		differences := compareCall(call, shown)
		for _, d := range differences {
			d.Item, d.Call, d.Tool = item.ID, i, text(call, "tool")
			r.Differences = append(r.Differences, d)
		}
		r.Calls++
		if len(differences) == 0 {
			r.Matched++
		}
		calls = append(calls, shown)
	}
	switch {
	case item.Kind == "task" && item.Calls != nil:
		body.Set("actions", calls)
	case item.Kind == "dialogue":
		body.Set("steps", calls)
	case item.Kind != "task":
		body.Set("calls", calls)
	}
	end, err := session.Finish()
	if err != nil {
		return r, nil, err
	}
	r.compareEnd(item, end)
	for key, v := range end.All() {
		if _, ok := body.Get(key); ok {
			body.Set(key, v)
		}
	}
	return r, body, nil
}
