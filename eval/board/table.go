package board

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/eval/trial"
)

// A Table has a row for each model and a column for each domain or category.
type Table []Set

// A Cell is one figure of a table, as JSON.
type Cell struct {
	Model  string       `json:"model"`
	Column string       `json:"column"`
	Figure float64      `json:"figure"`
	Passes []trial.Pass `json:"passes"`
}

// MarshalJSON implements json.Marshaler: the cells, column by column.
func (t Table) MarshalJSON() ([]byte, error) {
	cells := make([]Cell, len(t))
	for i, s := range t {
		cells[i] = Cell{s.Model, s.Column.String(), s.Figure(), s.Passes()}
	}
	return json.Marshal(cells)
}

func (t Table) models() (names []string) {
	for _, s := range t {
		if !slices.Contains(names, s.Model) {
			names = append(names, s.Model)
		}
	}
	return names
}

func (t Table) columns() (all []Column) {
	for _, s := range t {
		if !slices.Contains(all, s.Column) {
			all = append(all, s.Column)
		}
	}
	return all
}

// Write prints the table in Markdown, in per cent. What a model did not play is
// left empty; how many trials stand behind a figure is said below.
func (t Table) Write(w io.Writer) error {
	columns := t.columns()
	heads := []string{"model"}
	for _, c := range columns {
		heads = append(heads, c.String())
	}
	lines := []string{row(heads), "|" + strings.Repeat("---|", len(heads))}
	for _, model := range t.models() {
		cells := []string{model}
		for _, c := range columns {
			cell := ""
			for _, s := range t {
				if s.Model == model && s.Column == c {
					cell = fmt.Sprintf("%.1f", float64(100*s.Figure()))
				}
			}
			cells = append(cells, cell)
		}
		lines = append(lines, row(cells))
	}
	lines = append(lines, "", "Per cent of tasks solved (pass^1); ACEBench: its own summary. Trials behind the figures: "+t.trials()+".", "")
	_, err := io.WriteString(w, strings.Join(lines, "\n"))
	return err
}

func row(cells []string) string { return "| " + strings.Join(cells, " | ") + " |" }

// trials says from how many to how many times a task was played.
func (t Table) trials() string {
	least, most := 0, 0
	for i, s := range t {
		n := len(s.Passes())
		if most = max(most, n); i == 0 || n < least {
			least = n
		}
	}
	if least == most {
		return fmt.Sprint(most)
	}
	return fmt.Sprintf("%d to %d", least, most)
}
