package pyjson_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/agentscaler/scaler/internal/pyjson"
)

func parse(t testing.TB, text string) any {
	t.Helper()
	v, err := pyjson.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// What json.dumps, json.dumps(ensure_ascii=False) and repr write in Python 3.13.
func TestText(t *testing.T) {
	for _, c := range []struct{ in, plain, ascii, repr string }{
		{`{"b":1,"a":[true,null,1.50]}`, `{"b": 1, "a": [true, null, 1.5]}`, `{"b": 1, "a": [true, null, 1.5]}`, `{'b': 1, 'a': [True, None, 1.5]}`},
		{`{"a":1,"b":2,"a":3}`, `{"a": 3, "b": 2}`, `{"a": 3, "b": 2}`, `{'a': 3, 'b': 2}`},
		{`"é\u007f\u0001\/"`, "\"é\x7f\\u0001/\"", `"\u00e9\u007f\u0001/"`, `'é\x7f\x01/'`},
		{`"\ud83d\ude00 \ud83d"`, "\"😀 \uFFFD\"", `"\ud83d\ude00 \ufffd"`, "'😀 \uFFFD'"},
		{`"a'b"`, `"a'b"`, `"a'b"`, `"a'b"`},
		{`"a'b\"c"`, `"a'b\"c"`, `"a'b\"c"`, `'a\'b"c'`},
		{`"\u00a0\u200b\u2028"`, "\"\u00a0\u200b\u2028\"", `"\u00a0\u200b\u2028"`, `'\xa0\u200b\u2028'`},
		{`[1e5, 1E400000000000000000000]`, ``, ``, ``},
		{`[0.0001, 0.00001, 123456789012345680.0, 1e15, -0.0]`, `[0.0001, 1e-05, 1.2345678901234568e+17, 1000000000000000.0, -0.0]`, `[0.0001, 1e-05, 1.2345678901234568e+17, 1000000000000000.0, -0.0]`, `[0.0001, 1e-05, 1.2345678901234568e+17, 1000000000000000.0, -0.0]`},
		{`[9223372036854775807, 9223372036854775808, -0]`, `[9223372036854775807, 9223372036854775808, 0]`, `[9223372036854775807, 9223372036854775808, 0]`, `[9223372036854775807, 9223372036854775808, 0]`},
	} {
		v, err := pyjson.Parse([]byte(c.in))
		if c.plain == "" {
			if err == nil {
				t.Errorf("%s: parsed as %v", c.in, v)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		if got := string(pyjson.Marshal(v)); got != c.plain {
			t.Errorf("%s: dumps without ascii = %s, want %s", c.in, got, c.plain)
		}
		if got := string(pyjson.MarshalASCII(v)); got != c.ascii {
			t.Errorf("%s: dumps = %s, want %s", c.in, got, c.ascii)
		}
		if got := pyjson.Repr(v); got != c.repr {
			t.Errorf("%s: repr = %s, want %s", c.in, got, c.repr)
		}
	}
}

// Bad text is refused with the offset of what is wrong.
func TestParseErrors(t *testing.T) {
	for in, want := range map[string]string{
		``:                 "unexpected end of text at offset 0",
		`{"a" 1}`:          "expected ':', got '1' at offset 5",
		`[1,]`:             "unexpected ']' at offset 3",
		`{"a":1,}`:         "expected a key in quotes, got '}' at offset 7",
		`01`:               "unexpected '1' after the value at offset 1",
		`-`:                "expected a digit, got end of text at offset 1",
		`1.`:               "expected a digit, got end of text at offset 2",
		`nul`:              "unexpected 'n' at offset 0",
		`"a` + "\n" + `"`:  "control character in a string at offset 2",
		`"\x"`:             "unknown escape 'x' at offset 2",
		`"\u12g4"`:         "expected four hexadecimal digits at offset 3",
		`NaN`:              "unexpected 'N' at offset 0",
		`1e999`:            "number out of range at offset 5",
		`{"a":1} {"b":2}`:  "unexpected '{' after the value at offset 8",
		`"a`:               "unexpected end of text in a string at offset 2",
		"[" + `{"k": [tr]`: "unexpected 't' at offset 8",
	} {
		v, err := pyjson.Parse([]byte(in))
		if err == nil {
			t.Errorf("%s: parsed as %s", in, pyjson.Marshal(v))
		} else if got := strings.TrimPrefix(err.Error(), "json: "); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// Nesting that would exhaust the stack and integers that would take minutes are
// refused; what is just allowed is not.
func TestLimits(t *testing.T) {
	nest := func(n int) []byte { return []byte(strings.Repeat("[", n) + strings.Repeat("]", n)) }
	if _, err := pyjson.Parse(nest(pyjson.MaxDepth)); err != nil {
		t.Error(err)
	}
	for name, text := range map[string][]byte{
		"arrays":  nest(pyjson.MaxDepth + 1),
		"objects": []byte(strings.Repeat(`{"a":`, 1_000_000)),
		"digits":  []byte(strings.Repeat("9", 5000)),
	} {
		if _, err := pyjson.Parse(text); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestRound(t *testing.T) {
	for _, c := range []struct {
		x    float64
		n    int
		want float64
	}{
		{0.5, 0, 0}, {1.5, 0, 2}, {2.5, 0, 2}, {-2.5, 0, -2},
		{2.675, 2, 2.67}, {0.1 + 0.2, 1, 0.3}, {1234.5, -2, 1200}, {1250, -2, 1200}, {1350, -2, 1400}, {-1250, -2, -1200},
		{1e308, -308, 1e308}, {5e-324, 400, 5e-324}, {1, -400, 0}, {math.Inf(1), 2, math.Inf(1)},
	} {
		if got := pyjson.Round(c.x, c.n); got != c.want {
			t.Errorf("Round(%v, %d) = %v, want %v", c.x, c.n, got, c.want)
		}
	}
	if !math.Signbit(pyjson.Round(-0.004, 2)) {
		t.Error("Round(-0.004, 2) lost its sign")
	}
}

// An object keeps order through changes, narrow or wide.
func TestObject(t *testing.T) {
	for _, n := range []int{3, 40} {
		o := pyjson.NewObject(0)
		var want []string
		for i := range n {
			key := fmt.Sprint("k", i)
			o.Set(key, int64(i))
			want = append(want, key)
		}
		c := o.Clone()
		o.Set("k1", "new")
		if !o.Delete("k0") || o.Delete("k0") {
			t.Error("Delete reports wrongly")
		}
		o.Set("k0", "back")
		want = append(want[1:], "k0")
		if got := o.Keys(); !slices.Equal(got, want) {
			t.Errorf("keys %v, want %v", got, want)
		}
		if v, ok := o.Get("k1"); !ok || v != "new" {
			t.Errorf("k1 is %v", v)
		}
		if v, _ := c.Get("k1"); v != int64(1) || c.Len() != n {
			t.Error("the clone changed too")
		}
	}
}

// A clone shares nothing that can be written.
func TestCloneIsDeep(t *testing.T) {
	o := parse(t, `{"a": {"b": [1]}}`).(*pyjson.Object)
	c := o.Clone()
	a, _ := c.Get("a")
	a.(*pyjson.Object).Set("b", nil)
	if got := string(pyjson.Marshal(o)); got != `{"a": {"b": [1]}}` {
		t.Error(got)
	}
}

// FuzzParse: text that parses is written so that it parses to the same again,
// in every style.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		`{"a":[1,2.50,-0.0,1e300,"é\ud83d\ude00\u0000",null,true],"a":{}}`,
		`[123456789012345678901234567890,5e-324,"\ud800\"\\"]`,
		"\"\xff\x7f\u2028\"", ` [ ] `, `"\/"`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := pyjson.Parse(text)
		if err != nil {
			return
		}
		pyjson.Repr(v)
		pyjson.Hashable(v)
		want := pyjson.Marshal(v)
		for name, style := range map[string]func(any) []byte{"plain": pyjson.Marshal, "ascii": pyjson.MarshalASCII} {
			again, err := pyjson.Parse(style(v))
			if err != nil {
				t.Fatalf("%s: %q does not parse: %v", name, style(v), err)
			}
			if got := pyjson.Marshal(again); !bytes.Equal(got, want) {
				t.Fatalf("%s: %q became %q", name, want, got)
			}
		}
		if once := pyjson.Canonical(v); !bytes.Equal(once, pyjson.Canonical(parse(t, string(once)))) {
			t.Fatalf("canonical text of %q is not stable", text)
		}
	})
}

// row is about what a tool call reads and writes.
const row = `{"id": "ORD-004211", "customer_id": "C-1187", "status": "pending", "total": 129.9, "currency": "EUR", "items": [{"sku": "K-17", "count": 2, "price": 49.95}, {"sku": "P-2", "count": 1, "price": 30.0}], "address": {"street": "4 Quay Street", "city": "Harwick"}, "placed": "2026-03-01T09:30:00Z", "note": null}`

func BenchmarkParse(b *testing.B) {
	b.SetBytes(int64(len(row)))
	for b.Loop() {
		if _, err := pyjson.Parse([]byte(row)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMarshal(b *testing.B) {
	v := parse(b, row)
	b.SetBytes(int64(len(row)))
	var buf []byte
	for b.Loop() {
		buf = pyjson.Append(buf[:0], v)
	}
}
