package trial

import (
	"fmt"
	"testing"
)

// Tasks are chosen by name and, where names are numbers, by ranges; they keep
// their order.
func TestSelect(t *testing.T) {
	names := []string{"0", "1", "2", "10", "refund [a|b]"}
	for list, want := range map[string]string{
		"": "[0 1 2 3 4]", "1-10": "[1 2 3]", "10, 0": "[0 3]", "0-0,2,2": "[0 2]", "refund [a|b],1": "[1 4]", "3-9": "", "1-": "", "x": "", "0,,1": "",
	} {
		got, err := Select(list, names)
		if text := fmt.Sprint(got); err == nil && text != want || (err != nil) != (want == "") {
			t.Errorf("%q: %s %v, want %s", list, text, err, want)
		}
	}
}
