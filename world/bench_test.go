package world

import (
	"context"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/rogpeppe/go-internal/txtar"
)

// BenchmarkBuild measures a whole world: inference, seed data, code, contract.
func BenchmarkBuild(b *testing.B) {
	ar, err := txtar.ParseFile("testdata/build/orders.txtar")
	if err != nil {
		b.Fatal(err)
	}
	tools := toolsOf(b, ar)
	for b.Loop() {
		if _, err := (Builder{}).Build(context.Background(), scaler.Domain{Name: "orders"}, tools, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkInfer measures inference and code alone.
func BenchmarkInfer(b *testing.B) {
	ar, err := txtar.ParseFile("testdata/build/orders.txtar")
	if err != nil {
		b.Fatal(err)
	}
	tools := toolsOf(b, ar)
	for b.Loop() {
		dr := infer(scaler.Domain{Name: "orders"}, tools)
		program(dr.atlas, dr.ops)
	}
}
