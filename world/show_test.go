package world

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/agentscaler/scaler"
)

func TestShow(t *testing.T) {
	f, err := os.Open(os.Getenv("TOOLS"))
	if err != nil {
		t.Skip(err)
	}
	var tools []scaler.Tool
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var x scaler.Tool
		if err := json.Unmarshal(sc.Bytes(), &x); err != nil {
			t.Fatal(err)
		}
		if x.Name == "" {
			x.Name = string(x.ID)
		}
		tools = append(tools, x)
	}
	w, err := Builder{}.Build(context.Background(), scaler.Domain{Name: "shop"}, tools, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tb := range w.Schema.Tables {
		fmt.Println("TABLE", tb.Name, tb.Key, tb.Status)
		for _, c := range tb.Columns {
			fmt.Println("   ", c.Name, c.Type, c.Format, c.Semantic, "ref:", c.Ref, "null:", c.Nullable, string(json.RawMessage(fmt.Sprintf("%s", c.Enum))), "ex:", fmt.Sprintf("%s", c.Examples))
		}
	}
	fmt.Println(w.Code)
	fmt.Println(w.Policy)
	for _, x := range w.Tools {
		fmt.Println(x.Name, x.Kind, x.Tier, x.Table, x.Writes, x.Binds, x.Evidence)
	}
}
