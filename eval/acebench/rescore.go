package acebench

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Report is one model's scores in one language.
type Report struct {
	Language   string             `json:"language"`
	Model      string             `json:"model"`
	Scorer     string             `json:"scorer"`
	Data       string             `json:"data"` // the commit of the data
	Summary    map[string]float64 `json:"summary"`
	Categories map[string]Score   `json:"categories"`
	Dir        string             `json:"-"` // of the result files
}

// Rescore scores a folder of official result files, data_<category>_result.json.
// A category whose file is absent counts as zero in the summary, as officially.
func (d *Data) Rescore(dir, lang, scorerName string) (*Report, error) {
	rule, err := scorerNamed(scorerName)
	if err != nil {
		return nil, err
	}
	model := filepath.Base(filepath.Clean(dir))
	s := &scorer{rule, model}
	report := &Report{Dir: dir, Language: lang, Model: model, Scorer: rule.Name, Categories: map[string]Score{}}
	if report.Data, err = d.Version(lang); err != nil {
		return nil, err
	}
	for _, c := range Categories {
		file := filepath.Join(dir, "data_"+c.Name+"_result.json")
		if _, err := os.Stat(file); err != nil {
			continue
		}
		p := paper{category: c.Name}
		if p.results, err = readLines(file); err != nil {
			return nil, err
		}
		if p.items, err = d.Items(lang, c.Name); err != nil {
			return nil, err
		}
		if p.answers, err = d.Answers(lang, c.Name); err != nil {
			return nil, err
		}
		if report.Categories[c.Name], err = s.score(c, p); err != nil {
			return nil, err
		}
	}
	if len(report.Categories) == 0 {
		return nil, fmt.Errorf("acebench: %s holds no data_<category>_result.json", dir)
	}
	report.Summary = summary(report.Categories)
	return report, nil
}

func scorerNamed(name string) (Scorer, error) {
	if name == "" {
		return Scorers[0], nil
	}
	for _, s := range Scorers {
		if s.Name == name {
			return s, nil
		}
	}
	return Scorer{}, fmt.Errorf("acebench: no scorer %q: there are 2025-10, 2025-07 and strict", name)
}

// means lists the summary's means, each of other keys with equal weight.
var means = []struct {
	key string
	of  []string
}{
	{"atom", []string{"atom_bool", "atom_enum", "atom_number", "atom_list", "atom_object_deep", "atom_object_short"}},
	{"single_turn", []string{"single_turn_single_function", "single_turn_parallel_function"}},
	{"multi_turn", []string{"multi_turn_switch", "multi_turn_adjust"}},
	{"normal_summary", []string{
		"single_turn_single_function", "single_turn_parallel_function", "multi_turn_switch", "multi_turn_adjust", "similar_api", "preference",
		"atom_bool", "atom_enum", "atom_number", "atom_list", "atom_object_deep", "atom_object_short",
	}},
	{"special_summary", []string{"incomplete", "error_param", "irrelevant"}},
	{"agent_summary", []string{"agent_multi_turn", "agent_multi_step"}},
}

// summary is the official row of a model: every category, their means, and the
// weighted mean of those.
func summary(categories map[string]Score) map[string]float64 {
	out := map[string]float64{}
	for _, c := range Categories {
		score := categories[c.Name]
		out[c.Key] = score.Accuracy
		if !c.isAgent() {
			continue
		}
		out[c.Key+"_process"] = 0
		if score.Process != nil {
			out[c.Key+"_process"] = *score.Process
		}
	}
	for _, m := range means {
		sum := 0.0
		for _, key := range m.of {
			sum += out[key]
		}
		out[m.key] = mean(sum, len(m.of))
	}
	weighted := float64(out["special_summary"]*0.2676) + float64(out["normal_summary"]*0.578)
	out["Summary"] = pyjson.Round(weighted+float64(out["agent_summary"]*0.1545), 3)
	return out
}
