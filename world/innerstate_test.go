package world

import (
	"testing"

	"github.com/agentscaler/scaler"
)

// A move acts on the state that rows keep inside an object, where it is one of
// the states there; else it is left to states of our own.
func TestMovesInsideAnObject(t *testing.T) {
	ferry := &table{declared: true, Table: scaler.Table{Entity: "ferry_link", Key: "id", Columns: []scaler.Column{
		{Name: "id", Type: "string"},
		{Name: "LinkStatus", Type: "object", Schema: []byte(`{"type":"object","properties":{"Code":{"type":"string","enum":["PENDING_ACCEPTANCE","APPROVED","REJECTED"]},"Message":{"type":"string"}}}`)},
	}}}
	accept := &op{verb: "accept", kind: scaler.Transition, table: ferry}
	if !ferry.moveInside([]*op{accept}) || accept.status.column != "LinkStatus" || accept.status.inside != "Code" || accept.status.to != "APPROVED" {
		t.Errorf("accepting moves %+v", accept.status)
	}
	sink := &op{verb: "archive", kind: scaler.Transition, table: ferry}
	if ferry.moveInside([]*op{sink}) {
		t.Errorf("archiving moves %+v", sink.status)
	}
}
