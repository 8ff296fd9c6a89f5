package seed

import (
	"math"
	"slices"
	"time"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// fitSpans makes the length of something agree with its two dates, and what is
// left of pay with what was taken from it.
func (r *row) fitSpans() {
	if col := r.amountColumn("days", "nights", "duration_days", "total_days", "number_of_nights", "number_of_days"); col >= 0 {
		from, to := r.day("start_date", "check_in_date", "check_in", "from_date", "pickup_date", "start", "from"), r.day("end_date", "check_out_date", "check_out", "to_date", "return_date", "end", "to")
		if n := math.Round(to.Sub(from).Hours() / 24); !from.IsZero() && !to.IsZero() && n > 0 {
			r.put(col, n)
		}
	}
	gross, tax, net := r.amountColumn("gross", "gross_pay", "gross_amount"), r.amountColumn("tax", "taxes", "tax_amount", "deductions"), r.amountColumn("net", "net_pay", "net_amount")
	if gross < 0 || net < 0 {
		return
	}
	sum, ok := pyjson.Number(r.values[gross])
	if !ok || sum <= 0 {
		return
	}
	part := math.Round(float64(sum*(0.14+0.16*r.rng.Float64()))*100) / 100
	if tax >= 0 {
		r.put(tax, part)
		if x, ok := pyjson.Number(r.values[tax]); ok {
			part = x
		}
	}
	r.put(net, math.Round(float64((sum-part)*100))/100)
}

// day returns the date in the first of these columns that holds one.
func (r *row) day(names ...string) time.Time {
	for _, name := range names {
		col := slices.Index(r.t.names, name)
		if col < 0 {
			continue
		}
		if text, ok := r.values[col].(string); ok && len(text) >= 10 {
			if at, err := time.Parse(time.DateOnly, text[:10]); err == nil {
				return at
			}
		}
	}
	return time.Time{}
}
