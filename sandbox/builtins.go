package sandbox

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	starmath "go.starlark.net/lib/math"
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
)

// predeclared is what tools.star may use beside plain Starlark.
var predeclared = starlark.StringDict{
	"refuse":   starlark.NewBuiltin("refuse", refuse),
	"now":      starlark.NewBuiltin("now", now),
	"today":    starlark.NewBuiltin("today", today),
	"add_days": starlark.NewBuiltin("add_days", addDays),
	"uuid":     starlark.NewBuiltin("uuid", uuid),
	"random":   starlark.NewBuiltin("random", random),
	"round":    starlark.NewBuiltin("round", round),
	"pick":     starlark.NewBuiltin("pick", pick),
	"range":    starlark.NewBuiltin("range", shortRange),
	"math":     starmath.Module,
	"json": &starlarkstruct.Module{Name: "json", Members: starlark.StringDict{
		"encode": starlark.NewBuiltin("json.encode", jsonEncode),
		"decode": starlark.NewBuiltin("json.decode", jsonDecode),
	}},
}

var errNoCall = errors.New("only inside a tool")

const (
	limitRule   = "sandbox." // begins the rules that are limits of the sandbox
	longestRule = 200
)

// refuse ends the call: refuse(code, message, rule = None).
func refuse(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	r := new(Refusal)
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "code", &r.Code, "message", &r.Message, "rule??", &r.Rule); err != nil {
		return nil, err
	}
	if !refusable[r.Code] {
		return nil, fmt.Errorf("refuse: unknown code %.40q", r.Code)
	}
	if strings.HasPrefix(r.Rule, limitRule) || len(r.Rule) > longestRule {
		return nil, fmt.Errorf("refuse: a rule is named in at most %d letters, and not %s", longestRule, limitRule)
	}
	return nil, r
}

func now(thread *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	x := txnOf(thread)
	if x == nil {
		return nil, errNoCall
	}
	return starlark.String(x.s.w.spec.Now), starlark.UnpackArgs(b.Name(), args, kwargs)
}

func today(thread *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	x := txnOf(thread)
	if x == nil {
		return nil, errNoCall
	}
	date, _, _ := strings.Cut(x.s.w.spec.Now, "T")
	return starlark.String(date), starlark.UnpackArgs(b.Name(), args, kwargs)
}

// layouts of the times that add_days takes; the result has the same.
var layouts = []string{time.DateOnly, time.RFC3339Nano, "2006-01-02T15:04:05", time.DateTime}

const mostDays = 10_000 * 366

// addDays moves a date or time by whole days, in the form it came in.
func addDays(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var text string
	var n int
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "time", &text, "n", &n); err != nil {
		return nil, err
	}
	for _, layout := range layouts {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		if n < -mostDays || n > mostDays || t.AddDate(0, 0, n).Year() < 0 || t.AddDate(0, 0, n).Year() > 9999 {
			return nil, errors.New("add_days: that is no year of four digits")
		}
		return starlark.String(t.AddDate(0, 0, n).Format(layout)), nil
	}
	return nil, fmt.Errorf("add_days: %.40q is neither a date nor a time", text)
}

// names turns the names of a random value into the path of its source. Without
// a name the value hangs on the call itself.
func (x *txn) names(args starlark.Tuple) ([]string, error) {
	if len(args) == 0 {
		x.unseen++
		return []string{"call", x.tool.Name, string(pyjson.Canonical(x.args)), fmt.Sprint(x.unseen)}, nil
	}
	c := x.converter()
	path := []string{"names"}
	for _, arg := range args {
		v, err := c.value(arg, 1)
		if err != nil {
			return nil, err
		}
		path = append(path, string(appendHash(nil, v)))
	}
	return path, nil
}

// uuid returns a version 4 UUID that depends on the session's seed and the names.
func uuid(thread *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	x := txnOf(thread)
	if x == nil {
		return nil, errNoCall
	}
	path, err := x.names(args)
	if err != nil || len(kwargs) > 0 {
		return nil, errors.Join(err, noKeywords(b, kwargs))
	}
	return starlark.String(newUUID(x.s.seed, path...)), nil
}

