package export

import "strings"

// A Format is one form in which the conversations are written.
type Format struct {
	Name   string
	Files  string                            // path below the dataset, with CONFIG and SPLIT to be filled in
	Encode func(Line) ([]byte, error)        // one line without its end; an error: the form cannot hold it
	Decode func([]byte) (Line, error)        // what of the line the form keeps
	Extra  func(*Manifest) map[string][]byte // further files of the form; nil means none
}

// Formats lists every form this package writes. To add one, add a row. The
// first is the canonical one, which holds every row.
var Formats = []Format{
	{Name: "canonical", Files: "data/CONFIG/SPLIT.jsonl", Encode: canonical, Decode: readCanonical},
	{Name: "openai", Files: "openai/CONFIG-SPLIT.jsonl", Encode: openAI, Decode: readOpenAI},
	{Name: "llamafactory", Files: "llamafactory/CONFIG-SPLIT.jsonl", Encode: llamaFactory, Decode: readLlamaFactory, Extra: datasetInfo},
}

func (f Format) path(p Part) string {
	return strings.NewReplacer("CONFIG", p.Config, "SPLIT", p.Split).Replace(f.Files)
}
