package fake

import (
	"strings"
	"testing"
	"time"

	scaler "github.com/agentscaler/scaler"
)

// What an example or a pattern shows as a date is a date, and what a pattern
// spells as a resource of a cloud is such a resource.
func TestFormsAreKept(t *testing.T) {
	for i := range 100 {
		m := New(scaler.Rand(uint64(i), "forms"), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
		for example, layout := range map[string]string{
			"2023-01-01T10:00:00Z": time.RFC3339, "2023-01-31": time.DateOnly, "23:45": "15:04", "2023-01-01T10:00:00.000Z": time.RFC3339Nano,
		} {
			if v := m.like(example); !writtenAs(layout, v) || len(v) != len(example) {
				t.Fatalf("like %s: %s", example, v)
			}
		}
		if v := m.like("INV-4821"); !strings.HasPrefix(v, "INV-") || len(v) != 8 {
			t.Fatalf("like INV-4821: %s", v)
		}
		for pattern, ok := range map[string]func(string) bool{
			`^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$`: func(v string) bool { return writtenAs(time.RFC3339, v) },
			`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`:                 func(v string) bool { return writtenAs(time.DateOnly, v) },
			`^arn:(aws[a-zA-Z0-9-]*):orchard:.+`:           func(v string) bool { return strings.HasPrefix(v, "arn:aws:orchard:") },
			`^[a-z0-9-]{3,20}$`:                            func(v string) bool { return !writtenAs(time.DateOnly, v) },
		} {
			v, _ := m.Value(Schema([]byte(`{"type": "string", "pattern": "`+pattern+`"}`), "", "")).(string)
			if !ok(v) {
				t.Fatalf("%s: %s", pattern, v)
			}
		}
	}
}

func writtenAs(layout, v string) bool {
	_, err := time.Parse(layout, v)
	return err == nil
}
