package sandbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/big"
	"math/bits"
	"slices"
	"sort"
	"strconv"
	"sync"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A sum is a number mod 2^256. The digest of a state is the sum of the hashes
// of its rows, so one changed row costs one subtraction and one addition, and
// the order of rows cannot matter.
type sum [4]uint64

func (s *sum) add(o sum) {
	var c uint64
	for i := range s {
		s[i], c = bits.Add64(s[i], o[i], c)
	}
}

func (s *sum) sub(o sum) {
	var c uint64
	for i := range s {
		s[i], c = bits.Sub64(s[i], o[i], c)
	}
}

// offset keeps the digest of an empty state apart from the zero Digest, which
// means "not given".
var offset = toSum(sha256.Sum256([]byte("agentscaler state 1")))

func toSum(h [32]byte) (s sum) {
	for i := range s {
		s[i] = binary.LittleEndian.Uint64(h[8*i:])
	}
	return s
}

func (s sum) digest() (d scaler.Digest) {
	s.add(offset)
	for i := range s {
		binary.LittleEndian.PutUint64(d[8*i:], s[i])
	}
	return d
}

// newRecord hashes a row.
func (t *table) newRecord(key string, obj *pyjson.Object) *record {
	scratch := scratches.Get().(*[]byte)
	buf := appendText((*scratch)[:0], 'r', t.Name)
	buf = appendText(buf, 'k', key)
	buf = t.appendRow(buf, obj)
	r := &record{key: key, hash: toSum(sha256.Sum256(buf)), size: len(buf)}
	r.parsed.Store(obj)
	if cap(buf) < 1<<20 { // one huge row does not stay for good
		*scratch = buf
		scratches.Put(scratch)
	}
	return r
}

var scratches = sync.Pool{New: func() any { return new([]byte) }}

// appendRow is appendHash for a row, whose unordered columns are multisets.
func (t *table) appendRow(b []byte, o *pyjson.Object) []byte {
	if len(t.unordered) == 0 {
		return appendHash(b, o)
	}
	b = binary.AppendUvarint(append(b, 'o'), uint64(o.Len()))
	o.Sorted(func(key string, v any) bool {
		b = appendText(b, 'k', key)
		if list, ok := v.([]any); ok && t.unordered[key] {
			b = appendMultiset(b, list)
		} else {
			b = appendHash(b, v)
		}
		return true
	})
	return b
}

// appendHash appends an encoding in which two values are the same bytes just
// when they are the same: every piece is tagged and carries its length, keys
// are sorted, and numbers count by value, so that 1 and 1.0 are the same, as
// they are in JSON Schema and in Python's ==.
func appendHash(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, 'z')
	case bool:
		if v {
			return append(b, 't')
		}
		return append(b, 'f')
	case string:
		return appendText(b, 's', v)
	case int64:
		return appendInt(b, v)
	case float64:
		return appendFloat(b, v)
	case *big.Int:
		return appendText(b, 'i', v.String())
	case []any:
		b = binary.AppendUvarint(append(b, 'a'), uint64(len(v)))
		for _, item := range v {
			b = appendHash(b, item)
		}
		return b
	case *pyjson.Object:
		b = binary.AppendUvarint(append(b, 'o'), uint64(v.Len()))
		v.Sorted(func(key string, item any) bool {
			b = appendHash(appendText(b, 'k', key), item)
			return true
		})
		return b
	}
	panic("unreachable: " + pyjson.Kind(v))
}

func appendText(b []byte, tag byte, s string) []byte {
	return append(binary.AppendUvarint(append(b, tag), uint64(len(s))), s...)
}

func appendInt(b []byte, i int64) []byte {
	var digits [20]byte
	d := strconv.AppendInt(digits[:0], i, 10)
	return append(binary.AppendUvarint(append(b, 'i'), uint64(len(d))), d...)
}

func appendFloat(b []byte, f float64) []byte {
	switch {
	case f != math.Trunc(f):
		return binary.BigEndian.AppendUint64(append(b, 'd'), math.Float64bits(f))
	case math.Abs(f) < 1<<63:
		return appendInt(b, int64(f))
	}
	i, _ := new(big.Float).SetFloat64(f).Int(nil)
	return appendText(b, 'i', i.String())
}

func appendMultiset(b []byte, list []any) []byte {
	items := make([]string, len(list))
	for i, item := range list {
		items[i] = string(appendHash(nil, item))
	}
	sort.Strings(items)
	b = binary.AppendUvarint(append(b, 'u'), uint64(len(items)))
	for _, item := range items {
		b = appendText(b, 'm', item)
	}
	return b
}

// same says whether two values of a column hash the same. So does the function
// same for two values anywhere else.
func (t *table) same(column string, a, b any) bool {
	if t.unordered[column] {
		x, okX := a.([]any)
		y, okY := b.([]any)
		if okX && okY {
			return bytes.Equal(appendMultiset(nil, x), appendMultiset(nil, y))
		}
	}
	return same(a, b)
}

func same(a, b any) bool {
	switch x := a.(type) {
	case nil:
		return b == nil
	case bool:
		y, ok := b.(bool)
		return ok && x == y
	case string:
		y, ok := b.(string)
		return ok && x == y
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, same)
	case *pyjson.Object:
		y, ok := b.(*pyjson.Object)
		return ok && (x == y || sameFields(x, y))
	case int64:
		if y, ok := b.(int64); ok {
			return x == y
		}
	}
	switch b.(type) {
	case int64, float64, *big.Int:
		return bytes.Equal(appendHash(nil, a), appendHash(nil, b))
	}
	return false
}

func sameFields(x, y *pyjson.Object) bool {
	if x.Len() != y.Len() {
		return false
	}
	for key, v := range x.All() {
		if w, ok := y.Get(key); !ok || !same(v, w) {
			return false
		}
	}
	return true
}
