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

// What does not fit is said in one order, however often it is asked.
func TestMisfitIsDeterministic(t *testing.T) {
	s, why := compileShape([]byte(`{"additionalProperties": {"properties": {"a": {"type": "string"}}, "additionalProperties": false}}`))
	if why != "" {
		t.Fatal(why)
	}
	const value = `{"x": {"a": 1, "d": 1, "c": 1}, "y": {"a": 2, "b": 1}, "z": {"a": 3}}`
	want := misfit(s, value)
	for range 50 {
		if got := misfit(s, value); got != want {
			t.Fatalf("%s\nand then\n%s", want, got)
		}
	}
}
