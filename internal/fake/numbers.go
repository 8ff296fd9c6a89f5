package fake

import (
	"math"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// spans say what some numbers usually are, by the end of the name or the thing
// they belong to.
var spans = map[string][2]float64{
	"area sqm": {28, 260}, "square meters": {28, 260}, "square feet": {350, 3200}, "sqft": {350, 3200}, "calories": {40, 780}, "protein": {1, 42}, "fat": {1, 40}, "carbs": {2, 90}, "humidity": {28, 96},
	"wind speed": {1, 34}, "pressure": {985, 1035}, "aqi": {12, 160}, "like count": {3, 4200}, "likes": {3, 4200}, "view count": {120, 90000}, "views": {120, 90000}, "comment count": {0, 180}, "follower count": {40, 60000},
	"following": {20, 900}, "stars": {1, 2400}, "forks": {0, 320}, "watchers": {0, 600}, "open issues": {0, 90}, "member count": {3, 240}, "message count": {2, 160}, "response count": {3, 480}, "post count": {5, 3000},
	"item count": {1, 140}, "row count": {20, 48000}, "column count": {3, 32}, "track count": {6, 18}, "result count": {1, 400}, "followers": {40, 60000}, "prep minutes": {5, 60}, "cook time": {10, 120}, "duration minutes": {15, 180},
	"song duration": {140, 330}, "track duration": {140, 330}, "video duration": {40, 2400}, "duration hours": {2, 60}, "distance km": {2, 900}, "volume": {12000, 9e6}, "height": {400, 1600}, "width": {400, 1920},
	"block height": {18200000, 19600000}, "season": {2021, 2025}, "played": {8, 38}, "home score": {0, 4}, "away score": {0, 4}, "standing points": {12, 84}, "team points": {12, 84}, "bedrooms": {1, 5}, "bathrooms": {1, 3},
	"credit score": {520, 840}, "attempts": {1, 4}, "retries": {0, 5}, "retry count": {0, 5}, "try number": {1, 4}, "max retries": {1, 5}, "batch size": {10, 500}, "concurrency": {1, 16}, "threads": {1, 16}, "iops": {300, 6000},
	"throughput": {50, 900}, "latency": {4, 320}, "latency ms": {4, 320}, "response time": {40, 900}, "elapsed": {4, 900}, "took": {1, 240}, "elapsed time": {4, 900}, "line": {1, 420}, "line number": {1, 420}, "column": {1, 90},
	"tokens": {60, 9000}, "input tokens": {200, 40000}, "output tokens": {80, 9000}, "total tokens": {300, 50000}, "cached tokens": {0, 20000}, "retention days": {7, 365}, "ttl": {300, 3600}, "timeout seconds": {10, 300},
	"max tokens": {256, 4096}, "temperature c": {-4, 31}, "heart rate": {54, 148}, "steps": {900, 16000}, "altitude": {2, 2400}, "elevation": {2, 2400}, "speed": {4, 128}, "battery": {12, 100}, "battery level": {12, 100},
	"public repos": {0, 90}, "public gists": {0, 20}, "milliseconds": {0, 999}, "interval": {30, 3600}, "confidence": {60, 99}, "similarity": {60, 99}, "remaining": {0, 500}, "bitrate": {96, 320}, "media type": {1, 3}, "cpc": {0, 4},
	"duration seconds": {30, 3600}, "goal value": {5000, 250000}, "amount value": {25, 5000}, "start seconds": {4, 900}, "end seconds": {905, 1800}, "downloads": {900, 4e6}, "context length": {8192, 200000},
	"signal strength": {-90, -38}, "rssi": {-90, -38}, "odds": {1, 9}, "home odds": {1, 6}, "draw odds": {2, 5}, "seats": {1, 8}, "capacity": {10, 400}, "years": {1, 12}, "annual rate": {1, 9}, "interest rate": {0, 9}, "tax rate": {5, 25}, "vat rate": {5, 25}, "growth rate": {1, 14}, "inflation rate": {1, 7}, "pull number": {1, 2400}, "issue number": {1, 2400}, "run number": {1, 900}, "change percent": {-4, 5},
	"return rate": {2, 11}, "exchange rate": {0, 2}, "rate": {1, 12}, "weeks": {1, 26}, "hours worked": {2, 42},
}

// spanned returns a number of a kind that has its usual span.
func (m *Maker) spanned(s *Shape) (any, bool) {
	span, ok := rangeOf(s, spans)
	if !ok {
		return nil, false
	}
	x := m.Rand.Float64()
	v := span[0] + float64((span[1]-span[0])*float64(x*math.Sqrt(x)))
	if s.Type == "integer" || span[1] > 20 && span[1] != 42 {
		return int64(math.Round(v)), true
	}
	return math.Round(float64(v*100)) / 100, true
}

// count makes a small whole number with a long tail.
func (m *Maker) count(s *Shape) any {
	n := math.Floor(1 + m.Rand.ExpFloat64()*6)
	if m.chance(0.04) {
		n *= 10
	}
	return int64(n)
}

// stock makes a quantity on hand: often tens, sometimes none.
func (m *Maker) stock(s *Shape) any {
	if m.chance(0.06) {
		return int64(0)
	}
	return int64(1 + m.Rand.ExpFloat64()*45)
}

// amount makes a number of no known unit.
func (m *Maker) amount(s *Shape) any {
	return math.Round(float64(m.Rand.ExpFloat64()*5000)) / 100
}

// scales says how an amount of money with such a word compares to a price.
var scales = map[string]float64{
	"tax": 0.12, "fee": 0.1, "tip": 0.1, "discount": 0.1, "shipping": 0.15, "deposit": 12, "salary": 1400, "income": 1300, "revenue": 4000, "budget": 300, "balance": 25,
	"limit": 60, "credit": 12, "total": 2.5, "payment": 1.5, "loan": 300, "rent": 25, "premium": 3, "fare": 4, "fine": 0.3, "principal": 300, "wage": 0.5,
}

// ranges say what some amounts of money usually come to, by the end of the
// name or the thing they belong to.
var ranges = map[string][2]float64{
	"rent": {850, 3200}, "monthly rent": {850, 3200}, "lease payment": {850, 3200}, "price per night": {65, 340}, "nightly rate": {65, 340}, "room price": {65, 340}, "daily rate": {32, 140}, "hourly rate": {18, 160},
	"daily limit": {300, 5000}, "credit limit": {500, 15000}, "overdraft limit": {100, 2000}, "gross": {2600, 8200}, "gross pay": {2600, 8200}, "payslip net": {1900, 5600}, "premium": {18, 240},
	"policy premium": {18, 240}, "deductible": {100, 1500}, "amount claimed": {120, 9500}, "claim amount": {120, 9500}, "repair cost": {80, 2600}, "damage cost": {80, 2600}, "tuition": {900, 14000},
	"course fee": {120, 1900}, "fare": {28, 780}, "flight price": {79, 980}, "property price": {145000, 980000}, "house price": {145000, 980000}, "car price": {7800, 58000}, "vehicle price": {7800, 58000},
	"lease rent": {850, 3200}, "deposit": {150, 2600}, "lease deposit": {850, 3200}, "donation": {10, 500}, "gift amount": {10, 500}, "market cap": {2e8, 9e11}, "stock price": {8, 620}, "quote price": {8, 620},
	"expense amount": {8, 640}, "invoice amount": {40, 2400}, "transfer amount": {20, 1800}, "loan amount": {2000, 45000}, "initial investment": {1000, 60000}, "investment amount": {1000, 60000}, "investment": {1000, 60000}, "annual revenue": {2e5, 4e8}, "net income": {2e7, 9e9}, "revenue": {9e7, 9e10},
}

// rangeOf returns the range of a number that has one in the table.
func rangeOf(s *Shape, ranges map[string][2]float64) ([2]float64, bool) {
	n := len(s.Words)
	thing := words.Split(s.Entity)
	var tries []string
	if n > 1 {
		tries = append(tries, strings.Join(s.Words[n-2:], " "))
	}
	if n > 0 && len(thing) > 0 {
		tries = append(tries, thing[len(thing)-1]+" "+s.Words[n-1])
	}
	if n > 0 {
		tries = append(tries, s.Words[n-1])
	}
	for _, text := range tries {
		if r, ok := ranges[text]; ok {
			return r, true
		}
	}
	return [2]float64{}, false
}

// between draws from a range, the lower part more often, and rounds large
// amounts as people do.
func (m *Maker) between(lo, hi float64) float64 {
	x := m.Rand.Float64()
	v := lo + float64((hi-lo)*float64(x*x))
	switch {
	case v >= 1e6:
		return math.Round(v/1e4) * 1e4
	case v >= 1e5:
		return math.Round(v/1000) * 1000
	case v >= 900 || m.chance(0.4):
		return math.Round(v/5) * 5
	}
	return cents(v, m)
}

// money makes an amount of money: a product's price where there is one.
func (m *Maker) money(s *Shape) any {
	if r, ok := rangeOf(s, ranges); ok && s.Type != "integer" {
		return m.between(r[0], r[1])
	}
	scale := 1.0
	for _, w := range owners(s) {
		if x := scales[w]; x > 1 {
			scale = x
		}
	}
	for _, w := range s.Words {
		if x, ok := scales[w]; ok {
			scale = x
		}
	}
	x := float64(m.product(s).price * scale)
	if scale != 1 {
		x = float64(x * (0.5 + m.Rand.Float64()))
	}
	if scale >= 100 {
		x = math.Round(x/100) * 100
	}
	x = math.Round(float64(x*100)) / 100
	if s.Type == "integer" && (hasWord(s, "cents") || hasWord(s, "amount")) {
		return int64(math.Round(float64(x * 100))) // in the smallest unit
	}
	return x
}

// flag makes a boolean: most things are as they should be.
func (m *Maker) flag(s *Shape) any {
	p := 0.7
	for _, w := range s.Words {
		if rare[w] {
			return m.chance(0.1)
		}
		if usual[w] {
			p = 0.88
		}
	}
	return m.chance(p)
}

var (
	rare = flags(`deleted archived blocked banned disabled suspended expired cancelled canceled locked hidden private overdue failed spam
		test draft recurring refunded returned fragile urgent starred pinned featured default deprecated gift admin super muted optional no not`)
	usual = flags(`active enabled available verified valid visible public confirmed in stock success ok paid online open working`)
)

var numberSemantics = []Semantic{
	{"money", "number integer string", []string{"price", "cost", "amount", "total", "subtotal", "fee", "tax", "balance", "salary", "fare", "deposit", "budget", "revenue",
		"total amount", "unit price", "total price", "grand total", "discount amount", "payment", "wage", "income", "rent", "premium", "fine", "tip", "msrp", "list price",
		"credit limit", "monthly fee", "price per night", "nightly rate", "hourly rate", "shipping cost", "refund amount", "principal", "money", "amount due", "balance due", "total due", "amount owed", "balance owed", "amount paid", "total paid", "loan amount", "gross", "net", "gross pay", "net pay", "deductible", "amount claimed", "daily limit", "overdraft limit", "daily rate", "monthly rent", "market cap", "net income", "tuition", "donation"}, (*Maker).money},
	{"quantity", "integer number", []string{"quantity", "qty", "units", "seats", "guests", "passengers", "adults", "copies", "nights", "bedrooms", "beds", "bathrooms", "floors", "days"},
		func(m *Maker, s *Shape) any { return int64(1 + m.Rand.ExpFloat64()*1.3) }},
	{"count", "integer number", []string{"count", "number of", "total count", "views", "likes", "downloads", "attempts", "votes", "comments", "size", "results", "successful", "used", "sent", "received", "reviews", "ratings", "star ratings", "collaborators", "consumed", "records", "rows", "hits", "entries", "items",
		"matches", "processed", "imported", "members", "total", "usage", "frequency", "popularity", "shard", "shards", "volume", "search volume", "opens", "clicks", "impressions"}, (*Maker).count},
	{"nth", "integer number string", []string{"first number", "second number", "third number", "fourth number", "fifth number", "sixth number", "seventh number"}, upTo(1, 60)},
	{"none.yet", "integer number", []string{"failed", "errors", "failures", "skipped count", "error count", "failed count", "dropped"}, whole(0, 0, 0, 1)},
	{"measure", "number integer", []string{"value", "max", "min", "avg", "average", "maximum", "minimum", "mean", "median", "double value", "current value", "raw", "sum", "quantile", "numeric value", "number value", "int value", "integer value"}, (*Maker).amount},
	{"stock", "integer number", []string{"stock", "inventory", "in stock", "stock quantity", "available quantity", "quantity available", "on hand", "stock level", "available seats", "copies available", "capacity"},
		(*Maker).stock},
	{"percent", "number integer", []string{"percent", "percentage", "pct", "discount", "tax rate", "interest rate", "rate percent", "progress", "completion", "apr", "utilization"},
		func(m *Maker, s *Shape) any {
			if s.Max != nil && *s.Max <= 1 {
				return float64(m.Rand.IntN(101)) / 100
			}
			return int64(5 * m.Rand.IntN(21))
		}},
	{"rating", "number integer", []string{"rating", "stars", "score", "average rating", "review score"}, func(m *Maker, s *Shape) any {
		x := 5 - math.Round(float64(m.Rand.ExpFloat64()*8))/10
		return max(x, 1)
	}},
	{"duration", "integer number", []string{"duration", "minutes", "duration minutes", "length minutes", "hours", "seconds", "ttl", "timeout"},
		func(m *Maker, s *Shape) any {
			most := 12
			if s.Max != nil && *s.Max < 180 {
				most = max(1, int(*s.Max/15))
			}
			return int64(15 * (1 + m.Rand.IntN(most)))
		}},
	{"points", "integer number", []string{"points", "miles", "loyalty points", "steps", "mileage", "odometer", "followers"},
		func(m *Maker, s *Shape) any { return int64(100 + m.Rand.ExpFloat64()*8000) }},
	{"weight", "number integer", []string{"weight", "weight kg", "mass"}, func(m *Maker, s *Shape) any {
		return math.Round(float64(m.Rand.ExpFloat64()*40)+1) / 10
	}},
	{"length", "number integer", []string{"width", "height", "length", "depth", "distance", "distance km"},
		func(m *Maker, s *Shape) any { return int64(5 + m.Rand.ExpFloat64()*60) }},
	{"temperature", "number integer", []string{"temperature", "temp"}, func(m *Maker, s *Shape) any { return math.Round(float64(m.Rand.NormFloat64()*80)+180) / 10 }},
	{"boolean", "boolean", nil, (*Maker).flag},
}
