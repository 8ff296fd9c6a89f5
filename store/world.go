package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
)

// The files of a world folder. All are meant to be read, and edited, by people.
const (
	worldFile  = "world.json"
	schemaFile = "schema.json"
	codeFile   = "tools.star"
	policyFile = "policy.md"
	stateFile  = "state.jsonl"
	checkFile  = "check.json"
)

// keyFile holds, inside a world folder of a run, what the world was made from.
const keyFile = ".key"

// WriteWorld publishes a world under worlds/<id>, with the key of what it was
// made from. An earlier folder of that name is replaced as a whole.
func (r *Run) WriteWorld(w *scaler.World, key string) error {
	if !safeName(string(w.ID)) {
		return fmt.Errorf("%q is not a world id", w.ID)
	}
	return writeWorldDir(r.Path("worlds", string(w.ID)), w, key)
}

// WorldKeys returns the run's worlds by the key of what they were made from.
func (r *Run) WorldKeys() (map[string]scaler.WorldID, error) {
	ids, err := r.Worlds()
	if err != nil {
		return nil, err
	}
	keys := map[string]scaler.WorldID{}
	for _, id := range ids {
		key, err := r.WorldKey(id)
		if err != nil {
			return nil, err
		}
		if key != "" {
			keys[key] = id
		}
	}
	return keys, nil
}

// WorldKey returns the key of what a world was made from; it is empty for one
// that was put there by hand.
func (r *Run) WorldKey(id scaler.WorldID) (string, error) {
	key, err := os.ReadFile(r.Path("worlds", string(id), keyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(key)), err
}

// ReadWorld reads worlds/<id>.
func (r *Run) ReadWorld(id scaler.WorldID) (*scaler.World, error) {
	if !safeName(string(id)) {
		return nil, fmt.Errorf("%q is not a world id", id)
	}
	dir := r.Path("worlds", string(id))
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the run has no world %q (list them with: agentscaler show %s world)", id, r.dir)
	}
	return ReadWorldDir(dir)
}

