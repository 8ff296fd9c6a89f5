package world

import (
	"testing"

	"github.com/agentscaler/scaler/internal/fake"
)

// Every text of every kind is one that values can be made for.
func TestArchetypes(t *testing.T) {
	for kind, list := range archetypes {
		for _, a := range list {
			if len(a.fields) == 0 {
				t.Errorf("%s has no fields", kind)
			}
			for _, c := range a.fields {
				if c.Type == "string" && !fake.Known(fake.Column(c, kind)) {
					t.Errorf("%s: nothing says what a %s is filled with", kind, c.Name)
				}
			}
		}
	}
}

func TestArchetypeOf(t *testing.T) {
	for _, c := range []struct {
		entity string
		about  []string
		want   string
	}{
		{"position", []string{"chess", "board"}, "fen"},
		{"position", []string{"hiring"}, "title"},
		{"issue_event", nil, "event"},
		{"champion_position", []string{"game"}, "champion"},
		{"npm_score", []string{"npm", "package"}, "overall"},
		{"score", []string{"football", "team"}, "home_team"},
		{"dns_record", nil, "name"},
		{"weather_2", nil, "temperature_c"},
		{"quux", nil, ""},
	} {
		about := map[string]bool{}
		for _, w := range c.about {
			about[w] = true
		}
		got := ""
		if fields := archetypeOf(c.entity, about); len(fields) > 0 {
			got = fields[0].Name
		}
		if got != c.want {
			t.Errorf("%s of %v begins with %q, want %q", c.entity, c.about, got, c.want)
		}
	}
}
