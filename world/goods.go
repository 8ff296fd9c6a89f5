package world

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/seed"
)

// addGoods adds what a text says of goods: that they have a price, that there is
// a stock of them.
func (t *table) addGoods(about string) {
	if strings.Contains(about, "price") && t.priceColumn() == "" {
		t.Columns = append(t.Columns, scaler.Column{Name: "price", Type: "number", Semantic: "money"})
	}
	if (strings.Contains(about, "inventory") || strings.Contains(about, "stock")) && t.stockColumn() == nil && t.find("available") == nil {
		t.Columns = append(t.Columns, scaler.Column{Name: "available", Type: "boolean", Semantic: "boolean", Doc: "Whether it can be had now."})
	}
}

// openEnded are nouns for what differs from one row to the next.
var openEnded = wordSet("options attributes properties features specifications specs")

// addSaid adds the columns of a phrase such as "with unique ids and options".
func (t *table) addSaid(phrase []string) {
	if at := slices.Index(phrase, "with"); at >= 0 {
		phrase = phrase[at+1:]
	}
	for _, w := range phrase {
		if openEnded[w] {
			t.add(scaler.Column{Name: w, Type: "object", Schema: json.RawMessage(
				`{"type": "object", "properties": {"color": {"type": "string"}, "size": {"type": "string", "enum": ["small", "medium", "large"]}}, "required": ["color", "size"]}`)})
		}
	}
}

// kindOfKey reads the kind off an example such as 'gift_voucher_0012345'.
var kindOfKey = regexp.MustCompile(`^([a-z]+(?:_[a-z]+)*)_\d{3,}$`)

// addKinds adds the kinds that the prefixes of example identifiers tell, and the
// balance of those that hold money.
func (t *table) addKinds(texts []string) {
	var kinds []string
	for _, text := range texts {
		for _, q := range fake.Shown(text) {
			if m := kindOfKey.FindStringSubmatch(q); m != nil && !slices.Contains(kinds, m[1]) {
				kinds = append(kinds, m[1])
			}
		}
	}
	slices.Sort(kinds)
	if len(kinds) < 2 {
		return
	}
	key := t.find(t.Key)
	key.Examples = nil
	key.Schema = pyjson.Marshal(object("type", "string", "pattern", "^("+strings.Join(kinds, "|")+")_[0-9]{7}$"))
	c := scaler.Column{Name: "type", Type: "string"}
	for _, k := range kinds {
		c.Enum = append(c.Enum, pyjson.Marshal(k))
	}
	t.Columns = append(t.Columns, c)
	if slices.ContainsFunc(kinds, seed.HoldsMoney) {
		t.Columns = append(t.Columns, scaler.Column{Name: "balance", Type: "number", Semantic: "money", Nullable: true, Doc: "What is left on it; null where it holds no money of its own."})
	}
}

// pays says whether the rows of a table are what things are paid with.
func (t *table) pays() bool {
	w := strings.Split(t.Entity, "_")
	return t.owner != nil && (slices.Contains(w, "payment") || slices.Contains(w, "card") || t.find("balance") != nil)
}

// object builds a JSON object of names and values in turn.
func object(pairs ...any) *pyjson.Object {
	o := pyjson.NewObject(len(pairs) / 2)
	for i := 0; i < len(pairs); i += 2 {
		o.Set(pairs[i].(string), pairs[i+1])
	}
	return o
}
