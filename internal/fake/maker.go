// Package fake makes believable values: for a column of a table, for an
// argument of a tool, for anything a JSON Schema describes.
//
// Values made by one Maker hang together: the e-mail address is that of the
// person, the zip code lies in the city, what was shipped had been ordered.
// What a value is about is its Semantic, guessed from its name where nobody
// says it; Semantics is the one table of them.
package fake

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/brianvoe/gofakeit/v7"
)

// A Maker makes the values of one row, or of one call.
type Maker struct {
	Rand *rand.Rand
	Now  time.Time // dates lie before it, or after it where they are plans

	// Status is where the row stands ("delivered"); a date that belongs to
	// another state keeps to it. Empty where the row has no states.
	Status string

	// In is what all values of the world have in common, Key the row's key where
	// it is known.
	In  Setting
	Key string

	// NotBefore is when the things that the row refers to came to be.
	NotBefore time.Time

	// Ahead says that the values are asked for, not found: a date is one to
	// come unless its name says otherwise.
	Ahead bool

	// Settled says that other things refer to this one, so that it was not made
	// just now.
	Settled bool

	// Turn is which of its table's rows this is, from 1; 0 where nothing counts
	// them. Rows take turns in being about what a trade knows.
	Turn int

	// Beside, where set, lists what the row holds already, for what is written
	// about it.
	Beside func() []Beside

	// Refer, where set, fills a property that names a row of another table
	// ("product_id" inside an item), with the row whose fields may be repeated
	// beside it, if it is made already. inList says that it stands in a list.
	Refer func(s *Shape, inList bool) (key any, row *pyjson.Object, ok bool)

	faker    *gofakeit.Faker
	subjects map[string]*subject
	entries  map[string]int // of records of trades, which one the row is about
	path     []string       // what the value being made is inside of
	life     *timeline
	numbered string // the one column of the row that may carry a number for want of a name
	currency string // of all amounts in the row; empty until one is named
}

// New returns a Maker that draws from rng, at the time now.
func New(rng *rand.Rand, now time.Time) *Maker {
	return &Maker{Rand: rng, Now: now, faker: gofakeit.NewFaker(rng, false), subjects: map[string]*subject{}, entries: map[string]int{}}
}

// Value returns a value of the shape, drawn from rng.
func Value(rng *rand.Rand, now time.Time, s *Shape) any { return New(rng, now).Value(s) }

// Value returns a value of the shape, as pyjson holds it. It is null only where
// nothing else is allowed.
func (m *Maker) Value(s *Shape) any {
	b := m.bound(s)
	if len(s.Enum) > 0 {
		return m.listed(s, b)
	}
	scalar := s.Type != "object" && s.Type != "array"
	if n := len(s.Examples); n > 0 && m.chance(m.shareOfExamples(s, b, scalar)) {
		if v := s.Examples[m.Rand.IntN(n)]; m.agrees(s, v) && (b == nil || b.record == nil || m.chosen(b, asText(v))) {
			return v
		}
	}
	if b != nil {
		return m.inTrade(b, s)
	}
	if text := m.exampleOf(s); text != "" && coded[s.Semantic] && scalarText(s) && !m.Ahead {
		if v := m.like(text); (v != text || s.Semantic == "") && s.allowsText(v) {
			return v
		}
	}
	if text := exampleText(s); (s.Semantic == "url" || s.Semantic == "self") && strings.Contains(text, "://") {
		if v := m.urlLike(text, s); s.allowsText(v) {
			return v
		}
	}
	switch s.Type {
	case "object":
		return m.object(s)
	case "array":
		return m.array(s)
	case "null":
		return nil
	}
	return m.Fit(m.scalar(s), s)
}

// listed chooses from an enum: what the row's record says, where that is one of
// its values.
func (m *Maker) listed(s *Shape, b *bound) any {
	list := s.telling()
	if b != nil && b.record != nil {
		first := m.Rand.IntN(len(list))
		for i := range list {
			if v := list[(first+i)%len(list)]; m.chosen(b, asText(v)) {
				return v
			}
		}
	}
	if good := s.settledState(list); len(good) > 0 && m.chance(0.6) {
		return m.pick(good)
	}
	return m.pick(list)
}

