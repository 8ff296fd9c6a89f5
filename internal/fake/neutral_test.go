package fake

import (
	"regexp"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// Of the columns of a row that nothing is known of, one may be numbered.
func TestOneColumnIsNumbered(t *testing.T) {
	counter := regexp.MustCompile(`^\w+ \d+$`)
	m, numbered := New(scaler.Rand(1, "neutral"), now), 0
	for _, name := range []string{"bear", "cetacean", "lion", "facet"} {
		if counter.MatchString(m.Value(Column(scaler.Column{Name: name, Type: "string"}, "zoo")).(string)) {
			numbered++
		}
	}
	if numbered > 1 {
		t.Errorf("%d of four columns are numbered", numbered)
	}
}

// What a name says decides what stands in the column.
func TestEndsOfNamesDecideTogether(t *testing.T) {
	for _, c := range []struct{ entity, name, form string }{
		{"story", "byline", `^By \pL+ \pL+`}, {"show", "quote", `^[A-Z].*\.$`}, {"account", "bitcoinAddress", `^bc1q[a-z0-9]{38}$`}, {"site", "unique_visitor", `^\d+$`},
		{"build", "zip", `\.zip$`}, {"ticket", "firstnumber", `^\d{1,2}$`}, {"query", "IsDataPartial", `^(true|false)$`}, {"team", "color2", `^#?[A-Za-z0-9 ]+$`}, {"release", "target_commitish", `^(main|develop)$`}, {"image", "colorSpace", `^(RGB|CMYK|HSL|sRGB)$`},
	} {
		v := Value(scaler.Rand(3, c.name), now, Column(scaler.Column{Name: c.name, Type: "string"}, c.entity))
		if text, _ := v.(string); !regexp.MustCompile(c.form).MatchString(text) {
			t.Errorf("%s of a %s: %v", c.name, c.entity, v)
		}
	}
}
