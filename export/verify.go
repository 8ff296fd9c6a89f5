package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/store"
)

// Verified is what Verify found in a dataset that holds what it says.
type Verified struct {
	Rows  int
	IDs   []string // of the rows, part after part
	Parts []PartCount
	Hash  string
}

// Verify reads a dataset from disk and proves what it says of itself: every
// row parses; its parts take turns; loss falls on the agent's messages and
// nowhere else; each call is of an offered tool; no domain is in two parts;
// counts and hashes are those of the manifest and the card; and the other
// forms hold the same conversations. The error names the first that is wrong.
func Verify(dir string) (Verified, error) {
	var m Manifest
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return Verified{}, err
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return Verified{}, fmt.Errorf("manifest.json: %w", err)
	}
	card, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		return Verified{}, err
	}
	v := Verified{Hash: hash(m.Parts)}
	home := map[string]Part{}
	held := map[string]int{}
	for _, p := range m.Parts {
		ids, err := verifyPart(dir, p, home, held)
		if err != nil {
			return Verified{}, err
		}
		v.IDs = append(v.IDs, ids...)
		if row := fmt.Sprintf("| %s | %s | %d |", p.Config, p.Split, p.Rows); !bytes.Contains(card, []byte(row)) {
			return Verified{}, fmt.Errorf("README.md does not say %q", row)
		}
		v.Rows += p.Rows
		v.Parts = append(v.Parts, p)
	}
	if v.Rows != m.Rows || v.Hash != m.Hash {
		return Verified{}, fmt.Errorf("manifest.json: %d rows with hash %s, its parts have %d with %s", m.Rows, m.Hash, v.Rows, v.Hash)
	}
	for _, f := range m.Formats {
		if held[f.Name] != f.Rows {
			return Verified{}, fmt.Errorf("%s holds %d rows, manifest.json says %d", f.Name, held[f.Name], f.Rows)
		}
	}
	return v, nil
}

// verifyPart reads one part in all its forms, side by side, and returns the ids
// of its rows.
func verifyPart(dir string, p PartCount, home map[string]Part, held map[string]int) (ids []string, err error) {
	name := Formats[0].path(p.Part)
	sum, err := store.SumFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		return nil, err
	}
	if sum != p.SHA256 {
		return nil, fmt.Errorf("%s has hash %s, manifest.json says %s", name, sum, p.SHA256)
	}
	var forms []*form
	for _, f := range Formats[1:] {
		form := openForm(dir, f, p.Part)
		defer form.stop()
		forms = append(forms, form)
	}
	for l, err := range read(dir, Formats[0], p.Part) {
		if err != nil {
			return nil, err
		}
		ids = append(ids, l.ID)
		at := fmt.Sprintf("%s: row %d", name, len(ids))
		if err := checkLine(l, p.Part); err != nil {
			return nil, fmt.Errorf("%s: %w", at, err)
		}
		if other, known := home[l.Domain]; known && other != p.Part {
			return nil, fmt.Errorf("%s: domain %s is in %s %s as well", at, l.Domain, other.Config, other.Split)
		}
		home[l.Domain] = p.Part
		held[Formats[0].Name]++
		for _, f := range forms {
			same, err := f.compare(l)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", at, err)
			}
			if same {
				held[f.Name]++
			}
		}
	}
	if len(ids) != p.Rows {
		return nil, fmt.Errorf("%s has %d rows, manifest.json says %d", name, len(ids), p.Rows)
	}
	for _, f := range forms {
		if f.more {
			return nil, fmt.Errorf("%s has row %s, which %s has not", f.path(p.Part), f.line.ID, name)
		}
	}
	return ids, nil
}