func newUUID(seed uint64, path ...string) string {
	rng := scaler.Rand(seed, append([]string{"uuid"}, path...)...)
	var u [16]byte
	for i := range u {
		u[i] = byte(rng.Uint32())
	}
	u[6], u[8] = u[6]&0x0f|0x40, u[8]&0x3f|0x80
	h := hex.EncodeToString(u[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// random returns an int from 0 to n-1: random(n, *names).
func random(thread *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	x := txnOf(thread)
	if x == nil {
		return nil, errNoCall
	}
	if len(args) == 0 || len(kwargs) > 0 {
		return nil, errors.Join(errors.New("random: want a number and names"), noKeywords(b, kwargs))
	}
	var n int
	if err := starlark.AsInt(args[0], &n); err != nil || n <= 0 {
		return nil, errors.New("random: want a positive number that is not too large")
	}
	path, err := x.names(args[1:])
	if err != nil {
		return nil, err
	}
	return starlark.MakeInt(scaler.Rand(x.s.seed, append([]string{"random"}, path...)...).IntN(n)), nil
}

func noKeywords(b *starlark.Builtin, kwargs []starlark.Tuple) error {
	if len(kwargs) > 0 {
		return fmt.Errorf("%s: takes no named arguments", b.Name())
	}
	return nil
}

// round is Python's: an int without a second argument, ties to even.
func round(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var x starlark.Value
	var n starlark.Value = starlark.None
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "x", &x, "n?", &n); err != nil {
		return nil, err
	}
	digits := 0
	if n != starlark.None {
		if err := starlark.AsInt(n, &digits); err != nil {
			return nil, fmt.Errorf("round: %w", err)
		}
	}
	switch x := x.(type) {
	case starlark.Int:
		if digits >= 0 {
			return x, nil
		}
		return starlark.MakeBigInt(pyjson.RoundBig(x.BigInt(), digits)), nil
	case starlark.Float:
		if n == starlark.None {
			return starlark.NumberToInt(starlark.Float(math.RoundToEven(float64(x))))
		}
		return starlark.Float(pyjson.Round(float64(x), digits)), nil
	}
	return nil, fmt.Errorf("round: want a number, got %s", x.Type())
}

// pick returns a dict of the named fields that are there.
func pick(thread *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var value starlark.Value
	var columns starlark.Iterable
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "row", &value, "columns", &columns); err != nil {
		return nil, err
	}
	from, ok := value.(starlark.Mapping)
	if !ok {
		return nil, fmt.Errorf("pick: for parameter row: got %s, want a row or dict", value.Type())
	}
	d := txnOf(thread).shelf.dict(max(starlark.Len(columns), 0))
	iter := columns.Iterate()
	defer iter.Done()
	var name starlark.Value
	for iter.Next(&name) {
		v, ok, err := from.Get(name)
		if err != nil {
			return nil, err
		}
		if ok {
			if err := d.SetKey(name, v); err != nil {
				return nil, err
			}
		}
	}
	return d, nil
}

// longest is the number of items range may have: list(range(n)) costs memory
// that no step limit sees.
const longest = 1_000_000

func shortRange(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	v, err := starlark.Call(thread, starlark.Universe["range"], args, kwargs)
	if err != nil {
		return nil, err
	}
	if n := starlark.Len(v); n > longest {
		return nil, fmt.Errorf("range: %d items are more than %d", n, longest)
	}
	return v, nil
}

func jsonEncode(thread *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var v starlark.Value
	if err := starlark.UnpackPositionalArgs(b.Name(), args, kwargs, 1, &v); err != nil {
		return nil, err
	}
	c := &converter{depth: 64, left: 4 << 20}
	if x := txnOf(thread); x != nil {
		c.depth, c.left = x.s.w.options.Depth, x.s.w.options.Output
	}
	x, err := c.value(v, 0)
	if err != nil {
		return nil, err
	}
	return starlark.String(pyjson.Marshal(x)), nil
}

func jsonDecode(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var text string
	if err := starlark.UnpackPositionalArgs(b.Name(), args, kwargs, 1, &text); err != nil {
		return nil, err
	}
	v, err := pyjson.Parse([]byte(text))
	if err != nil {
		return nil, err
	}
	return toStarlark(v), nil
}
