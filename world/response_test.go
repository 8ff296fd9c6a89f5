package world

import (
	"testing"

	"github.com/agentscaler/scaler/internal/schema"
)

// What is a list with a mark of its page is a page; what stands beside the code
// of an HTTP response is no field of a row.
func TestResponsesAreNoRows(t *testing.T) {
	page := shapeOf(schema.Parse([]byte(`{"type":"object","properties":{
		"BakeryAsyncOrderPropertiesList":{"type":"array","items":{"type":"object","properties":{"OrderId":{"type":"string"}}}},
		"Name":{"type":"string"},"NextToken":{"type":"string"}}}`)), "cake_order")
	if page.mode != many || page.at[0] != "BakeryAsyncOrderPropertiesList" {
		t.Errorf("a page is %d at %v", page.mode, page.at)
	}
	row := shapeOf(schema.Parse([]byte(`{"type":"object","properties":{
		"flour":{"type":"string"},"weight":{"type":"number"},"HttpStatusCode":{"type":"integer"},"Errors":{"type":"array","items":{"type":"string"}}}}`)), "cake")
	response := ownOf(row.row.Props())
	for _, p := range row.row.Props() {
		if want := p.Name == "HttpStatusCode" || p.Name == "Errors"; response.has(p) != want {
			t.Errorf("%s is of the response: %v", p.Name, !want)
		}
	}
}
