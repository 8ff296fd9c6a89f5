package archtest

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/store"
)

// Every key of every file of a run stands in docs/data-format.md.
func TestEveryKeyIsDocumented(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "data-format.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[reflect.Type]bool{}
	for _, v := range []any{
		scaler.Tool{}, scaler.Rejection{}, pipeline.GraphLine{}, scaler.Domain{}, scaler.World{}, scaler.Schema{}, scaler.Row{}, scaler.Check{},
		scaler.Task{}, scaler.Rollout{}, scaler.Verdict{}, pipeline.Info{}, pipeline.NoWorld{}, store.Manifest{}, store.IndexEntry{},
	} {
		keys(reflect.TypeOf(v), seen, func(owner reflect.Type, key string) {
			if !strings.Contains(string(text), "`"+key+"`") {
				t.Errorf("docs/data-format.md does not name %s of %s", key, owner)
			}
		})
	}
	if len(seen) < 20 {
		t.Fatalf("only %d types were looked at", len(seen))
	}
}

// keys visits every JSON key below a type.
func keys(typ reflect.Type, seen map[reflect.Type]bool, visit func(reflect.Type, string)) {
	switch typ.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Array:
		keys(typ.Elem(), seen, visit)
		return
	case reflect.Struct:
	default:
		return
	}
	if seen[typ] {
		return
	}
	seen[typ] = true
	for i := range typ.NumField() {
		f := typ.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		if name != "" {
			visit(typ, name)
		}
		keys(f.Type, seen, visit)
	}
}
