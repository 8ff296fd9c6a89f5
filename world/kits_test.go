package world

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/rogpeppe/go-internal/txtar"
)

// A hire is a session of the world of kits.txtar, with what its tests look for.
type hire struct {
	*sandbox.Session
	t *testing.T
}

func openHire(t *testing.T) hire {
	t.Helper()
	ar, err := txtar.ParseFile("testdata/build/kits.txtar")
	if err != nil {
		t.Fatal(err)
	}
	w, err := sandbox.Open(build(t, "kits", toolsOf(t, ar)), sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.Start(scaler.Init{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return hire{s, t}
}

func (h hire) call(tool string, args map[string]any) sandbox.Result {
	h.t.Helper()
	text, err := json.Marshal(args)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.Call(context.Background(), tool, text)
}

// row returns the first row of a table that fits.
func (h hire) row(table string, fits func(*pyjson.Object) bool) *pyjson.Object {
	h.t.Helper()
	for _, row := range h.Rows(table) {
		if fits(row) {
			return row.Clone()
		}
	}
	h.t.Fatalf("no row of %s fits", table)
	return nil
}

func value(row any, path ...any) any {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			row, _ = row.(*pyjson.Object).Get(p)
		case int:
			row = row.([]any)[p]
		}
	}
	return row
}

func (h hire) refused(r sandbox.Result, code, says string) {
	h.t.Helper()
	if r.Refused == nil || r.Refused.Code != code || !strings.Contains(r.Refused.Message, says) {
		h.t.Errorf("answered %s, refused %v; want %s: %s", r.Text, r.Refused, code, says)
	}
}

// exchange finds an open kit, what may take the place of its first cut, and a
// card of its client that holds no money of its own.
func (h hire) exchange() (kit, cut, card *pyjson.Object) {
	kit = h.row("kits", func(k *pyjson.Object) bool {
		if value(k, "status") != "open" || len(value(k, "cuts").([]any)) == 0 {
			return false
		}
		n := 0
		for _, c := range h.Rows("payment_cards") {
			if value(c, "client_id") == value(k, "client_id") && value(c, "balance") == nil {
				n++
			}
		}
		return n > 0
	})
	cut = h.row("cuts", func(c *pyjson.Object) bool {
		return value(c, "garment_id") == value(kit, "cuts", 0, "garment_id") && value(c, "available") == true
	})
	card = h.row("payment_cards", func(c *pyjson.Object) bool {
		return value(c, "client_id") == value(kit, "client_id") && value(c, "balance") == nil
	})
	return kit, cut, card
}

// What is exchanged in a kit repeats the catalogue, costs the difference and can
// be done once; the card has to be the client's own.
func TestLinesAreExchangedOnce(t *testing.T) {
	h := openHire(t)
	kit, cut, card := h.exchange()
	args := map[string]any{"kit_id": value(kit, "kit_id"), "cut_ids": []any{value(kit, "cuts", 0, "cut_id")},
		"new_cut_ids": []any{value(cut, "cut_id")}, "payment_card_id": value(card, "payment_card_id")}

	stranger := h.row("payment_cards", func(c *pyjson.Object) bool { return value(c, "client_id") != value(kit, "client_id") })
	args["payment_card_id"] = value(stranger, "payment_card_id")
	h.refused(h.call("change_open_kit_cuts", args), "not_found", "has no payment card")

	args["payment_card_id"] = value(card, "payment_card_id")
	if r := h.call("change_open_kit_cuts", args); r.Refused != nil {
		t.Fatal(r.Refused)
	}
	now, _ := h.Row("kits", value(kit, "kit_id").(string))
	if got, want := value(now, "cuts", 0, "price"), value(cut, "price"); got != want || value(now, "cuts", 0, "cut_id") != value(cut, "cut_id") {
		t.Errorf("the line is %s, the catalogue says %s", pyjson.Marshal(value(now, "cuts", 0)), pyjson.Marshal(cut))
	}
	if got := value(now, "status"); got != "open (cuts changed)" {
		t.Errorf("status %v", got)
	}
	h.refused(h.call("change_open_kit_cuts", args), "invalid_state", "cannot be changed")
}

// What a cancelled kit was paid with gets its money back, if it holds any.
func TestCancellingPaysBack(t *testing.T) {
	h := openHire(t)
	var card *pyjson.Object
	kit := h.row("kits", func(k *pyjson.Object) bool {
		paid, _ := value(k, "payments").([]any)
		if value(k, "status") != "open" || len(paid) == 0 {
			return false
		}
		card, _ = h.Row("payment_cards", value(paid, 0, "payment_card_id").(string))
		return card != nil && value(card, "balance") != nil
	})
	if r := h.call("cancel_open_kit", map[string]any{"kit_id": value(kit, "kit_id")}); r.Refused != nil {
		t.Fatal(r.Refused)
	}
	now, _ := h.Row("payment_cards", value(card, "payment_card_id").(string))
	amount := number(value(kit, "payments", 0, "amount"))
	if got, want := number(value(now, "balance")), number(value(card, "balance"))+amount; got-want > .005 || want-got > .005 {
		t.Errorf("balance %v, want %v", got, want)
	}
	after, _ := h.Row("kits", value(kit, "kit_id").(string))
	if got := value(after, "status"); got != "taken back" {
		t.Errorf("status %v", got)
	}
}

func number(v any) float64 {
	x, _ := pyjson.Number(v)
	return x
}
