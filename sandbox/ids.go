package sandbox

import (
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler"
	"go.starlark.net/starlark"
)

// An idStyle is how the keys of a table look, and the largest number among
// those of the base.
type idStyle struct {
	integer bool
	prefix  string // before the number
	width   int    // of the zero-padded number
	uuid    bool
	form    string // of a random code: a key like it
	free    []int  // the places of the form that differ from key to key
	letters string // the characters in use there
	max     int64
}

var (
	uuidKey     = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	numberedKey = regexp.MustCompile(`^(.*?)([0-9]{1,17})$`)
)

// findIDStyle reads the style off the base's keys: integers, UUIDs, a prefix
// that most keys share with a number behind it, or codes of some alphabet.
func findIDStyle(t *table) idStyle {
	if c, _ := t.Column(t.Key); c.Type == "integer" {
		st := idStyle{integer: true}
		for _, r := range t.order {
			st.count(r.key)
		}
		return st
	} else if c.Format == "uuid" {
		return idStyle{uuid: true}
	}
	prefixes, uuids := map[string]int{}, 0
	best := idStyle{prefix: t.Entity + "_", width: 4}
	most := 0
	for _, r := range t.order {
		if uuidKey.MatchString(r.key) {
			uuids++
			continue
		}
		if m := numberedKey.FindStringSubmatch(r.key); m != nil {
			prefixes[m[1]]++
			if prefixes[m[1]] > most {
				most, best.prefix = prefixes[m[1]], m[1]
			}
		}
	}
	switch n := len(t.order); {
	case n == 0:
		return best
	case uuids*2 > n:
		return idStyle{uuid: true}
	case most*2 <= n:
		return codeStyle(t)
	}
	best.width = math.MaxInt
	for _, r := range t.order {
		best.count(r.key)
		if digits, ok := strings.CutPrefix(r.key, best.prefix); ok && isNumber(digits) {
			best.width = min(best.width, len(digits))
		}
	}
	return best
}

// codeStyle is for keys without a number of their own: new ones are drawn from
// the characters in use, where the first key has characters that others have not.
func codeStyle(t *table) idStyle {
	st := idStyle{form: t.order[0].key}
	st.free = freePlaces(t, st.form)
	if len(st.free) < 6 { // too few to tell new keys apart
		st.free, st.form = nil, strings.Repeat("0", max(len(st.form), 6))
	}
	var used [128]bool
	for _, r := range t.order {
		for i := range len(r.key) {
			if isAlnum(r.key[i]) && (st.free == nil || len(r.key) == len(st.form) && slices.Contains(st.free, i)) {
				used[r.key[i]] = true
			}
		}
	}
	for c, ok := range used {
		if ok {
			st.letters += string(rune(c))
		}
	}
	if len(st.letters) < 8 {
		st.letters += "0123456789"
	}
	if st.free == nil {
		for i := range len(st.form) {
			st.free = append(st.free, i)
		}
	}
	return st
}

// freePlaces are the places of a key at which keys of its length differ: all but
// marks, and letters that none has otherwise.
func freePlaces(t *table, form string) []int {
	var places []int
	for i := range len(form) {
		same := 0
		differs := slices.ContainsFunc(t.order, func(r *record) bool {
			if len(r.key) != len(form) {
				return false
			}
			same++
			return r.key[i] != form[i]
		})
		if isAlnum(form[i]) && (differs || same < 2) {
			places = append(places, i)
		}
	}
	return places
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func isNumber(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != "" && len(s) <= 17
}

// count raises max to the number in key, if it is of this style.
func (st *idStyle) count(key string) {
	digits, ok := strings.CutPrefix(key, st.prefix)
	if !ok || !isNumber(digits) {
		return
	}
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
		st.max = max(st.max, n)
	}
}

// nextID returns a key that is free: one more than the largest in the table, or
// the first free of a series that depends on seed and table only. It is the
// same however often the call or others have looked things up.
func (x *txn) nextID(t *table) starlark.Value {
	st := t.ids
	if st.uuid || st.letters != "" {
		for n := 0; ; n++ {
			if key := x.drawID(t, n); !x.taken(t, key) {
				return starlark.String(key)
			}
		}
	}
	if d := x.st.delta(t.index); d != nil {
		for _, key := range d.added {
			st.count(key)
		}
	}
	for _, l := range x.order {
		if l.t == t {
			st.count(l.key)
		}
	}
	if st.integer {
		return starlark.MakeBigInt(new(big.Int).SetInt64(st.max + 1))
	}
	digits := strconv.FormatInt(st.max+1, 10)
	return starlark.String(st.prefix + strings.Repeat("0", max(st.width-len(digits), 0)) + digits)
}

func (x *txn) drawID(t *table, n int) string {
	path := []string{"id", t.Name, strconv.Itoa(n)}
	if t.ids.uuid {
		return newUUID(x.s.seed, path...)
	}
	rng := scaler.Rand(x.s.seed, path...)
	key := []byte(t.ids.form)
	for _, i := range t.ids.free {
		key[i] = t.ids.letters[rng.IntN(len(t.ids.letters))]
	}
	return string(key)
}

func (x *txn) taken(t *table, key string) bool {
	return x.lookup(t.index, key) != nil || x.st.get(t.index, key) != nil
}