// inTrade makes what a trade has for the shape, in the way the shape wants it.
func (m *Maker) inTrade(b *bound, s *Shape) any {
	if s.Type != "array" {
		v := m.spoken(b, s)
		if text, ok := v.(string); ok && strings.Contains(text, "; ") && b.record != nil {
			v = strings.ReplaceAll(text, "; ", ", ")
		}
		return m.Fit(v, s)
	}
	item := s.Items
	if item == nil {
		item = &Shape{Type: "string", MaxLength: -1}
	}
	out := []any{}
	if b.record != nil {
		for _, v := range strings.Split(asText(m.cell(b)), "; ") {
			out = append(out, m.Fit(v, item))
		}
		return out
	}
	for range m.length(s) {
		if v := m.Fit(m.spoken(b, s), item); !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// shareOfExamples is how often an example is used where a trade knows more of
// its kind.
func (m *Maker) shareOfExamples(s *Shape, b *bound, scalar bool) float64 {
	share := s.exampleShare(len(s.Examples), scalar)
	if b == nil || len(Listed(s.Doc)) > 0 {
		return share
	}
	return min(share, 0.1*float64(len(s.Examples)))
}

// agrees says whether an example can stand beside what the row says already;
// the name of a person decides what comes after it.
func (m *Maker) agrees(s *Shape, v any) bool {
	name, ok := v.(string)
	switch {
	case !ok || !scalarText(s):
		return true
	case strings.HasPrefix(s.Semantic, "person."), s.Semantic == "name" && m.ofPerson(s):
		return m.become(s, name)
	case s.Semantic == "currency" && (m.currency == "" || m.currency == name) && m.In.Locale == "":
		m.currency = name
		return true
	case s.Semantic == "currency":
		return false
	case placed[s.Semantic]:
		return m.settleIn(s, name)
	case s.Semantic == "email" || s.Semantic == "username":
		return false // it is somebody else's
	}
	return true
}

func scalarText(s *Shape) bool { return s.Type == "string" || s.Type == "" }

// exampleShare is how often an example of the specification is used as it is:
// one example must not fill a whole table.
func (s *Shape) exampleShare(n int, scalar bool) float64 {
	switch {
	case !scalar:
		return 0.1
	case personal[s.Semantic]:
		return 0.03 * float64(n)
	case n > 1 && s.Few():
		return 1 // it lists what there is
	case s.Few() || s.Semantic == "" && scalarText(s):
		return 1 - 0.4/float64(n) // nothing better is known
	case strings.HasPrefix(s.Semantic, "date"), s.Semantic == "owner", s.Semantic == "repository", s.Semantic == "subscription", s.Semantic == "resource.group":
		return 0 // it has to agree with the row
	case s.Semantic == "url" || s.Semantic == "self" || s.Semantic == "image":
		return 0.02
	case s.Semantic == "domain" || s.Semantic == "hostname":
		return 0.05
	case len(Listed(s.Doc)) > 0:
		return 1
	case coded[s.Semantic]:
		return 0.05 * float64(n)
	}
	return 1 - 1/float64(n+1)*float64(3)/2
}

// personal are meanings of which everybody has their own.
var personal = flags("person.name person.first_name person.last_name email phone username date.birth card.number iban")

// scalar makes a value by what the shape is about, whatever its type.
func (m *Maker) scalar(s *Shape) any {
	if s.Type == "integer" || s.Type == "number" && s.Semantic != "money" {
		if v, ok := m.spanned(s); ok {
			return v
		}
	}
	if s.Pattern != nil && s.Semantic == "" && !(s.Type == "string" && s.allowsText(freeText)) {
		return m.fromPattern(s)
	}
	if m.In.Cloud != "" && s.Few() && s.Words[len(s.Words)-1] == "name" {
		if _, known := m.In.namesOf(s); known != nil {
			return m.label(s)
		}
	}
	if sem, ok := byName[s.Semantic]; ok {
		return sem.Make(m, s)
	}
	return m.anything(s)
}

// freeText is what only a pattern for any text allows.
const freeText = "A plain text, really."

// anything makes a value where the name says nothing.
func (m *Maker) anything(s *Shape) any {
	switch s.Type {
	case "boolean":
		return m.flag(s)
	case "integer":
		return m.wholeNumber(s)
	case "number":
		if !s.Fractional() {
			return m.wholeNumber(s)
		}
		return m.amount(s)
	}
	return m.filler(s)
}

func (m *Maker) object(s *Shape) any {
	o := &pyjson.Object{}
	m.path = append(m.path, groupWords(s.Words)...)
	depth := len(m.path) - len(groupWords(s.Words))
	defer func() { m.path = m.path[:depth] }()
	if m.emptyFault(s) {
		return o
	}
	source := m.referred(s, o)
	m.pair(s, o)
	defer m.standing(s, o)()
	fields := s.Fields
	if s.Counted() {
		fields = s.Some(m.Rand, func(Field) bool { return !m.chance(0.12) })
	}
	for _, f := range fields {
		if _, done := o.Get(f.Shape.Name); done {
			continue
		}
		if !f.Required && !s.Counted() && m.chance(0.12) {
			continue
		}
		if v, ok := copied(source, f.Shape); ok {
			o.Set(f.Shape.Name, v)
		} else if f.Shape.Nullable && m.chance(0.1) {
			o.Set(f.Shape.Name, nil)
		} else {
			o.Set(f.Shape.Name, m.Value(f.Shape))
		}
	}
	if len(s.Fields) == 0 && s.Others != nil {
		m.fillMap(s, o)
	}
	orderStatistics(o)
	return inOrder(o, s)
}

// emptyFault says whether an object tells of an error that has not occurred.
func (m *Maker) emptyFault(s *Shape) bool {
	if m.In.Cloud == "" || len(s.Words) == 0 || s.Words[len(s.Words)-1] != "error" || m.failed() {
		return false
	}
	return !slices.ContainsFunc(s.Fields, func(f Field) bool { return f.Required })
}

// standing draws where an object stands before what has to agree with it; what
// it returns goes back to where the row stands.
func (m *Maker) standing(s *Shape, o *pyjson.Object) (back func()) {
	row := m.Status
	for _, f := range s.Fields {
		if len(f.Shape.Enum) > 0 && f.Shape.IsStatus() {
			v := m.Value(f.Shape)
			o.Set(f.Shape.Name, v)
			m.Status = asText(v)
			break
		}
	}
	return func() { m.Status = row }
}

// referred fills the property of s that names another row, and returns that row.
func (m *Maker) referred(s *Shape, o *pyjson.Object) *pyjson.Object {
	if m.Refer == nil {
		return nil
	}
	inList := slices.ContainsFunc(m.path, func(step string) bool { return step[0] == '#' })
	for _, f := range s.Fields {
		if key, row, ok := m.Refer(f.Shape, inList); ok {
			o.Set(f.Shape.Name, key)
			return row
		}
	}
	return nil
}

// copied returns the value that a property repeats from the row its object refers to.
func copied(row *pyjson.Object, s *Shape) (any, bool) {
	if row == nil || s.Type == "object" || s.Type == "array" {
		return nil, false
	}
	switch s.Words[len(s.Words)-1] {
	case "id", "quantity", "qty", "status", "at", "note", "notes":
		return nil, false
	}
	v, ok := row.Get(s.Name)
	if !ok || v == nil || !s.Allows(v) {
		return nil, false
	}
	return v, true
}

// inOrder returns o with its keys in the order of the shape.
func inOrder(o *pyjson.Object, s *Shape) *pyjson.Object {
	out := &pyjson.Object{}
	for _, f := range s.Fields {
		if v, ok := o.Get(f.Shape.Name); ok {
			out.Set(f.Shape.Name, v)
		}
	}
	for k, v := range o.All() {
		out.Set(k, v)
	}
	return out
}

func (m *Maker) array(s *Shape) any {
	n := m.length(s)
	out := make([]any, 0, n)
	item := s.Items
	if item == nil {
		item = &Shape{Name: s.Name, Words: s.Words, Entity: s.Entity, Type: "string", Semantic: "tag", MaxLength: -1}
	}
	distinct := s.Distinct || item.Type != "object" && item.Type != "array"
	seen := map[string]bool{}
	for try := 0; len(out) < n && try < 8*n+8; try++ {
		m.path = append(m.path, "#"+string(rune('a'+try%26)))
		v := m.Value(item)
		m.path = m.path[:len(m.path)-1]
		if key := string(pyjson.Canonical(v)); distinct && seen[key] {
			continue
		} else {
			seen[key] = true
		}
		out = append(out, v)
	}
	for !s.Distinct && len(out) < min(s.MinLength, mostItems) && len(out) > 0 {
		out = append(out, out[len(out)%len(seen)])
	}
	return out
}

// What a schema may demand at most, and still get: a hostile one must not cost
// more than a slow call.
const (
	mostItems = 200
	mostText  = 4000
)

// length draws how many items an array has: few, seldom many.
func (m *Maker) length(s *Shape) int {
	n := 1 + int(m.Rand.ExpFloat64()*1.2)
	n = min(n, 6)
	if s.Items != nil && len(s.Items.Enum) > 0 {
		n = min(n, len(s.Items.Enum))
	}
	if s.MaxLength >= 0 {
		n = min(n, s.MaxLength)
	}
	return min(max(n, s.MinLength), mostItems)
}

// pick chooses a value, the earlier ones more often: specifications tend to
// name the usual first.
func (m *Maker) pick(values []any) any {
	n := float64(len(values))
	i := int(n * math.Pow(m.Rand.Float64(), 1.3))
	return values[min(i, len(values)-1)]
}

func (m *Maker) chance(p float64) bool { return m.Rand.Float64() < p }

// one chooses one of the words.
func (m *Maker) one(list []string) string { return list[m.Rand.IntN(len(list))] }
