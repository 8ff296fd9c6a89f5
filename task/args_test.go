package task

import (
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

func parsed(t *testing.T, text string) *pyjson.Object {
	t.Helper()
	o, err := pyjson.ParseObject([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// People do not dictate forms: one item of a list, and of each object what it
// requires, or a detail or two where it requires nothing.
func TestPrune(t *testing.T) {
	to := &tool{musts: map[string]bool{"items.sku": true}}
	for _, c := range []struct{ path, value, want string }{
		{"items", `{"v": [{"sku": "A", "note": "x"}, {"sku": "B", "note": "y"}]}`, `{"v": [{"sku": "A"}]}`},
		{"tags", `{"v": ["a", "b"]}`, `{"v": ["a", "b"]}`},
		{"address", `{"v": {"street": "1", "city": "2", "zip": "3", "geo": {"x": 1}}}`, `{"v": {"street": "1", "city": "2"}}`},
	} {
		o := parsed(t, c.value)
		v, _ := o.Get("v")
		o.Set("v", to.prune(c.path, v))
		if got := string(pyjson.Marshal(o)); got != c.want {
			t.Errorf("prune(%s) = %s, want %s", c.value, got, c.want)
		}
	}
}

func TestInOrder(t *testing.T) {
	d := draft{args: parsed(t, `{"check_in_date": "2026-05-09", "check_out_date": "2026-05-02", "born": "1990-01-01"}`)}
	for _, n := range nodes(d.args) {
		d.leaves = append(d.leaves, argument{param: param{path: n.path}, value: n.value})
	}
	inOrder(d)
	if got := string(pyjson.Marshal(d.args)); got != `{"check_in_date": "2026-05-02", "check_out_date": "2026-05-09", "born": "1990-01-01"}` {
		t.Errorf("in order: %s", got)
	}
}

func TestRepeats(t *testing.T) {
	product := parsed(t, `{"id": "P1", "name": "Tea", "price": 4.5, "tags": []}`)
	for field, want := range map[string]string{"name": "name", "unit_price": "price", "id": "", "quantity": "", "tags": ""} {
		if got, _ := repeats(product, field); got != want {
			t.Errorf("%s repeats %q, want %q", field, got, want)
		}
	}
}

// Paths that nodes give can be written to again.
func TestPutAndNodes(t *testing.T) {
	o := parsed(t, `{"a": [{"b": 1}, {"b": 2}], "c": {"d": [3, 4]}}`)
	for _, n := range nodes(o) {
		put(o, n.path, "x"+plain(n.value))
	}
	if got := string(pyjson.Marshal(o)); got != `{"a": [{"b": "x1"}, {"b": "x2"}], "c": {"d": ["x3", "x4"]}}` {
		t.Errorf("put: %s", got)
	}
}

// What is somebody's words is quoted; names, places and dates are not.
func TestQuoted(t *testing.T) {
	for _, c := range []struct{ label, value, text, want string }{
		{"note", "Please call ahead", "Please call ahead", `"Please call ahead"`},
		{"book title", "Gardens of the North", "Gardens of the North", "Gardens of the North"},
		{"due date", "2026-03-05", "5 March 2026", "5 March 2026"},
		{"city", "Rotterdam", "Rotterdam", "Rotterdam"},
	} {
		if got := quoted(scaler.Fact{Label: c.label, Value: raw(c.value), Text: c.text}); got != c.want {
			t.Errorf("quoted(%s) = %s, want %s", c.text, got, c.want)
		}
	}
}

// A label of its own for each value; the same value is told once.
func TestFactsHaveTheirOwnLabels(t *testing.T) {
	var f facts
	first := f.add("order number", "W1", exact)
	second := f.add("order number", "W2", exact)
	if first != "order number" || second != "second order number" || f.add("order number", "W2", exact) != second || len(f.list) != 2 {
		t.Errorf("labels %q, %q, %d facts", first, second, len(f.list))
	}
}

func TestQualify(t *testing.T) {
	branch := scaler.Table{Name: "branches", Entity: "branch", Key: "branch_id"}
	for path, want := range map[string]string{
		"pickup_branch_id": "the pickup branch Harbour", "branch_id": "the branch Harbour", "from_branch_id": "the branch Harbour",
	} {
		if got := qualify("the branch Harbour", path, branch); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
