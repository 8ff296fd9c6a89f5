package fake

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A description often says what its schema leaves open: that a number is 0 or 1,
// that a rating runs from 1 to 5.

const (
	digitsSaid = `(-?\d{1,9}(?:\.\d+)?)`
	noMore     = `(?:[^\d.\-/:]|\.(?:\D|$)|$)` // the number ends here: it is no date, no version
)

var (
	saidRanges = []*regexp.Regexp{
		regexp.MustCompile(`\bbetween ` + digitsSaid + ` and ` + digitsSaid + noMore),
		regexp.MustCompile(`\b(?:scale|range|ranges|ranging|values?|numbers?|rating|score)?:? ?\bfrom ` + digitsSaid + ` (?:up )?to ` + digitsSaid + noMore),
		regexp.MustCompile(`\b(?:scale|range|values?|rating|score|limits?)(?: of| is| are|:)? ?[(\[]? ?` + digitsSaid + ` ?(?:-|–|to|\.\.\.?|,) ?` + digitsSaid + noMore),
		regexp.MustCompile(`[(\[]` + digitsSaid + ` ?(?:-|–|to|\.\.\.?) ?` + digitsSaid + ` ?(?:scale|stars?|inclusive|[,;)\]])`),
		regexp.MustCompile(digitsSaid + ` ?(?:-|–|to) ?` + digitsSaid + ` (?:scale|stars)\b`),
	}
	saidMeaning = regexp.MustCompile(`(?:^|[^\d.\w-])['"\x60]?(\d{1,2})['"\x60]?\s*(?:表示|代表|为|[:=：＝–-]|\bfor\b|\bmeans\b|\bis\b|\bif\b)\s*['"]?(\pL)`)
	saidEither  = regexp.MustCompile(`(?:^|[:(,=] ?|\b(?:be|is|either|of|values?|are) )(\d{1,3}(?:, ?\d{1,3})*),? or (\d{1,3})(?:[^\d\w.%-]*(?:$|[(,;.]))`)
	saidOneOf   = regexp.MustCompile(`\b(?:one of|values?|options)(?: the following| are)?:? ?[(\[]?(\d{1,4}(?:(?:, ?| and |, and |\|)\d{1,4})+)`)
	inPercent   = regexp.MustCompile(`\bpercentage|\bin percent\b|\(%\)`)
	aNumber     = regexp.MustCompile(`\d+`)
)

// SaidRange returns the range of a number that its description gives.
func SaidRange(doc string) (low, high float64, ok bool) {
	doc = strings.ToLower(doc)
	for _, form := range saidRanges {
		at := form.FindStringSubmatch(doc)
		if at == nil {
			continue
		}
		low, _ = strconv.ParseFloat(at[1], 64)
		high, _ = strconv.ParseFloat(at[2], 64)
		if low < high {
			return low, high, true
		}
	}
	return 0, 0, false
}

// SaidNumbers returns the whole numbers that a description lists: "0 for female,
// 1 for male", "1 or 2"; none where it lists none.
func SaidNumbers(doc string) []int64 {
	doc = strings.ToLower(doc)
	var said []string
	for _, at := range saidMeaning.FindAllStringSubmatch(doc, 20) {
		said = append(said, at[1])
	}
	if len(said) < 2 {
		said = nil
		if at := saidOneOf.FindStringSubmatch(doc); at != nil {
			said = aNumber.FindAllString(at[1], 20)
		} else if at := saidEither.FindStringSubmatch(doc); at != nil {
			said = append(aNumber.FindAllString(at[1], 20), at[2])
		}
	}
	var out []int64
	for _, text := range said {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// heed takes from the description of a number what its schema does not say.
func (s *Shape) heed() {
	if s.Type != "integer" && s.Type != "number" || s.Doc == "" || len(s.Enum) > 0 || s.Min != nil || s.Max != nil || s.Semantic == "id" {
		return
	}
	if list := SaidNumbers(s.Doc); list != nil {
		for _, n := range list {
			s.Enum = append(s.Enum, n)
		}
		return
	}
	low, high, ok := SaidRange(s.Doc)
	if !ok && s.Semantic != "percent" && inPercent.MatchString(strings.ToLower(s.Doc)) {
		low, high, ok = 0, 100, true
	}
	if ok {
		s.Min, s.Max = &low, &high
	}
}

// parted are words of numbers that have fractions.
var parted = flags(`price rate ratio score weight length width height depth distance temperature temp coordinate coordinates latitude longitude lat lng lon percent
	percentage amount average avg mean median variance deviation std stddev skewness kurtosis cost fee tax total subtotal balance savings saving change value float double decimal
	factor share probability confidence similarity threshold speed pressure volume supply cap revenue income profit margin yield return volatility beta elevation altitude
	area radius angle x y z scale opacity alpha gain loss usage utilization cpu memory energy power voltage current frequency rating close open high low spread fraction
	multiplier coefficient credit limit debit salary wage money budget discount duration seconds latency magnitude humidity precipitation wind index intensity density concentration
	strength quantity offset sum raw`)

// partedDoc are words by which a description says the same.
var partedDoc = regexp.MustCompile(`(?i)\b(price|rate|ratio|score|weight|temperature|coordinate|percent(age)?|amount|average|mean|fraction(al)?|decimal|floating|cost|savings|in (kg|km|meters|degrees|usd|kilograms))\b`)

// Fractional says whether a number may have a fraction: its format, its name or
// its description tells.
func (s *Shape) Fractional() bool {
	if s.Type != "number" {
		return false
	}
	if s.Format == "float" && len(s.Words) == 0 || s.Multiple > 0 && s.Multiple < 1 || partedDoc.MatchString(s.Doc) {
		return true
	}
	return slices.ContainsFunc(s.Words, func(w string) bool { return parted[w] })
}

// sized are the natural sizes of whole numbers whose name ends so.
var sized = map[string][2]int{
	"year": {2019, 2026}, "month": {1, 12}, "day": {1, 28}, "hour": {0, 23}, "minute": {0, 59}, "age": {19, 78}, "gender": {0, 1}, "sex": {0, 1}, "flag": {0, 1}, "sect": {1, 2},
	"kind": {0, 3}, "type": {0, 3}, "mode": {0, 3}, "level": {1, 5}, "tier": {1, 4}, "priority": {1, 5}, "order": {0, 12}, "position": {0, 24}, "rank": {1, 60}, "index": {0, 24},
	"version": {1, 6}, "revision": {1, 6}, "page": {1, 3}, "limit": {10, 100}, "state": {0, 2}, "status": {0, 2}, "code": {100, 999}, "days": {1, 90}, "generation": {1, 6}, "century": {19, 21}, "ball": {1, 60}, "row": {1, 120}, "players": {2, 24}, "sort": {0, 12},
}

// wholeNumber makes a number of which only its name is known.
func (m *Maker) wholeNumber(s *Shape) any {
	if n := len(s.Words); n > 0 {
		if size, ok := sized[s.Words[n-1]]; ok {
			return int64(size[0] + m.Rand.IntN(size[1]-size[0]+1))
		}
	}
	return m.count(s)
}

// wholeSpan says whether the numbers between a shape's bounds are whole ones: the
// bounds are, they lie apart, and nothing tells of fractions.
func (s *Shape) wholeSpan() bool {
	if s.Min == nil || s.Max == nil || s.Fractional() {
		return false
	}
	return *s.Min == math.Trunc(*s.Min) && *s.Max == math.Trunc(*s.Max) && *s.Max-*s.Min > 1
}
