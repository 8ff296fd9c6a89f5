package world

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
)

// A quay hires out kayaks: one that is out cannot be hired again until it has landed,
// and on record each kayak that is out has one hire.
func TestHiresHoldKayaks(t *testing.T) {
	tools := toolsIn(t, "quay.json")
	built := build(t, "quay", tools)
	afloat, ashore := map[string]int{}, ""
	for _, r := range built.Rows {
		if strings.Contains(string(r.Value), `"afloat"`) {
			afloat[r.Key] = 0
		} else if strings.Contains(string(r.Value), `"ashore"`) {
			ashore = r.Key
		}
	}
	for _, r := range built.Rows {
		row, err := pyjson.ParseObject(r.Value)
		if err != nil {
			t.Fatal(err)
		}
		status, _ := row.Get("status")
		kayak, hires := row.Get("kayak_id")
		if r.Table != "hires" || !hires || status != "active" {
			continue
		}
		if _, out := afloat[kayak.(string)]; !out {
			t.Errorf("the hire %s is active, and its kayak %s is not afloat", r.Key, kayak)
		}
		afloat[kayak.(string)]++
	}
	for kayak, n := range afloat {
		if n != 1 {
			t.Errorf("the kayak %s is afloat with %d hires", kayak, n)
		}
	}
	if len(afloat) == 0 || ashore == "" {
		t.Fatal("no kayak is afloat, or none ashore")
	}

	w, err := sandbox.Open(built, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.Start(scaler.Init{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	call := func(tool, args string) sandbox.Result {
		t.Helper()
		r := s.Call(t.Context(), tool, []byte(args))
		if r.Err != nil {
			t.Fatalf("%s %s: %v", tool, args, r.Err)
		}
		return r
	}
	hire := call("createHire", `{"kayak_id": "`+ashore+`"}`)
	if !strings.Contains(hire.Text, `"hired_on": "2026-03-02"`) || !strings.Contains(hire.Text, `"paddles": "carbon"`) {
		t.Errorf("the new hire is %s", hire.Text)
	}
	if again := call("createHire", `{"kayak_id": "`+ashore+`"}`); again.Refused == nil || again.Refused.Code != "invalid_state" {
		t.Errorf("a kayak that is out is hired again: %s", again.Text)
	}
	key := value(parseAny([]byte(hire.Text)), "hire_id").(string)
	if landed := call("landHire", `{"hire_id": "`+key+`"}`); !strings.Contains(landed.Text, `"landed_at": "2026-03-02T09:00:0`) {
		t.Errorf("the hire that landed is %s", landed.Text)
	}
	if kayak := call("getKayak", `{"kayak_id": "`+ashore+`"}`); !strings.Contains(kayak.Text, `"ashore"`) {
		t.Errorf("the kayak that landed is %s", kayak.Text)
	}
}

// What docs/serve.md says is understood of a description, is.
func TestTextsThatAreUnderstood(t *testing.T) {
	page, err := os.ReadFile("../docs/serve.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile(`(?m)^\| (createHire|landHire|listHiresOfKayak) \| (.+?) \| (.+?) \|$`).FindAllStringSubmatch(string(page), -1)
	if len(rows) < 11 {
		t.Fatalf("the page has %d rows", len(rows))
	}
	for _, row := range rows {
		tools := toolsIn(t, "quay.json")
		for i := range tools {
			if tools[i].Name == row[1] {
				tools[i].Description = "Change what is hired out. " + row[2]
			} else {
				tools[i].Description = ""
			}
		}
		built := build(t, "quay", tools)
		tool, ok := built.Tool(row[1])
		if !ok {
			t.Errorf("%s is not built", row[1])
		}
		if !strings.Contains(built.Policy, row[3]) && !slices.Contains(tool.Evidence, row[3]) {
			t.Errorf("%q of %s\nevidence %q\nhandbook\n%s", row[2], row[1], tool.Evidence, built.Policy)
		}
	}
}
