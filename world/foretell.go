package world

import (
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// most is the most columns that texts give a table.
const most = 14

// foretell gives a table whose rows no result shows the columns that the texts
// of its tools speak of, and where those and what its writes store are next to
// nothing, those of its kind. It comes before arguments are bound, so that the
// animal_type which a search asks for is the type that the answer shows.
func (t *table) foretell() {
	if t.declared || t.event || t.kept {
		return
	}
	before, taken := len(t.Columns), t.taken()
	for _, o := range t.ops {
		if !describes(o.kind) && o.kind != scaler.Create {
			continue
		}
		for _, c := range told(o.tool.Description, t.Entity) {
			if len(t.Columns) < most && t.find(c.Name) == nil && !taken[snake(c.Name)] {
				t.add(c)
				o.note("its description speaks of", spoken(c.Name))
			}
		}
	}
	if n := t.telling() + len(t.stored()); n <= bare && (n < bare || !t.makes()) {
		t.addKind()
	}
	for _, c := range t.Columns[before:] {
		t.foretold = append(t.foretold, c.Name)
	}
}

// taken are the columns that arguments will make, which know more of them.
func (t *table) taken() map[string]bool {
	out := map[string]bool{}
	for _, o := range t.ops {
		for _, p := range o.params {
			out[snake(plainName(t.Entity, p.Name))] = true
		}
	}
	return out
}

// askedFirst moves what was foretold behind what is asked and stored.
func (t *table) askedFirst() {
	slices.SortStableFunc(t.Columns, func(a, b scaler.Column) int {
		return t.late(a) - t.late(b)
	})
}

func (t *table) late(c scaler.Column) int {
	if c.Name != t.Key && slices.Contains(t.foretold, c.Name) {
		return 1
	}
	return 0
}

// stored are the columns that arguments of writes will make.
func (t *table) stored() map[string]bool {
	out := map[string]bool{}
	for _, o := range t.ops {
		if o.kind != scaler.Create && o.kind != scaler.Update {
			continue
		}
		for _, p := range o.params {
			if n := snake(p.Name); p.In != "path" && !strongID(p.Name) && !displays[n] && !whereabouts[n] && t.find(p.Name) == nil {
				out[n] = true
			}
		}
	}
	return out
}

// telling is how many columns say something of a row: keys, names and where it
// lies do not.
func (t *table) telling() int {
	n := 0
	for _, c := range t.Columns {
		if c.Name != t.Key && c.Ref == "" && c.Name != "created_at" && c.Name != "name" && !whereabouts[snake(c.Name)] {
			n++
		}
	}
	return n
}

// addKind gives the table the fields of the kind of things that it holds, and
// says whether any is known.
func (t *table) addKind() bool {
	t.kind = archetypeOf(t.Entity, t.about())
	if t.kind == nil {
		return false
	}
	t.addFields(t.kind)
	t.noteAll("assumed: what such a thing usually has")
	return true
}

func (t *table) addFields(fields []scaler.Column) {
	taken, makes := t.taken(), t.makes()
	for _, c := range fields {
		if twin := twins[c.Name]; twin != "" && t.find(twin) != nil {
			continue
		}
		if !taken[c.Name] && !t.heldApart(c.Name) && t.find(c.Name) == nil && t.find(plainName(t.Entity, c.Name)) == nil {
			c.Nullable = c.Nullable || makes && c.Name != "created_at"
			c.Assumed = true
			t.add(c)
		}
	}
}

// makes says whether some tool makes rows of the table.
func (t *table) makes() bool {
	return t.within || slices.ContainsFunc(t.ops, func(o *op) bool { return o.kind == scaler.Create })
}

// pointAt gives the one row of a table about which nothing is known the things
// that its tools speak of: the goal and the step that are in focus.
func (t *table) pointAt(a *atlas) {
	if !t.alone || t.declared || len(t.Columns) > 1 {
		return
	}
	for _, to := range a.tables {
		for _, o := range t.ops {
			said := words.Split(o.tool.Description)
			if to != t && to.of(o.tool.Service) && !to.alone && !to.event && slices.Contains(said, lastWord(to.Entity)) && t.find(to.Entity+"_id") == nil {
				t.add(scaler.Column{Name: to.Entity + "_id", Type: to.column(to.Key).Type})
			}
		}
	}
}

// wordKind gives columns that arguments made, and that nobody describes, the
// words that things of the kind have there.
func (t *table) wordKind() {
	for _, field := range t.kind {
		if c := t.find(field.Name); c != nil && c.Type == field.Type && c.Ref == "" && len(c.Enum) == 0 && len(c.Examples) == 0 && c.Format == "" {
			c.Examples = field.Enum
		}
	}
}

func (t *table) noteAll(text string) {
	for _, o := range t.ops {
		o.note(text)
	}
}

// steers says whether an argument of a read chooses how an answer is made and
// not what it is about: how far around, how deep, in which units.
func (p param) steers() bool {
	w := words.Split(p.Name)
	if len(w) == 0 {
		return false
	}
	return steering[w[len(w)-1]] || leading[w[0]] || shownBy[w[0]] && p.Schema.Type() == "boolean"
}

// bounds says whether an argument is by its name the end of a span of time, of
// which the rows know nothing.
func (p param) bounds() bool {
	w := words.Split(p.Name)
	n := len(w) - 1
	return n > 0 && (ranges[w[0]] != "" && timeWords[w[n]] || ranges[w[n]] != "" && timeWords[w[n-1]])
}

var (
	timeWords = wordSet("time date timestamp day datetime year month created updated modified")

	steering = wordSet(`depth radius days hours minutes unit units precision threshold tolerance granularity interval timeframe recursive strict
		deep fuzzy safesearch nsfw compact wait retries retry cache cached style theme encoding delimiter indent tokens results
		sources provider engine engines model seed temperature pages parallel stream streaming callback proxy headless useragent apikey token
		method hops levels retrieve return since until offset cursor lookback concurrency chunk timeout ms pattern patterns regex glob
		lines context gte lte gt lt neq`)
	leading = wordSet("include exclude with show hide use enable disable skip return expand max min number num force follow ignore allow should only no")
)
