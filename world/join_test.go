package world

import "testing"

// Two tables cannot both make up a list, nor one the list and another what stands in it.
func TestListIsJoinedOnce(t *testing.T) {
	parks := &table{joins: []join{{list: []string{"spec", "paths"}}}}
	for _, c := range []struct {
		list []string
		want bool
	}{
		{[]string{"spec", "paths"}, true},
		{[]string{"spec"}, true},
		{[]string{"spec", "paths", "gates"}, true},
		{[]string{"spec", "trees"}, false},
		{[]string{"paths"}, false},
	} {
		if got := parks.isJoined(c.list); got != c.want {
			t.Errorf("%q: %v", c.list, got)
		}
	}
}
