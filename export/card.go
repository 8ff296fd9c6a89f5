package export

import (
	"bytes"
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"text/template"

	scaler "github.com/agentscaler/scaler"
)

//go:embed card.md
var cardText string

var cardTemplate = template.Must(template.New("card.md").Funcs(template.FuncMap{"cell": cell}).Parse(cardText))

// filesShown is how many files of the provenance a card lists.
const filesShown = 60

// card returns the dataset card, README.md.
func (m *Manifest) card() []byte {
	type config struct {
		Name    string
		Default bool
		Parts   []PartCount
	}
	data := struct {
		*Manifest
		Configs []config
		Funnel  []scaler.Count
		Command string
		More    int
	}{Manifest: m, Funnel: m.funnel.Counts, Command: m.command}
	for _, p := range m.Parts {
		if last := len(data.Configs) - 1; last < 0 || data.Configs[last].Name != p.Config {
			data.Configs = append(data.Configs, config{Name: p.Config, Default: last < 0})
		}
		of := &data.Configs[len(data.Configs)-1]
		of.Parts = append(of.Parts, p)
	}
	shown := *m
	shown.Domains = slices.SortedFunc(slices.Values(m.Domains), func(a, b Domain) int {
		return cmp.Or(cmp.Compare(a.Config, b.Config), cmp.Compare(b.Split, a.Split), cmp.Compare(a.Name, b.Name))
	})
	if len(m.Provenance) > filesShown {
		shown.Provenance, data.More = m.Provenance[:filesShown], len(m.Provenance)-filesShown
	}
	data.Manifest = &shown
	var b bytes.Buffer
	if err := cardTemplate.Execute(&b, data); err != nil {
		panic(err) // unreachable: the template is fixed, and a Buffer takes everything
	}
	return b.Bytes()
}

// cell makes text safe inside a Markdown table.
func cell(s string) string { return strings.NewReplacer("|", `\|`, "\n", " ").Replace(s) }
