package fake

import (
	"math"
	"math/big"
	"net"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// Allows says whether v is of the shape.
func (s *Shape) Allows(v any) bool {
	if v == nil {
		return s.Nullable || s.Type == "null"
	}
	if !isOf(v, s.Type) || len(s.Enum) > 0 && !contains(s.Enum, v) {
		return false
	}
	switch v := v.(type) {
	case string:
		return s.allowsText(v)
	case int64, float64, *big.Int:
		x, _ := pyjson.Number(v)
		return s.allowsNumber(x)
	case []any:
		return s.allowsList(v)
	case *pyjson.Object:
		return s.allowsObject(v)
	}
	return true
}

func isOf(v any, typ string) bool {
	kind := kindOf(v)
	if f, ok := v.(float64); ok && typ == "integer" {
		return f == math.Trunc(f)
	}
	return typ == "" || kind == typ || kind == "integer" && typ == "number"
}

func contains(list []any, v any) bool {
	want := string(pyjson.Canonical(v))
	for _, x := range list {
		if string(pyjson.Canonical(x)) == want {
			return true
		}
	}
	return false
}

func (s *Shape) allowsText(v string) bool {
	n := utf8.RuneCountInString(v)
	if n < s.MinLength || s.MaxLength >= 0 && n > s.MaxLength {
		return false
	}
	if s.Pattern != nil && !s.Pattern.MatchString(v) {
		return false
	}
	check, ok := formats[s.Format]
	return !ok || check(v)
}

func (s *Shape) allowsNumber(x float64) bool {
	if s.Min != nil && (x < *s.Min || s.MinOpen && x == *s.Min) {
		return false
	}
	if s.Max != nil && (x > *s.Max || s.MaxOpen && x == *s.Max) {
		return false
	}
	if s.Multiple > 0 {
		q := x / s.Multiple
		return math.Abs(q-math.Round(q)) < 1e-9
	}
	return true
}

func (s *Shape) allowsList(v []any) bool {
	if len(v) < s.MinLength || s.MaxLength >= 0 && len(v) > s.MaxLength {
		return false
	}
	for _, item := range v {
		if s.Items != nil && !s.Items.Allows(item) {
			return false
		}
	}
	return true
}

func (s *Shape) allowsObject(v *pyjson.Object) bool {
	if v.Len() < s.Least || s.Most > 0 && v.Len() > s.Most {
		return false
	}
	for _, f := range s.Fields {
		in, ok := v.Get(f.Shape.Name)
		if !ok && f.Required || ok && !f.Shape.Allows(in) {
			return false
		}
	}
	return true
}

// formats says what a string of a JSON Schema format looks like.
var formats = map[string]func(string) bool{
	"date":      func(v string) bool { return parses(time.DateOnly, v) },
	"date-time": func(v string) bool { return parses(time.RFC3339, v) },
	"time":      func(v string) bool { return parses("15:04:05Z07:00", v) },
	"email":     func(v string) bool { at := strings.IndexByte(v, '@'); return at > 0 && at < len(v)-3 },
	"uuid":      isUUID,
	"uri":       func(v string) bool { u, err := url.Parse(v); return err == nil && u.IsAbs() },
	"url":       func(v string) bool { u, err := url.Parse(v); return err == nil && u.IsAbs() },
	"ipv4":      func(v string) bool { return net.ParseIP(v).To4() != nil },
	"ipv6":      func(v string) bool { return net.ParseIP(v) != nil && strings.Contains(v, ":") },
	"hostname":  func(v string) bool { return !strings.ContainsAny(v, " /:@_") && v != "" },
	"duration":  func(v string) bool { return strings.HasPrefix(v, "P") && len(v) > 2 },
	"byte":      func(v string) bool { return len(v)%4 == 0 && !strings.ContainsAny(v, " -_") },
}

func parses(layout, v string) bool {
	_, err := time.Parse(layout, v)
	return err == nil
}

func isUUID(v string) bool {
	if len(v) != 36 {
		return false
	}
	for i := range len(v) {
		c := v[i]
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (c == '-') {
			return false
		} else if !dash && !strings.ContainsRune("0123456789abcdefABCDEF", rune(c)) {
			return false
		}
	}
	return true
}
