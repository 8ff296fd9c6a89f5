package pylit

import (
	"errors"
	"math/big"
	"strings"
	"testing"
)

// What Python's ast.unparse writes of what ast.parse read.
func TestSource(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`[f(a=1, b='x')]`, `[f(a=1, b='x')]`},
		{`f( a.b [0] , *c, k = {'x':1, **y}, **z )`, `f(a.b[0], *c, k={'x': 1, **y}, **z)`},
		{`("a" 'b', )`, `('ab',)`},
		{`(1)`, `1`},
		{`()`, `()`},
		{`{1, 2,}`, `{1, 2}`},
		{`- -1`, `--1`},
		{`(1+2)*3 - 4**-x`, `(1 + 2) * 3 - 4 ** (-x)`},
		{`a - (b - c) ** 2 ** d`, `a - (b - c) ** 2 ** d`},
		{`(a**b)**c * -d`, `(a ** b) ** c * -d`},
		{`(-x)**2 + -(a*b) + (not c)`, `(-x) ** 2 + -(a * b) + (not c)`},
		{`(1).x + 1.5.real + (a+b)(1)[(1,)]`, `1 .x + 1.5.real + (a + b)(1)[1,]`},
		{`f'{x!r:>10}'`, `f'{x!r:>10}'`},
		{`[x for x, y in z if x]`, `[x for x, y in z if x]`},
		{`{k: v for k in z}`, `{k: v for k in z}`},
		{`f(x for x in y)`, `f(x for x in y)`},
		{`a if b else lambda x, *y, z=1: x`, `a if b else lambda x, *y, z=1: x`},
		{`x[1:2, ::3]`, `x[1:2, ::3]`},
		{`0x1F + 0o17 + 0b11 + 1_000`, `31 + 15 + 3 + 1000`},
		{`...`, `...`},
		{"f(\n  1, # one\n  2)\n\n", `f(1, 2)`},
		{`datetime(2024, 7, 1)`, `datetime(2024, 7, 1)`},
	} {
		x, err := Parse(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		if got := x.Source(); got != c.want {
			t.Errorf("%s: %s, want %s", c.in, got, c.want)
		}
	}
}

// What Python does not read.
func TestSyntaxErrors(t *testing.T) {
	for _, in := range []string{
		``, `f(`, `f(a=1 b=2)`, `f(a=1, 2)`, `f(**a, *b)`, `f(a.b=1)`, `f(None=1)`, `[f(x='Domino's')]`, `f())`, `1 2`, `a = 1`, `f(x for x in y, 1)`,
		`007`, `1__0`, `1a`, `0x`, `"a`, `'a` + "\n" + `b'`, `b'ä'`, `'a' b'b'`, `'\x1'`, `*a`, `(*a)`, `a.1`, `x[]`, `f(,)`, `[1,,2]`, `{1: 2, 3}`, `{**a: 1}`,
		`a b`, `if`, `yield`, `f(x=yield)`, `[“a”]`, `f(a，b)`, `a ? b`, `$x`, `a\b`, "f()\ng()", "a\x00", strings.Repeat("[", 300) + strings.Repeat("]", 300),
	} {
		var bad *SyntaxError
		if x, err := Parse(in); !errors.As(err, &bad) {
			t.Errorf("%s: read as %v, %v", in, x, err)
		}
	}
	for _, in := range []string{" f()", "\tf()", "\n f()"} {
		if _, err := Parse(in); !errors.Is(err, ErrIndent) {
			t.Errorf("%q: %v, want an indentation error", in, err)
		}
	}
}

func constant(t *testing.T, in string) any {
	t.Helper()
	x, err := Parse(in)
	if err != nil {
		t.Fatalf("%s: %v", in, err)
	}
	c, ok := x.(*Constant)
	if !ok {
		t.Fatalf("%s is %T", in, x)
	}
	return c.Value
}

func TestConstants(t *testing.T) {
	huge, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	for in, want := range map[string]any{
		`None`: nil, `True`: true, `12`: int64(12), `00`: int64(0), `1.`: 1.0, `.5e-3`: 0.0005, `1e400`: constant(t, `1e999`), `2j`: complex(0, 2),
		`123456789012345678901234567890`: huge, `'a\tb\x41\u4e2d\U0001f600\101\q'`: "a\tbA中😀A\\q", `r'\n'`: `\n`, `b'\x00a'`: Bytes("\x00a"),
		`"""a` + "\n" + `"b"""`: "a\n\"b", `'a' "b" r'\c'`: `ab\c`, "'a\\\nb'": "ab",
	} {
		if got := constant(t, in); !Equal(got, want) {
			t.Errorf("%s: %v, want %v", in, Repr(got), Repr(want))
		}
	}
}

func TestEqual(t *testing.T) {
	d := func(pairs ...any) *Dict {
		x := &Dict{}
		for i := 0; i < len(pairs); i += 2 {
			x.Set(pairs[i], pairs[i+1])
		}
		return x
	}
	for _, c := range []struct {
		a, b any
		want bool
	}{
		{int64(1), 1.0, true}, {true, int64(1), true}, {false, nil, false}, {int64(1 << 53), float64(1<<53) + 1, true}, {int64(1<<53 + 1), float64(1 << 53), false},
		{[]any{int64(1)}, []any{true}, true}, {[]any{int64(1)}, Tuple{int64(1)}, false}, {"1", int64(1), false},
		{d("a", int64(1), "b", nil), d("b", nil, "a", 1.0), true}, {d("a", int64(1)), d("a", int64(1), "b", nil), false}, {d(int64(1), "x"), d(true, "x"), true},
		{Set{int64(1), "a"}, Set{"a", 1.0}, true}, {Bytes("a"), "a", false},
	} {
		if Equal(c.a, c.b) != c.want || Equal(c.b, c.a) != c.want {
			t.Errorf("%s == %s should be %v", Repr(c.a), Repr(c.b), c.want)
		}
	}
}

func TestRepr(t *testing.T) {
	v := &Dict{Keys: []any{"k", int64(2)}, Values: []any{Tuple{1.0}, []any{nil, Bytes("a'\x00"), Set{}, complex(0, 1)}}}
	if got, want := Repr(v), `{'k': (1.0,), 2: [None, b"a'\x00", set(), 1j]}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if _, ok := ToJSON(v); ok {
		t.Error("JSON cannot say bytes")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`[f(a=1, b=[{'x': -2.5}], c="y")]`, `f(*a, k=b[1:2], **c)`, `lambda x: x if y else [z for z in w]`, "'\\u12'", "1_0.e5j"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		x, err := Parse(src)
		if err != nil {
			return
		}
		if _, err := Parse(x.Source()); err != nil {
			t.Errorf("%q was read, but its source %q was not: %v", src, x.Source(), err)
		}
	})
}

// A module's string constants are read whatever else is in it.
func TestStrings(t *testing.T) {
	module := "import x\n\nONE = \"\"\"a\nTWO = 'no'\n\\n{b}\"\"\"\n\nclass C():\n    THREE = 'deep'\n    def f(self): return match x:\n\nFOUR=('d')\nFIVE = f(1)\nSIX = f'{x}'\n"
	got := Strings(module)
	if len(got) != 2 || got["ONE"] != "a\nTWO = 'no'\n\n{b}" || got["FOUR"] != "d" {
		t.Errorf("%q", got)
	}
}
