package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"github.com/agentscaler/scaler/store"
	"path/filepath"
	"strings"
)

// publish hashes the rows and writes manifest.json and the dataset card.
func (m *Manifest) publish(dir string) error {
	for i := range m.Parts {
		sum, err := store.SumFile(filepath.Join(dir, filepath.FromSlash(Formats[0].path(m.Parts[i].Part))))
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		m.Parts[i].SHA256 = sum
	}
	m.Hash = hash(m.Parts)
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	for name, data := range map[string][]byte{"manifest.json": text.Bytes(), "README.md": m.card()} {
		if err := writeFile(filepath.Join(dir, name), data); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	return nil
}

// hash is the dataset's content hash: of the names and hashes of its parts.
func hash(list []PartCount) string {
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintf(&b, "%s/%s %s\n", p.Config, p.Split, p.SHA256)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}
