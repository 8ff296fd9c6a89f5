package spec

import (
	"reflect"
	"testing"
)

// The code of the success comes first, then those of failures in order; what is
// no number counts as 200, and a tool that only says 200 says nothing.
func TestStatuses(t *testing.T) {
	for _, c := range []struct {
		responses []any
		want      []int
	}{
		{[]any{"404", &object{}, "201", &object{}, "409", &object{}, "default", &object{}}, []int{201, 404, 409}},
		{[]any{"200", &object{}, "204", &object{}, "422", &object{}}, []int{200, 422}},
		{[]any{"4XX", &object{}, "2XX", &object{}, "400", &object{}}, []int{200, 400}},
		{[]any{"200", &object{}}, nil},
		{[]any{"default", &object{}}, nil},
	} {
		a := &api{find: within(&object{})}
		responses := obj(c.responses...)
		code, _ := a.success(responses)
		if got := statuses(responses, code); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v: %v, not %v", responses.keys, got, c.want)
		}
	}
}
