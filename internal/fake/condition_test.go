package fake

import "testing"

// A state is a part of a country where an address or a person has it, and the
// condition of a thing elsewhere.
func TestStateOfWhat(t *testing.T) {
	for _, c := range []struct{ name, entity, want string }{
		{"state", "customer", "state"}, {"billing_state", "order", "state"}, {"state", "address", "state"},
		{"provisioningState", "server", "condition"}, {"state", "properties", "condition"}, {"transfer_state", "job", "states: status"},
	} {
		if got := Schema([]byte(`{"type": "string"}`), c.name, c.entity).Semantic; got != c.want {
			t.Errorf("%s of %s: %s, want %s", c.name, c.entity, got, c.want)
		}
	}
}
