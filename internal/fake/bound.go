package fake

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// A market is the trades that a table is of, and what they say of each shape
// that was asked for.
type market struct {
	first  []*trade // asked before any other
	alone  bool     // nobody else is asked
	trades []*trade
	known  sync.Map // topic -> *bound, nil where they say nothing
}

// A bound is what a trade says of a shape: a field of a record, or else values,
// a range, or sentences.
type bound struct {
	trade  *trade
	record *record
	field  int
	group  string // which of several records in the row: "home" of home_team
	own    bool   // the row is one of the record's kind

	values []string
	span   *span
	texts  []string
}

// bound returns what the trades of the row say of a shape.
func (m *Maker) bound(s *Shape) *bound {
	if len(s.Words) == 0 {
		return nil
	}
	if m.In.market == nil {
		return (&market{}).bind(s)
	}
	about := topicOf(s)
	if b, ok := m.In.market.known.Load(about); ok {
		return b.(*bound)
	}
	b := m.In.market.bind(s)
	m.In.market.known.Store(about, b)
	return b
}

// A topic is all of a shape that trades look at. Shapes are copied on the way, so
// they are not remembered themselves.
type topic struct{ words, entity, kind, items, semantic string }

func topicOf(s *Shape) topic {
	about := topic{words: strings.Join(s.Words, " "), entity: s.Entity, kind: s.Type, semantic: s.Semantic}
	if s.Items != nil {
		about.items = s.Items.Type
		if len(s.Items.Enum) > 0 {
			about.items += " listed"
		}
	}
	return about
}

