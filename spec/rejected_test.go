package spec

import (
	"testing"

	"github.com/agentscaler/scaler"
)

func TestTold(t *testing.T) {
	for want, r := range map[string]scaler.Rejection{
		"apis/bad.json: line 3: unexpected ','":          {Reason: "broken", Detail: "line 3: unexpected ','", Origin: scaler.Place{Source: "apis/bad.json", File: "bad.json"}},
		"apis.zip: a/b.json: it is empty":                {Reason: "empty", Origin: scaler.Place{Source: "apis.zip", File: "a/b.json"}},
		"list.json: /2: not-a-tool: it is not an object": {Reason: "not-a-tool", Detail: "it is not an object", Origin: scaler.Place{Source: "list.json", File: "list.json", Pointer: "/2"}},
		"list.json: /3 getIt: no-description":            {Name: "getIt", Reason: "no-description", Origin: scaler.Place{Source: "list.json", File: "list.json", Pointer: "/3"}},
	} {
		if got := Told(&r); got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	}
}
