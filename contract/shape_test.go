package contract

import "testing"

// A value that two alternatives allow fits; one that none allows does not.
func TestOverlappingAlternatives(t *testing.T) {
	s, err := compileShape([]byte(`{"properties": {"size": {"oneOf": [{"type": "string"}, {"type": "string", "pattern": "^[0-9]+$"}]}}}`))
	if err != "" {
		t.Fatal(err)
	}
	if why := misfit(s, `{"size": "12"}`); why != "" {
		t.Error(why)
	}
	if misfit(s, `{"size": 12}`) == "" {
		t.Error("a number fits where only texts are allowed")
	}
}
