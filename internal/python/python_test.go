package python_test

import (
	"strings"
	"testing"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

// What CPython 3.13 answers, or the class and text that it raises.
func TestCalculate(t *testing.T) {
	for in, want := range map[string]string{
		"2 + 2":           "4.0",
		"-2**2":           "-4.0",
		"2**-1":           "0.5",
		"2**3**2":         "512.0",
		"7//-2":           "-4.0",
		"7.5//2":          "3.0",
		"1.005*100":       "100.5",
		"0.125+0":         "0.12",
		" (1+2) *3.5 ":    "10.5",
		"00 + 1.":         "1.0",
		"2**1000/2**999":  "2.0",
		"1/0":             "ZeroDivisionError: division by zero",
		"1//0":            "ZeroDivisionError: integer division or modulo by zero",
		"1./0":            "ZeroDivisionError: float division by zero",
		"1/0 +":           "SyntaxError: invalid syntax (<string>, line 1)",
		"012":             "SyntaxError: leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers (<string>, line 1)",
		"5 6":             "SyntaxError: invalid syntax (<string>, line 1)",
		"1..2":            "SyntaxError: invalid syntax (<string>, line 1)",
		"":                "SyntaxError: invalid syntax (<string>, line 0)",
		"((1)":            "SyntaxError: '(' was never closed (<string>, line 1)",
		"(1 2":            "SyntaxError: invalid syntax (<string>, line 1)",
		"(1+":             "SyntaxError: '(' was never closed (<string>, line 1)",
		"1)":              "SyntaxError: unmatched ')' (<string>, line 1)",
		"()":              "TypeError: float() argument must be a string or a real number, not 'tuple'",
		"()*2+()":         "TypeError: float() argument must be a string or a real number, not 'tuple'",
		"(-8)**.5":        "TypeError: float() argument must be a string or a real number, not 'complex'",
		"...":             "TypeError: float() argument must be a string or a real number, not 'ellipsis'",
		"(3)(1/0)":        "ZeroDivisionError: division by zero",
		"(3)(4)":          "TypeError: 'int' object is not callable",
		"10.**400":        "OverflowError: (34, 'Numerical result out of range')",
		"10**400":         "OverflowError: int too large to convert to float",
		"9**9**9":         "OverflowError: int too large to convert to float",
		"1+()":            "TypeError: unsupported operand type(s) for +: 'int' and 'tuple'",
		"0**-1":           "ZeroDivisionError: 0.0 cannot be raised to a negative power",
		"((((((1))))))-1": "0.0",
		"0/(-8)":          "-0.0",
		"99.99**20.11":    "1.6562526651561483e+40",
		"1299.99**5":      "3712787197196983.0",
		"1.5*()":          "TypeError: can't multiply sequence by non-int of type 'float'",
		"()*10**30":       "OverflowError: cannot fit 'int' into an index-sized integer",
		"()+1":            "TypeError: can only concatenate tuple (not \"int\") to tuple",
		"0**((-1)**.5)":   "ZeroDivisionError: 0.0 to a negative or complex power",
		"1(*2)":           "TypeError: 1 argument after * must be an iterable, not int",
		"1(**())":         "TypeError: 1 argument after ** must be a mapping, not tuple",
	} {
		if got := answer(func() any { return python.Calculate(in) }); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func answer(f func() any) string {
	v, err := python.Try(f)
	if err != nil {
		return err.Error()
	}
	return python.Str(v)
}

func value(t *testing.T, text string) any {
	t.Helper()
	v, err := pyjson.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Operators on operands of every kind, right and wrong.
func TestOperators(t *testing.T) {
	list := func(text string) []any { return value(t, text).([]any) }
	for _, c := range []struct {
		name, want string
		f          func() any
	}{
		{"1 + 2.0", "3.0", func() any { return python.Add(int64(1), 2.0, "+") }},
		{"True + 1", "2", func() any { return python.Add(true, int64(1), "+") }},
		{"beyond int64", "18446744073709551614", func() any { return python.Mul(int64(9223372036854775807), int64(2), "*") }},
		{"0 += 'a'", "TypeError: unsupported operand type(s) for +=: 'int' and 'str'", func() any { return python.Add(int64(0), "a", "+=") }},
		{"{} - 1", "TypeError: unsupported operand type(s) for -: 'dict' and 'int'", func() any { return python.Sub(value(t, "{}"), int64(1), "-") }},
		{"50 * 'ab'", "", func() any { return python.Mul(int64(0), "ab", "*") }},
		{"-None", "TypeError: bad operand type for unary -: 'NoneType'", func() any { return python.Neg(nil) }},
		{"'a' < 1", "TypeError: '<' not supported between instances of 'str' and 'int'", func() any { return python.Less("a", int64(1), "<") }},
		{"1 == True == 1.0", "True", func() any { return python.Equal(list("[1, true]"), list("[true, 1.0]")) }},
		{"2**53 + 1 == 2.0**53", "False", func() any { return python.Equal(int64(1<<53+1), float64(1<<53)) }},
		{"10**30 > 1.5", "True", func() any { return python.Less(1.5, value(t, "1"+strings.Repeat("0", 400)), ">") }},
		{"sorted mixed", "TypeError: '<' not supported between instances of 'int' and 'str'", func() any { return python.Sorted(list(`["a", 1]`)) }},
		{"sorted", "['a', 'b', 'c']", func() any { return python.Sorted(list(`["b", "c", "a"]`)) }},
		{"sorted str", "['a', 'b']", func() any { return python.Sorted("ba") }},
		{"[] in {}", "TypeError: unhashable type: 'list'", func() any { return python.In(list("[]"), value(t, "{}")) }},
		{"1 in {}", "False", func() any { return python.In(int64(1), value(t, `{"1": 2}`)) }},
		{"1 in 'a'", "TypeError: 'in <string>' requires string as left operand, not int", func() any { return python.In(int64(1), "a") }},
		{"{}['k']", "KeyError: 'k'", func() any { return python.Index(value(t, "{}"), "k") }},
		{"'s'['k']", "TypeError: string indices must be integers, not 'str'", func() any { return python.Index("s", "k") }},
		{"[1][True]", "IndexError: list index out of range", func() any { return python.Index(list("[1]"), true) }},
		{"None['k']", "TypeError: 'NoneType' object is not subscriptable", func() any { return python.Index(nil, "k") }},
		{"len(1)", "TypeError: object of type 'int' has no len()", func() any { return python.Len(int64(1)) }},
		{"1.lower()", "AttributeError: 'int' object has no attribute 'lower'", func() any { return python.Lower(int64(1)) }},
		{"lower", "True", func() any { return python.EqualLower("ÉCOLE a", "école A") && !python.EqualLower("K", "\u212a1") }},
		{"lower of one to two", "False", func() any { return python.EqualLower("İvan", "ivan") }},
		{"final sigma", "σας", func() any { return python.Lower("ΣΑΣ") }},
		{"lower of no str", "AttributeError: 'dict' object has no attribute 'lower'", func() any { return python.EqualLower("a", value(t, "{}")) }},
		{"'aa'.count('a')", "2", func() any { return int64(python.Count("aa", "a")) }},
		{"max(0, 0.0)", "0", func() any { return python.Max(int64(0), 0.0) }},
		{"max(0, 2.5)", "2.5", func() any { return python.Max(int64(0), 2.5) }},
		{"sum", "1.0", func() any { return python.Sum(list("[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]")) }},
		{"sum mixed", "TypeError: unsupported operand type(s) for +: 'float' and 'str'", func() any { return python.Sum(list(`[1.5, 2, "3"]`)) }},
		{"round(3, 2)", "3", func() any { return python.Round(int64(3), 2) }},
	} {
		if got := answer(c.f); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// A call's keywords against a signature: the first unknown one, then all that
// are missing.
func TestBind(t *testing.T) {
	s := &python.Signature{Name: "Shop.buy", Required: []string{"a", "b", "c"}, Optional: []python.Default{{Name: "limit", Value: int64(12)}}}
	for in, want := range map[string]string{
		`{"c": 3, "a": 1, "b": 2}`:             "[1, 2, 3, 12]",
		`{"a": 1, "b": 2, "c": 3, "limit": 5}`: "[1, 2, 3, 5]",
		`{"a": 1, "limits": 2}`:                "TypeError: Shop.buy() got an unexpected keyword argument 'limits'. Did you mean 'limit'?",
		`{"x": 1, "y": 2}`:                     "TypeError: Shop.buy() got an unexpected keyword argument 'x'",
		`{"a": 1, "c": 2}`:                     "TypeError: Shop.buy() missing 1 required positional argument: 'b'",
		`{"b": 1}`:                             "TypeError: Shop.buy() missing 2 required positional arguments: 'a' and 'c'",
		`{}`:                                   "TypeError: Shop.buy() missing 3 required positional arguments: 'a', 'b', and 'c'",
	} {
		args, err := pyjson.ParseObject([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		if got := answer(func() any { return s.Bind(args) }); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// Draws are those of random.seed(seed); random.randint(0, 1000000).
func TestRandom(t *testing.T) {
	for seed, want := range map[uint64][]uint64{
		300:        {626729, 373753, 361454, 1567, 514337},
		0:          {885440, 403958, 794772, 933488, 441001},
		1:          {140891, 596853, 888598, 841235, 800875},
		4294967301: {164912, 509079, 296208, 933154, 633815},
	} {
		r := python.NewRandom(seed)
		for i, w := range want {
			if got := r.Below(1000001); got != w {
				t.Errorf("seed %d, draw %d: %d, want %d", seed, i, got, w)
			}
		}
	}
}

func TestRandomGoesOn(t *testing.T) {
	r := python.NewRandom(300)
	for range 1999 {
		r.Below(1000001)
	}
	if got := r.Below(1000001); got != 716723 {
		t.Errorf("the 2000th draw is %d", got)
	}
}