// bind asks the trades that the shape's own words reveal, then those of its
// table and of its world.
func (k *market) bind(s *Shape) *bound {
	if s.Type == "array" && s.Items != nil && (s.Items.Type == "object" || len(s.Items.Enum) > 0) {
		return nil // its items say themselves what they are
	}
	thing := words.Split(s.Entity)
	list := k.asked(slices.Concat(thing, s.Words))
	for _, find := range []func(*trade, *Shape, []string) *bound{(*trade).field, (*trade).line, (*trade).text} {
		for _, t := range list {
			if b := find(t, s, thing); b != nil {
				return b
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list[0].plainText(s)
}

// asked lists the trades in the order in which they are asked about words.
func (k *market) asked(of []string) []*trade {
	list := slices.Clone(k.first)
	if !k.alone {
		list = append(list, revealed(of)...)
	}
	for _, t := range k.trades {
		if !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

// names returns what things are called that a name is of, and by which trade.
func (k *market) names(s *Shape) (*trade, []string) {
	if k == nil {
		return nil, nil
	}
	list, own := owners(s), heads(s)
	trades := k.asked(words.Split(s.Entity))
	for i, w := range own {
		for _, t := range trades {
			if i+1 < len(list) {
				if names := t.names[list[i+1]+" "+w]; names != nil {
					return t, names
				}
			}
			if names := t.names[w]; names != nil {
				return t, names
			}
		}
	}
	return nil, nil
}

// calls says whether a trade knows what the thing of a name is called.
func (k *market) calls(s *Shape) bool {
	t, _ := k.names(s)
	return t != nil
}

// nameInTrade makes a name that things of the kind have in the row's trades.
func (m *Maker) nameInTrade(s *Shape) (any, bool) {
	t, names := m.In.market.names(s)
	if t == nil {
		return nil, false
	}
	return m.expand(names[m.nth(len(names))], t, s), true
}

// nth is one of n, another for each row until all had their turn.
func (m *Maker) nth(n int) int {
	if m.Turn > 0 && len(m.path) == 0 {
		return (m.In.number(n) + m.Turn*stride(n)) % n
	}
	return m.Rand.IntN(n)
}

// field finds the field of a record that a shape is: species of an animal, or
// animal_species of its visit to the vet.
func (t *trade) field(s *Shape, thing []string) *bound {
	if s.Type == "object" || s.Type == "boolean" || s.Type == "array" && s.Items != nil && s.Items.Type == "object" {
		return nil
	}
	for _, r := range t.records {
		entity := r.kindAt(thing)
		for n := min(3, len(s.Words)); n > 0; n-- {
			before := s.Words[:len(s.Words)-n]
			kind := r.kindAt(before)
			own := entity > 0 && (len(before) == 0 || kind == len(before))
			if !own && kind == 0 {
				continue
			}
			at := r.fieldNamed(singulars(s.Words[len(before):]))
			if at < 0 || !r.fits(at, s) {
				continue
			}
			group := strings.Join(before[:len(before)-kind], " ")
			if entity > 0 && len(before) == 0 {
				group = strings.Join(thing[:len(thing)-entity], " ")
			}
			return &bound{trade: t, record: r, field: at, group: group, own: own}
		}
		if n := r.kindAt(s.Words); n > 0 && entity == 0 && !pictured[s.Words[len(s.Words)-1]] && r.fits(0, s) && s.Type != "integer" && s.Type != "number" {
			return &bound{trade: t, record: r, group: strings.Join(s.Words[:len(s.Words)-n], " ")}
		}
	}
	return nil
}

// pictured are things of which a column holds where they are, not how they are
// called.
var pictured = flags("photo image picture asset poster trailer photograph wallpaper media file video clip stream card")

// kindAt says how many of the last words are the word for what the record
// lists; 0 where they are not.
func (r *record) kindAt(list []string) int {
	for n := min(2, len(list)); n > 0; n-- {
		if slices.Contains(r.kinds, strings.Join(singulars(list[len(list)-n:]), " ")) {
			return n
		}
	}
	return 0
}

func (r *record) fieldNamed(list []string) int {
	name := strings.Join(list, " ")
	return slices.IndexFunc(r.fields, func(f recordField) bool { return slices.Contains(f.phrases, name) })
}

// fits says whether a field's values are of the shape's type.
func (r *record) fits(at int, s *Shape) bool {
	return r.fields[at].numeric || s.Type != "integer" && s.Type != "number"
}

func singulars(list []string) []string {
	out := slices.Clone(list)
	if last := len(out) - 1; last >= 0 {
		out[last] = words.Singular(out[last])
	}
	return out
}

// line finds the values or the range that the end of a name has in a trade:
// "goal" of a campaign may stand there as "campaign goal".
func (t *trade) line(s *Shape, thing []string) *bound {
	for _, phrase := range endings(s.Words, thing) {
		if r, ok := t.numbers[phrase]; ok && (s.Type == "integer" || s.Type == "number") {
			return &bound{trade: t, span: &r}
		}
		if v, ok := t.columns[phrase]; ok && (s.Type == "string" || s.Type == "" || s.Type == "array") {
			return &bound{trade: t, values: v}
		}
	}
	return nil
}

// endings lists how a name ends, the longest first; its last word may have its
// entity before it.
func endings(name, thing []string) []string {
	name = singulars(name)
	var out []string
	if len(name) == 1 && len(thing) > 0 {
		out = append(out, words.Singular(thing[len(thing)-1])+" "+name[0])
	}
	for n := min(3, len(name)); n > 0; n-- {
		out = append(out, strings.Join(name[len(name)-n:], " "))
	}
	return out
}

// kindsOfText says what kind of text a meaning is, where no sentence is for the
// column itself.
var kindsOfText = map[string]string{"sentence": "description", "paragraph": "description", "summary": "description",
	"message": "message", "note": "note", "title": "title", "reason": "reason"}

// text finds the sentences for a column, by its name or by the kind of text
// that it is.
func (t *trade) text(s *Shape, thing []string) *bound {
	if s.Type != "string" && s.Type != "" {
		return nil
	}
	last := words.Singular(s.Words[len(s.Words)-1])
	for _, phrase := range endings(s.Words, thing) {
		if list, ok := t.texts[phrase]; ok && (phrase != last || !plainTexts[last]) {
			return &bound{trade: t, texts: list}
		}
	}
	return nil
}

// plainTexts are words for texts that every trade has: only the first trade of
// a table says what stands there.
var plainTexts = flags("title description message note comment text body content summary subject reason reply input output result response answer")

// plainText finds the sentences for such a column, and for a text of no known
// name by the kind that it is.
func (t *trade) plainText(s *Shape) *bound {
	if s.Type != "string" && s.Type != "" {
		return nil
	}
	tries := []string{}
	if last := words.Singular(s.Words[len(s.Words)-1]); plainTexts[last] && len(s.Words) == 1 {
		tries = append(tries, last)
	}
	if kind := kindsOfText[s.Semantic]; kind != "" {
		for _, w := range owners(s) {
			tries = append(tries, w+" "+kind)
		}
		tries = append(tries, kind)
	}
	for _, phrase := range tries {
		if list, ok := t.texts[phrase]; ok {
			return &bound{trade: t, texts: list}
		}
	}
	return nil
}

// spoken makes the value that a trade has for a shape.
func (m *Maker) spoken(b *bound, s *Shape) any {
	switch {
	case b.record != nil:
		return m.cell(b)
	case b.span != nil:
		x := m.Rand.Float64()
		return rounded(b.span.low+float64((b.span.high-b.span.low)*float64((x+float64(x*x))/2)), b.span.places)
	case b.texts != nil:
		return m.expand(m.one(b.texts), b.trade, s)
	}
	return m.expand(m.usual(b.values), b.trade, s)
}

// cameOut is a day in the year in which what the row's record is about came out.
func (m *Maker) cameOut(s *Shape) (time.Time, bool) {
	b := m.bound(&Shape{Entity: s.Entity, Words: []string{"year"}, Type: "integer", MaxLength: -1})
	if b == nil || b.record == nil {
		return time.Time{}, false
	}
	year, _ := pyjson.Number(m.cell(b))
	day := m.entry(b)
	return time.Date(int(year), time.Month(1+day%12), 1+(day*7)%28, 0, 0, 0, 0, time.UTC), true
}

func rounded(x float64, places int) any {
	text := strconv.FormatFloat(x, 'f', places, 64)
	if places == 0 {
		n, _ := strconv.ParseInt(text, 10, 64)
		return n
	}
	out, _ := strconv.ParseFloat(text, 64)
	return out
}

// cell is what the row's record says in a field.
func (m *Maker) cell(b *bound) any {
	text := b.record.rows[m.entry(b)][b.field]
	if b.record.fields[b.field].numeric {
		x, _ := strconv.ParseFloat(text, 64)
		if x == float64(int64(x)) {
			return int64(x)
		}
		return x
	}
	return m.expand(text, b.trade, &Shape{})
}

// entry is which of the record's things the row is about: rows take turns, and
// the two teams of a match differ.
func (m *Maker) entry(b *bound) int {
	key := m.entryKey(b.record, b.group)
	if at, ok := m.entries[key]; ok {
		return at
	}
	at := m.Rand.IntN(len(b.record.rows))
	if b.own && m.Turn > 0 && len(m.path) == 0 {
		at = m.nth(len(b.record.rows))
	} else if b.group != "" || len(m.path) > 0 {
		at = m.another(b.record, at)
	}
	m.entries[key] = at
	return at
}

func (m *Maker) entryKey(r *record, group string) string {
	return r.of.name + " " + r.kinds[0] + " " + group + " " + strings.Join(m.path, " ")
}

// another is the first thing from at on that the row does not speak of yet.
func (m *Maker) another(r *record, at int) int {
	prefix := r.of.name + " " + r.kinds[0] + " "
	used := map[int]bool{}
	for key, i := range m.entries {
		if strings.HasPrefix(key, prefix) {
			used[i] = true
		}
	}
	for range r.rows {
		if !used[at] {
			break
		}
		at = (at + 1) % len(r.rows)
	}
	return at
}

// stride is a step that visits every one of n.
func stride(n int) int {
	for _, p := range []int{7, 11, 13, 17} {
		if n%p != 0 {
			return p
		}
	}
	return 1
}

// chosen takes the entry whose field is v for the row's, where the row has none
// yet; it says whether the row's entry says v.
func (m *Maker) chosen(b *bound, v string) bool {
	key := m.entryKey(b.record, b.group)
	says := func(at int) bool { return strings.EqualFold(b.record.rows[at][b.field], v) }
	if at, ok := m.entries[key]; ok {
		return says(at)
	}
	n := len(b.record.rows)
	first := m.entry(b)
	for i := range n {
		if at := (first + i) % n; says(at) {
			m.entries[key] = at
			return true
		}
	}
	return false
}
