package sandbox

import (
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler"
	"go.starlark.net/starlark"
)

// An idStyle is how the keys of a table look, and the largest number among
// those of the base.
type idStyle struct {
	integer bool
	home    string // of keys that are paths: what stands before the last segment
	prefix  string // before the number
	width   int    // of the zero-padded number
	uuid    bool
	slots   []string // of a random code: the characters that each place may have
	max     int64
}

// own returns the part of a key that tells it from others: of a path, such as
// projects/p/queues/q or arn:aws:sqs:::q, the last segment.
func (st *idStyle) own(key string) string {
	if st.home == "" {
		return key
	}
	return key[lastOf(key)+1:]
}

func lastOf(path string) int { return strings.LastIndexAny(path, "/:") }

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
	best := idStyle{prefix: t.Entity + "_", width: 4, home: homeOf(t)}
	most := 0
	for _, r := range t.order {
		key := best.own(r.key)
		if uuidKey.MatchString(key) {
			uuids++
			continue
		}
		if m := numberedKey.FindStringSubmatch(key); m != nil {
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
		return idStyle{uuid: true, home: best.home}
	case most*2 <= n:
		return codeStyle(t, best.home)
	}
	best.width = math.MaxInt
	for _, r := range t.order {
		best.count(r.key)
		if digits, ok := strings.CutPrefix(best.own(r.key), best.prefix); ok && isNumber(digits) {
			best.width = min(best.width, len(digits))
		}
	}
	return best
}

// homeOf returns what a new key begins with where all keys are paths.
func homeOf(t *table) string {
	for _, r := range t.order {
		if !strings.HasPrefix(r.key, "arn:") && !strings.Contains(r.key, "/") || strings.HasSuffix(r.key, "/") {
			return ""
		}
	}
	if len(t.order) == 0 {
		return ""
	}
	first := t.order[0].key
	return first[:lastOf(first)+1]
}

// fewestSlots is how many characters of a code are free at least, so that there
// are enough of them.
const fewestSlots = 6

// codeStyle is for keys without a number of their own: new ones begin as all of
// them do, and go on with characters in use. Where keys are equally long, a
// place has the kind of character that it has in them.
func codeStyle(t *table, home string) idStyle {
	st := idStyle{home: home}
	keys := make([]string, len(t.order))
	for i, r := range t.order {
		keys[i] = st.own(r.key)
	}
	first, same, even := keys[0], keys[0], true
	for _, key := range keys[1:] {
		same = same[:sharedPrefix(same, key)]
		even = even && len(key) == len(first)
	}
	if len(keys) == 1 {
		same = ""
	}
	used := charsOf(keys, len(same), len(first))
	if len(used) < 8 {
		used += "0123456789"
	}
	for i := range same {
		st.slots = append(st.slots, same[i:i+1])
	}
	for i := len(same); i < max(len(first), fewestSlots); i++ {
		slot := used
		if even && i < len(first) {
			slot = slotOf(keys, i, used)
		}
		st.slots = append(st.slots, slot)
	}
	for free := freeOf(st.slots); free < fewestSlots; free++ {
		st.slots = append(st.slots, used)
	}
	return st
}

func sharedPrefix(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// charsOf returns the letters and digits that keys have from a place on, in
// order.
func charsOf(keys []string, from, to int) string {
	var used [128]bool
	for _, key := range keys {
		for i := from; i < min(to, len(key)); i++ {
			if c := key[i]; isCode(c) {
				used[c] = true
			}
		}
	}
	out := ""
	for c, ok := range used {
		if ok {
			out += string(rune(c))
		}
	}
	return out
}

func isCode(c byte) bool { return kindOfChar(c) > 0 }

// kindOfChar tells digits, small letters and capitals apart; 0 for others.
func kindOfChar(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return 1
	case c >= 'a' && c <= 'z':
		return 2
	case c >= 'A' && c <= 'Z':
		return 3
	}
	return 0
}

// slotOf returns what a place of equally long keys may have: what all have
// there, or the characters in use of the kinds that some have.
func slotOf(keys []string, at int, used string) string {
	constant, kinds := true, [4]bool{}
	for _, key := range keys {
		constant = constant && key[at] == keys[0][at]
		kinds[kindOfChar(key[at])] = true
	}
	if constant && len(keys) > 1 || !isCode(keys[0][at]) {
		return keys[0][at : at+1]
	}
	out := ""
	for i := range len(used) {
		if kinds[kindOfChar(used[i])] {
			out += used[i : i+1]
		}
	}
	return out
}

// freeOf counts the slots with a choice.
func freeOf(slots []string) int {
	n := 0
	for _, s := range slots {
		if len(s) > 1 {
			n++
		}
	}
	return n
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
	digits, ok := strings.CutPrefix(st.own(key), st.prefix)
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
	if st.uuid || len(st.slots) > 0 {
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
	return starlark.String(st.home + st.prefix + strings.Repeat("0", max(st.width-len(digits), 0)) + digits)
}

func (x *txn) drawID(t *table, n int) string {
	path := []string{"id", t.Name, strconv.Itoa(n)}
	if t.ids.uuid {
		return t.ids.home + newUUID(x.s.seed, path...)
	}
	rng := scaler.Rand(x.s.seed, path...)
	key := []byte(t.ids.home)
	for _, slot := range t.ids.slots {
		key = append(key, slot[rng.IntN(len(slot))])
	}
	return string(key)
}

func (x *txn) taken(t *table, key string) bool {
	return x.lookup(t.index, key) != nil || x.st.get(t.index, key) != nil
}
