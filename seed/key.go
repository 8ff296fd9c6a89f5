package seed

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// makeKeys decides a table's size and the keys of its rows. A key that is a
// foreign key takes the keys of the other table.
func (f *seeder) makeKeys(t *table) {
	if t.keying {
		return
	}
	t.keying = true
	t.size = f.sizeOf(t)
	col := t.column(t.Key)
	if col < 0 {
		f.numberKeys(t, &fake.Shape{Type: "string", MaxLength: -1})
		return
	}
	shape := t.shapes[col]
	if other := f.byName[t.Columns[col].Ref]; other != nil && other != t {
		f.makeKeys(other)
		for i := range min(t.size, max(len(other.keys)-unusedTail, 1), len(other.keys)) {
			t.addKey(other.keys[i])
		}
	}
	if len(t.keys) > 0 {
		return
	}
	f.limitToTargets(t)
	switch {
	case len(shape.Enum) > 0:
		for _, v := range shape.Enum[:min(t.size, len(shape.Enum))] {
			t.addKey(v)
		}
	case madeUp(shape):
		f.makeUpKeys(t, shape)
	default:
		f.numberKeys(t, shape)
	}
}

// limitToTargets keeps a table from having more rows than there are targets
// for a reference that has to be unique.
func (f *seeder) limitToTargets(t *table) {
	for _, c := range t.Columns {
		if p := f.byName[c.Ref]; c.Unique && !c.Nullable && p != nil && p != t && c.Type != "array" {
			f.makeKeys(p)
			t.size = min(t.size, max(len(p.keys), 1))
		}
	}
}

func (t *table) addKey(v any) bool {
	text := pyjson.Bare(v)
	if _, taken := t.at[text]; taken || text == "" {
		return false
	}
	t.at[text] = len(t.keys)
	t.keys, t.texts = append(t.keys, v), append(t.texts, text)
	return true
}

// madeUp says whether keys are values with a meaning of their own, such as a
// currency or an e-mail address, and not numbers in a row.
func madeUp(s *fake.Shape) bool {
	switch {
	case s.Type != "string" || s.Few():
		return false
	case s.Format == "uuid" || s.Pattern != nil:
		return true
	case fake.Lot(exampleText(s)):
		return true
	case trailingNumber.MatchString(exampleText(s)):
		return false
	case words.Last(strings.Join(s.Words, "_")) == "name":
		return true
	}
	switch s.Semantic {
	case "", "id", "code":
		return false
	}
	return s.Semantic != "title" || len(s.Examples) == 0
}

func exampleText(s *fake.Shape) string {
	for _, v := range s.Examples {
		if t, ok := v.(string); ok {
			return t
		}
	}
	return ""
}

// makeUpKeys draws keys until enough differ; a small space of values makes a
// small table.
func (f *seeder) makeUpKeys(t *table, s *fake.Shape) {
	t.forms = keyForms(t.Columns[t.column(t.Key)], t.Entity)
	for _, v := range s.Examples {
		if len(t.keys) < t.size {
			t.addKey(v)
		}
	}
	for try := 0; len(t.keys) < t.size && try < 12*t.size+20; try++ {
		for len(t.draws) < len(t.keys) {
			t.draws = append(t.draws, -1) // an example, not drawn
		}
		m := f.newMaker(t, f.rand(t, "key", strconv.Itoa(try)), try+1)
		if t.addKey(m.Value(t.form(try))) {
			t.draws = append(t.draws, try)
		}
	}
	if len(t.keys) < t.size {
		t.leaveSome()
	}
	t.size = len(t.keys)
}

// leaveSome gives up some keys of a space that is used up, or nobody could make
// a row with a key of its own.
func (t *table) leaveSome() {
	n := len(t.keys) - len(t.keys)/4
	for _, text := range t.texts[n:] {
		delete(t.at, text)
	}
	t.keys, t.texts, t.draws = t.keys[:n], t.texts[:n], t.draws[:min(n, len(t.draws))]
}

