package task

import (
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// A horizon says which rows' keys a person knows, given the tools that an
// agent has. People carry order numbers and codes; nobody carries an internal
// id that a tool could look up instead. An id that no tool shows must come from
// the person: they have copied it from somewhere.
type horizon struct {
	view     *view
	scope    []*tool
	public   map[string]bool // tables whose keys people carry
	findable map[string]bool // tables whose keys a tool shows
}

func newHorizon(v *view, names []string, sample func(table string) string) *horizon {
	h := &horizon{view: v, public: map[string]bool{}, findable: map[string]bool{}}
	for _, name := range names {
		if t := v.named[name]; t != nil {
			h.scope = append(h.scope, t)
		}
	}
	for _, t := range v.world.Schema.Tables {
		h.public[t.Name] = carried(t, sample(t.Name))
	}
	h.close()
	return h
}

// knows says whether the person can tell the key of a row of that table.
func (h *horizon) knows(table string) bool { return h.public[table] || !h.findable[table] }

// close finds the findable tables: those with a look-up all of whose required
// parameters are things people say, or keys of tables that are findable too.
func (h *horizon) close() {
	for again := true; again; {
		again = false
		for _, t := range h.scope {
			if h.findable[t.Table] || !t.shows() {
				continue
			}
			if h.callable(t) {
				h.findable[t.Table] = true
				again = true
			}
		}
	}
}

func (h *horizon) callable(t *tool) bool {
	for _, p := range t.params {
		if !p.required || p.fixed != nil || control(p.bind.Role) {
			continue
		}
		if to, ok := h.view.points(p.bind); ok {
			if to.Name == t.Table && !h.public[to.Name] || to.Name != t.Table && !h.public[to.Name] && !h.findable[to.Name] {
				return false
			}
			continue
		}
		if p.bind.Column == "" || p.bind.Table != t.Table {
			return false
		}
	}
	return true
}

// shows says whether t returns rows of its table, keys included.
func (t *tool) shows() bool {
	return t.Effect == scaler.Read && t.Table != "" && (t.Kind == scaler.Get || t.Kind == scaler.List || t.Kind == "")
}

// control says whether a role pages or orders, and means nothing to a person.
func control(role string) bool { return role == "limit" || role == "offset" || role == "sort" }

// carried says whether people have the keys of a table at hand: a number printed
// on paper, a name they chose, a code everybody knows.
func carried(t scaler.Table, key string) bool {
	c, _ := t.Column(t.Key)
	if c.Format == "uuid" || opaque(key) {
		return false
	}
	if w := words.Split(t.Key); len(w) > 0 && codes[w[len(w)-1]] {
		return true
	}
	if c.Type == "string" && key != "" && !strings.ContainsAny(key, "0123456789") && len(key) <= 24 {
		return true
	}
	entity := words.Split(t.Entity)
	return len(entity) > 0 && len(key) <= 16 && printed[entity[len(entity)-1]]
}

// codes are names of key columns whose values people use by themselves.
var codes = set(`code isbn sku username login email slug name handle number reference pnr iata icao iban currency country locale
	language symbol ticker plate vin imei msisdn phone domain hostname tag`)

// printed are things whose number stands on paper or in an e-mail.
var printed = set(`order invoice booking reservation ticket case claim policy account card flight shipment parcel issue quote
	receipt prescription contract voucher coupon return refund payslip membership subscription complaint request loan po rma`)

// opaque says whether an id is one that nobody remembers or types.
func opaque(id string) bool {
	letters, digits, hex := 0, 0, true
	for _, r := range id {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			letters++
			hex = hex && strings.ContainsRune("abcdefABCDEF", r)
		}
	}
	if letters > 0 && digits > 0 && hex && letters+digits >= 8 {
		return true
	}
	return digits >= 4 && letters+digits > 16 || letters+digits > 40 && !strings.ContainsAny(id, " -_")
}

// human ranks the columns by which a person tells one row from another; lower
// is better, and a column that is not in the list at all comes last.
func human(t scaler.Table, name string) (rank int, ok bool) {
	c, found := t.Column(name)
	if !found || c.Ref != "" || c.Name == t.Key || c.Type == "object" || c.Type == "array" {
		return 0, false
	}
	switch c.Format {
	case "uuid", "uri", "url", "byte", "binary", "password":
		return 0, false
	}
	w := words.Split(name)
	last := w[len(w)-1]
	if last == "id" || last == "hash" || last == "url" || last == "uuid" || last == "json" || last == "etag" || secrets[last] {
		return 0, false
	}
	for i, group := range identifying {
		if slices.Contains(group, last) {
			return i, true
		}
	}
	switch {
	case c.Format == "date-time" || c.Type == "number" || c.Type == "integer":
		return 9, true
	case c.Format == "date":
		return 6, true
	case c.Type == "boolean":
		return 10, true
	case len(c.Enum) > 0:
		return 7, true
	}
	return 5, true
}

// secrets are last words of what people do not say aloud.
var secrets = set("secret token passcode password passwd pin cvc cvv signature nonce salt")

// identifying lists last words of column names, the most telling first.
var identifying = [][]string{
	{"email", "username", "login", "isbn", "sku", "number", "reference", "plate", "handle"},
	{"name", "title", "subject", "label", "headline"},
	{"phone", "code", "slug", "model", "symbol"},
	{"date", "day", "city", "destination", "brand", "product", "author", "category"},
}

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
