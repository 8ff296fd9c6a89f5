package task

import (
	"context"
	"testing"

	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
)

func TestLook(t *testing.T) {
	w := worldtest.Library()
	env, err := sandbox.Open(w, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tasks, report, err := Maker{Seed: 1}.Make(context.Background(), w, env, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range report.Counts {
		t.Log(c.Name, c.N)
	}
	for _, k := range tasks {
		t.Logf("--- %s %v\n%s\nINTENT %s", k.Family, k.Hardness, k.Opening, k.Intent)
		for _, f := range k.Knows {
			t.Logf("   knows %s=%s %q %v", f.Label, f.Value, f.Text, f.Upfront)
		}
		for _, c := range k.Calls {
			t.Logf("   %s(%s) %s %.100s", c.Tool, c.Arguments, c.Error, c.Output)
		}
		for _, f := range k.Reply {
			t.Logf("   reply %s %q %q", f.Label, f.Text, f.Also)
		}
	}
}