// keyForms returns the shapes of a key of several forms; nil for one.
func keyForms(c scaler.Column, entity string) []*fake.Shape {
	var forms []*fake.Shape
	for _, form := range schema.Parse(c.Schema).List("anyOf") {
		c.Schema = pyjson.Marshal(form)
		forms = append(forms, fake.Column(c, entity))
	}
	return forms
}

// form is the shape of the key that a draw makes: each in turn, so that a table
// has rows of every one.
func (t *table) form(try int) *fake.Shape {
	if len(t.forms) > 0 {
		return t.forms[try%len(t.forms)]
	}
	return t.shapes[t.column(t.Key)]
}

var trailingNumber = regexp.MustCompile(`^(.*?)(\d+)$`)

// numberKeys counts up in the style of the specification's example, or of the
// entity's short name: ord_1001.
func (f *seeder) numberKeys(t *table, s *fake.Shape) {
	if s.Type == "integer" || s.Type == "number" {
		f.integerKeys(t, s)
		return
	}
	if f.sayKeys(t, s) {
		return
	}
	if kind := fake.KeyKind(s); kind != nil {
		f.drawKeys(t, kind)
		return
	}
	prefix, first, width := t.prefix+"_", 1001, 0
	if f.in.Cloud != "" && len(s.Examples) == 0 && (s.MaxLength < 0 || s.MaxLength >= 36) && s.Pattern == nil {
		f.cloudKeys(t, s)
		return
	}
	if at := trailingNumber.FindStringSubmatch(exampleText(s)); at != nil && len(at[2]) <= 15 {
		prefix, width = at[1], len(at[2])
		first, _ = strconv.Atoi(at[2])
	}
	if s.MaxLength > 0 && len(prefix)+4 > s.MaxLength {
		prefix = prefix[:max(0, s.MaxLength-4)]
	}
	for i := 0; len(t.keys) < t.size; i++ {
		t.addKey(fmt.Sprintf("%s%0*d", prefix, width, first+i))
	}
}

// sayKeys takes for keys what the specification lists in words: those are all
// there are.
func (f *seeder) sayKeys(t *table, s *fake.Shape) bool {
	if len(s.Examples) < 3 {
		return false
	}
	for _, v := range s.Examples {
		if text, ok := v.(string); !ok || strings.ContainsAny(text, "0123456789") {
			return false
		}
	}
	for _, v := range s.Examples {
		t.addKey(v)
	}
	t.size = len(t.keys)
	return true
}

// cloudKeys are what clouds give their things for keys: UUIDs, or long numbers.
func (f *seeder) cloudKeys(t *table, s *fake.Shape) {
	key := *s
	key.Semantic = "id"
	if key.Pattern == nil && f.in.Cloud == "azure" {
		key.Format = "uuid"
	}
	f.drawKeys(t, &key)
}

// drawKeys draws ids of a form that has room for more than a table needs.
func (f *seeder) drawKeys(t *table, form *fake.Shape) {
	for try := 0; len(t.keys) < t.size && try < 12*t.size+20; try++ {
		t.addKey(f.newMaker(t, f.rand(t, "key", strconv.Itoa(try)), try+1).Value(form))
	}
	t.size = len(t.keys)
}

func (f *seeder) integerKeys(t *table, s *fake.Shape) {
	first := int64(1001)
	if len(s.Examples) > 0 {
		if v, ok := s.Examples[0].(int64); ok && v < math.MaxInt32 {
			first = v
		}
	}
	if s.Min != nil && float64(first) < *s.Min {
		first = int64(math.Ceil(*s.Min))
	}
	if s.Max != nil && float64(first)+float64(t.size) > *s.Max {
		first = max(1, int64(*s.Max)-int64(t.size))
	}
	for i := int64(0); len(t.keys) < t.size; i++ {
		t.addKey(first + i)
	}
}
