package planner

import (
	"slices"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// fits says how well a value suits a parameter's type, 0 to 1.
func fits(v value, p *param) float64 {
	switch p.format {
	case "email":
		return one(v.kind == email)
	case "uri", "url":
		return one(v.kind == link)
	case "date":
		return one(v.kind == day || v.kind == moment)
	case "date-time":
		return max(one(v.kind == moment), 0.7*one(v.kind == day))
	}
	switch p.kind {
	case "integer", "number":
		return one(v.kind == number && (p.kind == "number" || !strings.Contains(v.text, ".")))
	}
	if p.key {
		return fitsKey(v, p)
	}
	labelled := func(stems ...string) bool {
		return slices.ContainsFunc(stems, func(w string) bool { return slices.Contains(p.last, lex.Stem(w)) })
	}
	switch v.kind {
	case quoted:
		return 1
	case email:
		return one(labelled("email", "mail", "contact", "login", "to", "recipient"))
	case day, moment:
		return one(labelled("date", "day", "on", "at", "due", "from", "until", "since", "time", "birth", "start", "end"))
	case hour:
		return one(labelled("time", "at", "hour", "slot", "start", "end"))
	case phone:
		return one(labelled("phone", "mobile", "telephone", "number", "fax", "contact"))
	case name:
		return 0.95
	case code:
		return 0.5
	case number:
		return 0.3
	}
	return 0
}

func fitsKey(v value, p *param) float64 {
	if v.kind != code && v.kind != number && v.kind != quoted && v.kind != name {
		return 0
	}
	if v.kind == number && strings.Contains(v.text, ".") {
		return 0
	}
	if len(p.examples) > 0 {
		if slices.ContainsFunc(p.examples, func(e string) bool { return shape(e) == shape(v.text) }) {
			return 1
		}
		return 0.4
	}
	switch v.kind {
	case name:
		return 0.4
	case quoted:
		return 0.6
	}
	return 0.9
}

// shape is what identifiers of one kind share: "BK-90114" is "BK-9".
func shape(s string) string {
	var b strings.Builder
	digit := false
	for _, r := range s {
		if r >= '0' && r <= '9' {
			if !digit {
				b.WriteByte('9')
			}
			digit = true
			continue
		}
		digit = false
		b.WriteRune(r)
	}
	return b.String()
}

func one(ok bool) float64 {
	if ok {
		return 1
	}
	return 0
}

// convert turns a text into a parameter's JSON value.
func convert(text string, p *param) (any, bool) {
	switch p.kind {
	case "integer":
		n, err := strconv.ParseInt(text, 10, 64)
		return n, err == nil
	case "number":
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n, true
		}
		f, err := strconv.ParseFloat(text, 64)
		return f, err == nil
	}
	if p.format == "date" && len(text) > 10 && text[10] == 'T' {
		text = text[:10]
	}
	if p.format == "date-time" && len(text) == 10 {
		text += "T00:00:00Z"
	}
	return text, text != ""
}
