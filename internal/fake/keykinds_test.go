package fake

import (
	"regexp"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// Some things have the same kind of id everywhere; where an example shows another,
// that holds.
func TestKeyKind(t *testing.T) {
	for entity, form := range map[string]string{"container": `^[0-9a-f]{64}$`, "commit": `^[0-9a-f]{40}$`, "access_token": `^[0-9a-f]{8}-[0-9a-f-]{27}$`} {
		s := KeyKind(Column(scaler.Column{Name: "id", Type: "string"}, entity))
		if s == nil {
			t.Fatalf("%s: none", entity)
		}
		if v := Value(scaler.Rand(1, entity), now, s); !regexp.MustCompile(form).MatchString(v.(string)) {
			t.Errorf("%s: %v", entity, v)
		}
	}
	for _, entity := range []string{"order", "shipping_container"} {
		if s := KeyKind(Column(scaler.Column{Name: "id", Type: "string"}, entity)); s != nil {
			t.Errorf("%s: %s", entity, s.Semantic)
		}
	}
}
