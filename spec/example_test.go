package spec_test

import (
	"context"
	"fmt"

	"github.com/agentscaler/scaler/spec"
)

// Every tool of the input comes out, as a tool or as a rejection with its reason.
func ExampleReader() {
	var tally spec.Tally
	for item, err := range (spec.Reader{}).Read(context.Background(), []string{"testdata/example.json"}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		tally.Add(item)
		switch {
		case item.Tool != nil:
			fmt.Printf("%s: %s (%s)\n", item.Tool.Effect, item.Tool.ID, item.Tool.EffectWhy)
		case item.Rejection != nil:
			fmt.Printf("rejected at %s: %s\n", item.Rejection.Origin.Pointer, item.Rejection.Reason)
		}
	}
	fmt.Println(tally.Sources[0].Kept, "of", tally.Sources[0].Tools())
	// Output:
	// read: library/find_book (verb find)
	// write: library/renew_loan (verb renew)
	// rejected at /tools/2: no-name
	// 2 of 3
}
