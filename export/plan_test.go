package export

import (
	"fmt"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

func domains(n int) []domain {
	var all []domain
	for i := range n {
		id := fmt.Sprintf("domain-%03d", i)
		all = append(all, domain{id: scaler.DomainID(id), name: "The " + id, worlds: []scaler.WorldID{scaler.WorldID(id + "-w")}, rows: 1 + i%7})
	}
	return all
}

// About a tenth of the domains is for testing, at least one of five, never all.
func TestShareOfTests(t *testing.T) {
	for n, want := range map[int][2]int{0: {0, 0}, 1: {0, 0}, 4: {0, 1}, 5: {1, 4}, 1000: {70, 130}} {
		if got := len(Exporter{Seed: 1}.test(domains(n))); got < want[0] || got > want[1] {
			t.Errorf("%d of %d domains are for testing", got, n)
		}
	}
}

// A domain stays in its split when others come.
func TestSplitsAreStable(t *testing.T) {
	few, many := Exporter{}.test(domains(200)), Exporter{}.test(domains(400))
	for _, d := range domains(200) {
		if few[d.id] != many[d.id] {
			t.Errorf("%s moved", d.id)
		}
	}
}

// The vertical domains can be named in every way a person sees them.
func TestVertical(t *testing.T) {
	for _, c := range []struct {
		names []string
		of    int
		want  string
	}{
		{nil, 2, "[]"},
		{nil, 9, "[domain-006]"},
		{[]string{"none"}, 9, "[]"},
		{[]string{"domain-001", "the DOMAIN-002", "domain-003-w", "domain-001"}, 9, "[domain-001 domain-002 domain-003]"},
	} {
		picked, err := Exporter{Vertical: c.names}.vertical(domains(c.of))
		var ids []scaler.DomainID
		for _, d := range picked {
			ids = append(ids, d.id)
		}
		if got := fmt.Sprint(ids); err != nil || got != c.want {
			t.Errorf("%v: %s, %v; want %s", c.names, got, err, c.want)
		}
	}
	if _, err := (Exporter{Vertical: []string{"airline"}}).vertical(domains(2)); err == nil {
		t.Error("an unknown domain is no error")
	}
}

// A card is public; the paths of the machine it was made on are not.
func TestFileName(t *testing.T) {
	for want, p := range map[string]scaler.Place{
		"shop.yaml":       {Source: "/home/ada/shop.yaml", File: "shop.yaml"},
		"specs/a/b.json":  {Source: "/home/ada/specs/", File: "a/b.json"},
		"apis.zip/b.json": {Source: "../apis.zip", File: "b.json"},
		"mcp":             {Source: "mcp+https://tools.example/mcp?key=secret"},
		"unknown":         {},
	} {
		if got := fileName(p); got != want {
			t.Errorf("%+v is shown as %q, want %q", p, got, want)
		}
	}
}
