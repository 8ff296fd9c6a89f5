package fake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// readTrade reads a trade's file. A line is a word that says what it is for,
// the phrases it is for, and values:
//
//	tells 3 = breed, kennel
//	list trait = gentle | playful
//	name kennel, shelter = {firm} Kennels | Second Chance Shelter
//	column coat color = black | tan
//	number goal, goal amount = 5000..250000
//	text pet description = {name} is a {trait} {breed}.
//	record pet, dog: name | species, animal type | breed
//	  Bella | dog | Beagle
//
// The indented lines after a record are its rows. A line that begins with # is
// a remark.
func readTrade(name, text string) (*trade, error) {
	t := &trade{name: name, tells: map[string]float64{}, lists: map[string][]string{}, names: map[string][]string{},
		columns: map[string][]string{}, numbers: map[string]span{}, texts: map[string][]string{}}
	n := 0
	for line := range strings.Lines(text) {
		n++
		if trimmed := strings.TrimSpace(line); trimmed == "" || strings.HasPrefix(trimmed, "#") {
			continue
		}
		if err := t.read(strings.TrimRight(line, " \n")); err != nil {
			return nil, fmt.Errorf("trade %s, line %d: %w", name, n, err)
		}
	}
	for _, r := range t.records {
		r.settle()
	}
	return t, nil
}

func (t *trade) read(line string) error {
	if strings.HasPrefix(line, "  ") {
		return t.readRow(strings.Split(strings.TrimSpace(line), " | "))
	}
	word, rest, _ := strings.Cut(line, " ")
	if word == "record" {
		return t.readRecord(rest)
	}
	phrases, values, ok := strings.Cut(rest, " = ")
	if !ok {
		return fmt.Errorf("no value in %q", line)
	}
	list := strings.Split(values, " | ")
	switch word {
	case "tells":
		weight, err := strconv.ParseFloat(phrases, 64)
		if err != nil {
			return err
		}
		var each []string
		for _, phrase := range strings.Split(values, ", ") {
			list := strings.Fields(phrase)
			for i, w := range list {
				list[i] = words.Singular(w)
			}
			each = append(each, strings.Join(list, " "))
		}
		return put(t.tells, each, weight)
	case "number":
		s, err := readSpan(values)
		if err != nil {
			return err
		}
		return put(t.numbers, strings.Split(phrases, ", "), s)
	case "list":
		return put(t.lists, []string{phrases}, list)
	case "name":
		return put(t.names, strings.Split(phrases, ", "), list)
	case "column":
		return put(t.columns, strings.Split(phrases, ", "), list)
	case "text":
		return put(t.texts, strings.Split(phrases, ", "), list)
	}
	return fmt.Errorf("what is %q", word)
}

// put sets every key, none of them twice; names are looked up by the singular of
// their last word.
func put[V any](m map[string]V, keys []string, v V) error {
	for _, k := range distinct(keys) {
		if _, taken := m[k]; taken || k == "" {
			return fmt.Errorf("%q stands twice", k)
		}
		m[k] = v
	}
	return nil
}

func readSpan(text string) (span, error) {
	from, to, ok := strings.Cut(text, "..")
	if !ok {
		return span{}, fmt.Errorf("no range: %q", text)
	}
	low, err := strconv.ParseFloat(from, 64)
	if err != nil {
		return span{}, err
	}
	high, err := strconv.ParseFloat(to, 64)
	if err != nil || high <= low {
		return span{}, fmt.Errorf("no range: %q", text)
	}
	_, part, _ := strings.Cut(to, ".")
	return span{low, high, len(part)}, nil
}

func (t *trade) readRecord(head string) error {
	kinds, fields, ok := strings.Cut(head, ": ")
	if !ok {
		return fmt.Errorf("a record has kinds and fields: %q", head)
	}
	r := &record{of: t, kinds: distinct(strings.Split(kinds, ", "))}
	for _, phrases := range strings.Split(fields, " | ") {
		r.fields = append(r.fields, recordField{phrases: distinct(strings.Split(phrases, ", "))})
	}
	t.records = append(t.records, r)
	return nil
}

// distinct lists phrases as they are looked up: a plural is its singular.
func distinct(phrases []string) []string {
	var out []string
	for _, p := range phrases {
		if p = strings.Join(singulars(strings.Fields(p)), " "); !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

func (t *trade) readRow(cells []string) error {
	if len(t.records) == 0 {
		return fmt.Errorf("a row of no record: %q", cells)
	}
	r := t.records[len(t.records)-1]
	if len(cells) != len(r.fields) {
		return fmt.Errorf("%d cells for %d fields: %q", len(cells), len(r.fields), cells)
	}
	r.rows = append(r.rows, cells)
	return nil
}

// settle sees which of the fields are numbers.
func (r *record) settle() {
	for i := range r.fields {
		r.fields[i].numeric = len(r.rows) > 0
		for _, row := range r.rows {
			if _, err := strconv.ParseFloat(row[i], 64); err != nil {
				r.fields[i].numeric = false
			}
		}
	}
}