// Worlds lists the worlds of the run, sorted.
func (r *Run) Worlds() ([]scaler.WorldID, error) {
	entries, err := os.ReadDir(r.Path("worlds"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var ids []scaler.WorldID
	for _, e := range entries {
		if e.IsDir() && safeName(e.Name()) {
			ids = append(ids, scaler.WorldID(e.Name()))
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// RemoveWorld deletes worlds/<id>.
func (r *Run) RemoveWorld(id scaler.WorldID) error {
	if !safeName(string(id)) {
		return fmt.Errorf("%q is not a world id", id)
	}
	return os.RemoveAll(r.Path("worlds", string(id)))
}

// WorldSum returns a content ID of the world folder's files that decide how
// the world behaves. Editing any of them by hand changes it.
func (r *Run) WorldSum(id scaler.WorldID) (string, error) {
	return worldSum(r.Path("worlds", string(id)), string(id))
}

func worldSum(dir, id string) (string, error) {
	parts := []string{id}
	for _, name := range []string{worldFile, schemaFile, codeFile, policyFile, stateFile} {
		sum, err := SumFile(filepath.Join(dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		parts = append(parts, name, sum)
	}
	return scaler.ContentID(parts...), nil
}

// WriteCheck replaces the check of a world by one of its files as they stand,
// and leaves those files alone.
func (r *Run) WriteCheck(id scaler.WorldID, c scaler.Check) (err error) {
	if c.Of, err = r.WorldSum(id); err != nil {
		return err
	}
	return writeJSON(r.Path("worlds", string(id), checkFile), c)
}

// WriteRows replaces the base state of a world and leaves its other files alone.
func (r *Run) WriteRows(id scaler.WorldID, rows []scaler.Row) error {
	if !safeName(string(id)) {
		return fmt.Errorf("%q is not a world id", id)
	}
	return WriteFile(r.Path("worlds", string(id), stateFile), func(out io.Writer) error {
		return encodeLines(out, slices.Values(rows))
	})
}

// CheckOf returns what was found of a world when it was last checked. Where it
// was changed since, or never checked, current is false.
func (r *Run) CheckOf(id scaler.WorldID) (c scaler.Check, current bool, err error) {
	sum, err := r.WorldSum(id)
	if err != nil {
		return c, false, err
	}
	if err := readJSON(r.Path("worlds", string(id), checkFile), &c); err != nil {
		return scaler.Check{}, false, nil
	}
	return c, c.Of == sum, nil
}

// CheckStands says whether the check that came with a world is of the files of its
// folder as they stand.
func CheckStands(dir string, w *scaler.World) bool {
	sum, err := worldSum(dir, string(w.ID))
	return err == nil && sum == w.Check.Of
}

func safeName(name string) bool {
	return name != "" && !strings.HasPrefix(name, ".") && !strings.ContainsAny(name, `/\`)
}

// WriteWorldDir writes a world folder at dir, replacing what was there.
func WriteWorldDir(dir string, w *scaler.World) error { return writeWorldDir(dir, w, "") }

func writeWorldDir(dir string, w *scaler.World, key string) error {
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(parent, ".tmp-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := fillWorldDir(tmp, w); err != nil {
		return fmt.Errorf("world %s: %w", w.ID, err)
	}
	if key != "" {
		if err := os.WriteFile(filepath.Join(tmp, keyFile), []byte(key+"\n"), 0o644); err != nil {
			return err
		}
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return os.Rename(tmp, dir)
}

func fillWorldDir(dir string, w *scaler.World) error {
	for _, doc := range []struct {
		name string
		v    any
	}{{worldFile, w}, {schemaFile, w.Schema}} {
		if err := writeJSON(filepath.Join(dir, doc.name), doc.v); err != nil {
			return err
		}
	}
	for _, text := range []struct{ name, text string }{{codeFile, w.Code}, {policyFile, w.Policy}} {
		if err := os.WriteFile(filepath.Join(dir, text.name), []byte(text.text), 0o644); err != nil {
			return err
		}
	}
	err := WriteFile(filepath.Join(dir, stateFile), func(out io.Writer) error {
		return encodeLines(out, slices.Values(w.Rows))
	})
	if err != nil {
		return err
	}
	check := w.Check
	if check.Of, err = worldSum(dir, string(w.ID)); err != nil {
		return err
	}
	return writeJSON(filepath.Join(dir, checkFile), check)
}

// ReadWorldDir reads a world folder, also one written by hand: check.json may
// be missing.
func ReadWorldDir(dir string) (*scaler.World, error) {
	w := new(scaler.World)
	if err := readStrict(filepath.Join(dir, worldFile), w); err != nil {
		return nil, err
	}
	if err := readStrict(filepath.Join(dir, schemaFile), &w.Schema); err != nil {
		return nil, err
	}
	if err := readJSON(filepath.Join(dir, checkFile), &w.Check); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for name, into := range map[string]*string{codeFile: &w.Code, policyFile: &w.Policy} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		*into = string(text)
	}
	rows, err := Collect(readLinesBy(filepath.Join(dir, stateFile), decodeRow))
	if err != nil {
		return nil, err
	}
	w.Rows = rows
	return w, nil
}

func readJSON(path string, v any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return decodeJSON(path, data, v)
}

func decodeJSON(path string, data []byte, v any) error {
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("%s%s: %w", path, lineOf(data, err), err)
	}
	return nil
}

// lineOf says at which line and column a document could not be read, as
// ":12:5"; it is empty where the error does not tell.
func lineOf(data []byte, err error) string {
	var at int64
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at = syntax.Offset
	case errors.As(err, &kind):
		at = kind.Offset
	default:
		return ""
	}
	return position(data, int(at))
}

// position writes an offset of a document as ":12:5".
func position(data []byte, at int) string {
	before := data[:min(max(at, 0), len(data))]
	return fmt.Sprintf(":%d:%d", 1+bytes.Count(before, []byte("\n")), len(before)-bytes.LastIndexByte(before, '\n')-1)
}

func writeJSON(path string, v any) error {
	return WriteFile(path, func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(v)
	})
}
