package world

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// The weather of any city is told, the same each time and of the city that was
// asked for; a city is found however it is spelled.
func TestOpenLookUps(t *testing.T) {
	w := build(t, "skies", []scaler.Tool{{ID: "s/get_weather", Name: "get_weather", Service: "s", Effect: scaler.Read, Description: "Get the current weather of a city.",
		Parameters: json.RawMessage(`{"type":"object","required":["city"],"properties":{"city":{"type":"string"}}}`)}})
	env, err := sandbox.Open(w, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer env.Close()
	session, err := env.Start(scaler.Init{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(city string) string {
		return session.Call(t.Context(), "get_weather", []byte(`{"city": "`+city+`"}`)).Text
	}
	first := ask("Quuxville")
	if !strings.Contains(first, `"city": "Quuxville"`) || !strings.Contains(first, "temperature") || strings.Contains(first, `"id"`) {
		t.Errorf("answers %s", first)
	}
	if again := ask("Quuxville"); again != first {
		t.Errorf("answers %s, then %s", first, again)
	}
	if low := ask("quuxville"); !strings.EqualFold(low, first) {
		t.Errorf("answers %s, and in small letters %s", first, low)
	}
}