// checkLine checks one canonical row by itself.
func checkLine(l Line, where Part) error {
	if l.ID == "" || l.Env == "" || len(l.Tools) == 0 || l.Meta == nil {
		return errors.New("id, env_id, tools or meta is missing")
	}
	if l.Phase != where.Config || str(l.Meta, "split") != where.Split {
		return fmt.Errorf("it says that it is of %s %s", l.Phase, str(l.Meta, "split"))
	}
	tools := map[string]bool{}
	for _, t := range l.Tools {
		tools[str(t, "name")] = true
	}
	last := ""
	for i, m := range l.Messages {
		if !follows[last][m.Role] {
			return fmt.Errorf("message %d of the %s follows %q", i, m.Role, last)
		}
		if m.Train != (m.Role == "assistant") {
			return fmt.Errorf("message %d of the %s has train %v", i, m.Role, m.Train)
		}
		for _, c := range m.ToolCalls {
			if !tools[c.Name] {
				return fmt.Errorf("message %d calls %s, which is not offered", i, c.Name)
			}
			if _, err := pyjson.ParseObject([]byte(c.Arguments)); err != nil {
				return fmt.Errorf("message %d: arguments of %s: %w", i, c.Name, err)
			}
		}
		if last = m.Role; len(m.ToolCalls) > 0 {
			last = "calls"
		}
	}
	if last != "assistant" && last != "user" {
		return errors.New("the agent has no last word")
	}
	return nil
}

// follows says who may come after whom; an agent that calls is "calls".
var follows = map[string]map[string]bool{
	"":          {"system": true},
	"system":    {"user": true, "assistant": true},
	"user":      {"assistant": true},
	"calls":     {"tool": true},
	"tool":      {"tool": true, "assistant": true},
	"assistant": {"user": true},
}

// A form walks through a file of one format beside the canonical one.
type form struct {
	Format
	line Line // the next
	more bool
	err  error
	next func() (Line, error, bool)
	stop func()
}

func openForm(dir string, f Format, p Part) *form {
	form := &form{Format: f}
	form.next, form.stop = iter.Pull2(read(dir, f, p))
	form.line, form.err, form.more = form.next()
	return form
}

// compare says whether the form's next row is l. A row that it lacks is passed
// over; one that it has must be the same conversation.
func (f *form) compare(l Line) (same bool, err error) {
	if f.err != nil {
		return false, fmt.Errorf("%s: %w", f.Name, f.err)
	}
	if !f.more || f.line.ID != l.ID {
		return false, nil
	}
	if was, is := essence(l), essence(f.line); was != is {
		return false, fmt.Errorf("%s has another conversation under id %s", f.Name, l.ID)
	}
	f.line, f.err, f.more = f.next()
	return true, nil
}

// essence is what every form keeps of a conversation: who says and calls what,
// with which tools at hand. A closing word of the user is not of it, nor are
// the ids that tie results to calls.
func essence(l Line) string {
	var list []any
	messages := l.Messages
	if last := len(messages) - 1; last >= 0 && messages[last].Role == "user" {
		messages = messages[:last]
	}
	for _, m := range messages {
		o := object("role", m.Role, "content", m.Content, "reasoning", m.Reasoning)
		for _, c := range m.ToolCalls {
			arguments, _ := pyjson.Parse([]byte(c.Arguments))
			o.Set("calls", append(value(o, "calls"), c.Name, arguments))
		}
		list = append(list, o)
	}
	return string(pyjson.Marshal(object("messages", list, "tools", toolText(l.Tools, false))))
}

func value(o *pyjson.Object, key string) []any {
	v, _ := o.Get(key)
	list, _ := v.([]any)
	return list
}

// read yields the rows of one file; a file that is not there has none.
func read(dir string, f Format, p Part) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		name := f.path(p)
		file, err := os.Open(filepath.Join(dir, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) {
			return
		}
		if err != nil {
			yield(Line{}, err)
			return
		}
		defer file.Close()
		in := bufio.NewReaderSize(file, 1<<18)
		for n := 1; ; n++ {
			text, err := in.ReadBytes('\n')
			if err == io.EOF && len(text) == 0 {
				return
			}
			if err != nil && err != io.EOF {
				yield(Line{}, fmt.Errorf("%s:%d: %w", name, n, err))
				return
			}
			line, err := f.Decode(text)
			if err != nil {
				yield(Line{}, fmt.Errorf("%s:%d: %w", name, n, err))
				return
			}
			if !yield(line, nil) {
				return
			}
		}
	}
}
