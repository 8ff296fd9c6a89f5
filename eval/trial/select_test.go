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

// Of several groups each gives what it has of the list.
func TestSelectEach(t *testing.T) {
	few, many := []string{"0", "1"}, []string{"0", "1", "2", "3"}
	if got, err := SelectEach("1,3", few, many); err != nil || fmt.Sprint(got) != "[[1] [1 3]]" {
		t.Errorf("%v %v", got, err)
	}
	if got, err := SelectEach("1,4", few, many); err == nil {
		t.Errorf("nothing is called 4: %v", got)
	}
}
