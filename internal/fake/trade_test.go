package fake

import (
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// Every trade's file says what reveals it, is asked for in the words that the
// code looks for, and holds nothing twice.
func TestTradeFiles(t *testing.T) {
	for _, tr := range allTrades().list {
		if len(tr.tells) < 5 {
			t.Errorf("%s: five words or more have to reveal a trade", tr.name)
		}
		for _, phrases := range [][]string{sorted(tr.tells), sorted(tr.names), sorted(tr.columns), sorted(tr.numbers), sorted(tr.texts)} {
			for _, p := range phrases {
				tr.checkPhrase(t, p)
			}
		}
		for _, lists := range []map[string][]string{tr.lists, tr.names, tr.columns, tr.texts} {
			for _, key := range sorted(lists) {
				tr.checkValues(t, key, lists[key])
			}
		}
		for _, r := range tr.records {
			r.check(t)
		}
	}
}

// checkPhrase holds a phrase against how names are split.
func (tr *trade) checkPhrase(t *testing.T, phrase string) {
	t.Helper()
	if list := words.Split(phrase); strings.Join(list, " ") != phrase || len(list) > 3 {
		t.Errorf("%s: names never end %q", tr.name, phrase)
	}
}

func (tr *trade) checkValues(t *testing.T, key string, values []string) {
	t.Helper()
	for i, v := range values {
		if strings.TrimSpace(v) != v || v == "" {
			t.Errorf("%s: %s holds %q", tr.name, key, v)
		}
		if i > 0 && slices.Contains(values[:i], v) {
			t.Errorf("%s: %s holds %q twice", tr.name, key, v)
		}
		for _, at := range braces.FindAllString(v, -1) {
			tr.checkFilling(t, key, at[1:len(at)-1])
		}
	}
}

func (tr *trade) checkFilling(t *testing.T, key, word string) {
	t.Helper()
	_, err := readSpan(word)
	if err != nil && !strings.Contains(word, "|") && tr.lists[word] == nil && fillings[word] == nil && tr.fieldOf(word, &Shape{}) == nil {
		t.Errorf("%s: %s: nothing fills {%s}", tr.name, key, word)
	}
}

// check sees that a record has enough rows, none twice, and nothing empty.
func (r *record) check(t *testing.T) {
	t.Helper()
	at := r.of.name + " " + r.kinds[0]
	if len(r.rows) < 8 {
		t.Errorf("%s: %d rows", at, len(r.rows))
	}
	seen := map[string]bool{}
	for _, k := range r.kinds {
		r.of.checkPhrase(t, k)
	}
	for _, f := range r.fields {
		for _, p := range f.phrases {
			r.of.checkPhrase(t, p)
			if seen["field "+p] {
				t.Errorf("%s: two fields are %q", at, p)
			}
			seen["field "+p] = true
		}
	}
	for _, row := range r.rows {
		if seen[row[0]] {
			t.Errorf("%s: %q stands twice", at, row[0])
		}
		seen[row[0]] = true
		for _, cell := range row {
			if strings.TrimSpace(cell) != cell || cell == "" {
				t.Errorf("%s: %q", at, row)
			}
			for _, brace := range braces.FindAllString(cell, -1) {
				r.of.checkFilling(t, at, brace[1:len(brace)-1])
			}
		}
	}
}

// makerOf returns a maker for the rows of a table, and a function that makes
// the value of a column.
func makerOf(t scaler.Table, turn int) func(column string) any {
	m := New(scaler.Rand(uint64(turn), "row"), now)
	m.In, m.Turn = SettingOf(scaler.Schema{Tables: []scaler.Table{t}}).Of(t.Name), turn
	return func(column string) any {
		c, _ := t.Column(column)
		return m.Value(Column(c, t.Entity))
	}
}

func tableOf(entity string, columns ...string) scaler.Table {
	t := scaler.Table{Name: words.Plural(entity), Entity: entity, Key: "id"}
	for _, c := range columns {
		name, typ, typed := strings.Cut(c, " ")
		if !typed {
			typ = "string"
		}
		t.Columns = append(t.Columns, scaler.Column{Name: name, Type: typ})
	}
	return t
}

// The fields of a row are about one thing: a Maine Coon is no dog, whatever
// column comes first.
func TestRecordsAgree(t *testing.T) {
	pets := tableOf("pet", "breed", "species", "name", "weight number")
	kinds := map[string]string{}
	for _, r := range allTrades().byName["animals"].records[:1] {
		for _, row := range r.rows {
			kinds[row[2]] = row[1]
		}
	}
	names := map[any]bool{}
	for turn := 1; turn <= 20; turn++ {
		make := makerOf(pets, turn)
		breed, species := make("breed"), make("species")
		if kinds[breed.(string)] != species {
			t.Errorf("a %v of breed %v", species, breed)
		}
		names[make("name")] = true
	}
	if len(names) != 20 {
		t.Errorf("20 pets have %d names", len(names))
	}
}

// What no trade and no name tells says nothing of another: no person, no place
// and no sentence of an office in a table of which nothing is known.
func TestUnknownStaysNeutral(t *testing.T) {
	neutral := slices.Concat(plainWords, plainTells)
	table := tableOf("quibble", "name", "description", "flurb", "poscar", "blend_style", "content", "comment")
	for turn := 1; turn <= 25; turn++ {
		make := makerOf(table, turn)
		for column, begins := range map[string]string{"name": "Quibble ", "description": "Quibble ", "flurb": "flurb ", "poscar": "poscar "} {
			if v, _ := make(column).(string); !strings.HasPrefix(v, begins) && !slices.Contains(neutral, v) {
				t.Errorf("%s: %q", column, v)
			}
		}
		if v := make("blend_style"); !slices.Contains(plainChoices, v.(string)) {
			t.Errorf("blend_style: %q", v)
		}
		for _, column := range []string{"description", "content", "comment"} {
			v, _ := make(column).(string)
			for _, p := range places {
				if strings.Contains(v, p.city) {
					t.Errorf("%s speaks of a place: %q", column, v)
				}
			}
		}
	}
}

// A noun means what it means in the trade of its table.
func TestTradesOf(t *testing.T) {
	for want, table := range map[string]scaler.Table{
		"chemistry": tableOf("structure", "chemical_formula", "space_group", "band_gap number"),
		"games":     tableOf("champion", "title", "role", "lane"),
		"animals":   tableOf("pet", "breed", "microchip"),
		"flights":   tableOf("flight", "airline", "departure_airport", "gate"),
		"stocks":    tableOf("quote", "ticker", "dividend", "market_cap number"),
		"":          tableOf("cluster", "subnet", "replicas integer", "version"),
	} {
		got := TradesOf(scaler.Schema{Tables: []scaler.Table{table}}, nil)[table.Name]
		if want == "" && len(got) > 0 || want != "" && (len(got) == 0 || got[0] != want) {
			t.Errorf("%s is of %v, want %q", table.Name, got, want)
		}
	}
	formula := makerOf(tableOf("structure", "chemical_formula", "space_group", "band_gap number"), 3)("chemical_formula").(string)
	if strings.ContainsAny(formula, " >") {
		t.Errorf("a formula is %q", formula)
	}
}

// Both teams of a match are teams, and not the same.
func TestTwoOfAKind(t *testing.T) {
	for turn := 1; turn <= 30; turn++ {
		make := makerOf(tableOf("match", "home_team", "away_team", "league", "stadium"), turn)
		if home, away := make("home_team"), make("away_team"); home == away {
			t.Errorf("%v plays itself", home)
		}
	}
}

// Somebody whom a trade names is who the e-mail of the row belongs to.
func TestTradeKnowsThePerson(t *testing.T) {
	holders := tableOf("policyholder", "email", "name", "deductible number", "insurer")
	for turn := 1; turn <= 20; turn++ {
		make := makerOf(holders, turn)
		email, name := make("email").(string), words.Split(make("name").(string))
		if last := name[len(name)-1]; !strings.Contains(email, last) {
			t.Errorf("%v has the address %s", name, email)
		}
	}
}
