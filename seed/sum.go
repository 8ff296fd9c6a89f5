package seed

import (
	"math"
	"strings"

	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// settle makes the amounts of a row agree: a line is price times quantity, the
// subtotal is the sum of the lines, the total adds and subtracts the rest.
func (r *row) settle() {
	sum, counted, found := r.sumOfLines()
	if !found {
		sum, found = r.priceTimesQuantity()
	}
	if !found {
		return
	}
	total := sum
	sub := r.amountColumn("subtotal", "sub_total", "items_total")
	for col, s := range r.t.shapes {
		x, ok := pyjson.Number(r.values[col])
		if !ok || s.Type == "array" {
			continue
		}
		switch name := r.t.names[col]; {
		case addedToTotal[name]:
			x = math.Round(float64(math.Min(x, float64(sum*0.2))*100)) / 100
			r.put(col, x)
			total += x
		case name == "discount" || name == "discount_amount":
			x = math.Round(float64(math.Min(x, float64(sum*0.3))*100)) / 100
			r.put(col, x)
			total -= x
		case counted > 0 && (name == "item_count" || name == "items_count" || name == "total_items"):
			r.put(col, float64(counted))
		}
	}
	if sub >= 0 {
		r.put(sub, sum)
	}
	for col := range r.t.shapes {
		switch {
		case !Owed(r.t.names[col]):
		case r.t.states != nil && nothingOwed[r.t.states[r.i]]:
			r.put(col, 0)
		default:
			r.put(col, math.Round(float64(total*100))/100)
		}
	}
	if col := r.amountColumn("total", "total_amount", "grand_total", "total_price", "amount_total", "order_total", "total_cost", "amount_due", "amount"); col >= 0 {
		r.put(col, math.Round(float64(total*100))/100)
	}
}

// nothingOwed are states of rows that are paid, or need not be.
var nothingOwed = words.Set("paid settled refunded cancelled canceled voided written_off waived")

var addedToTotal = words.Set("tax tax_amount total_tax shipping shipping_cost shipping_fee delivery_fee fee service_fee tip")

// amountColumn returns the first of these columns that holds a number.
func (r *row) amountColumn(names ...string) int {
	for _, name := range names {
		for col, s := range r.t.shapes {
			if r.t.names[col] == name && (s.Type == "number" || s.Type == "integer") && len(s.Enum) == 0 {
				return col
			}
		}
	}
	return -1
}

// put stores an amount where the column allows it.
func (r *row) put(col int, x float64) {
	s := r.t.shapes[col]
	var v any = x
	if s.Type == "integer" || s.Semantic == "count" {
		v = int64(math.Round(x))
	}
	if s.Allows(v) {
		r.values[col] = v
	}
}

// sumOfLines adds up the first array of objects that have a price.
func (r *row) sumOfLines() (sum float64, counted int, found bool) {
	if r.t.lines < 0 {
		return 0, 0, false
	}
	list, ok := r.values[r.t.lines].([]any)
	for _, item := range list {
		if o, ok := item.(*pyjson.Object); ok {
			line, n := lineOf(o, r.t.shapes[r.t.lines].Items)
			sum += line
			counted += n
		}
	}
	return math.Round(float64(sum*100)) / 100, counted, ok
}

func hasPrice(s *fake.Shape) bool {
	for _, f := range s.Fields {
		if priceNames[words.Snake(f.Shape.Name)] {
			return true
		}
	}
	return false
}

var (
	priceNames = words.Set("price unit_price amount cost item_price rate unit_cost price_per_unit")
	lineNames  = words.Set("total line_total subtotal total_price amount")
)

// lineOf returns what one line comes to and how many pieces it holds, and sets
// the line's own total.
func lineOf(o *pyjson.Object, s *fake.Shape) (float64, int) {
	price, quantity, priced := 0.0, 1.0, false
	for k, v := range o.All() {
		x, ok := pyjson.Number(v)
		switch name := words.Snake(k); {
		case !ok:
		case priceNames[name] && (price == 0 || strings.Contains(name, "price")):
			price, priced = x, priced || name != "amount"
		case name == "quantity" || name == "qty":
			quantity = x
		}
	}
	line := math.Round(float64(price*quantity*100)) / 100
	for _, f := range s.Fields {
		if _, there := o.Get(f.Shape.Name); there && lineNames[words.Snake(f.Shape.Name)] && f.Shape.Allows(line) {
			if priced || words.Snake(f.Shape.Name) != "amount" {
				o.Set(f.Shape.Name, line)
			}
		}
	}
	return line, int(quantity)
}

// priceTimesQuantity is the sum of a row that is itself a line.
func (r *row) priceTimesQuantity() (float64, bool) {
	price, quantity := r.amountColumn("unit_price", "price", "price_per_night", "rate"), r.amountColumn("quantity", "qty", "nights", "seats")
	if price < 0 || quantity < 0 {
		return 0, false
	}
	p, ok1 := pyjson.Number(r.values[price])
	q, ok2 := pyjson.Number(r.values[quantity])
	return math.Round(float64(p*q*100)) / 100, ok1 && ok2
}
