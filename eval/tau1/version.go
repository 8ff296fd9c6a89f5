package tau1

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// A version is a state that the official repository went through: the first
// commit that had it, and the digests of its texts and data.
type version struct{ commit, texts, data string }

// versions lists the states since users have strategies; before, the sources are
// laid out otherwise.
var versions = []version{
	{Commit, "0c933e928b33", "582a97db4c52"}, // since 14bf0ef of 2025-01-22
	{"d631fa0", "1cbf2ad9dbd2", "582a97db4c52"},
	{"054ae2f", "c587802b155c", "582a97db4c52"},
	{"5c90278", "18f992715ed3", "40704862074a"},
	{"64ff9b3", "db106d928243", "40704862074a"},
	{"e1a16cd", "192c0425d258", "40704862074a"},
	{"77c01fc", "f4c22d1265f4", "40704862074a"},
	{"1c9cf19", "b2fad49a0515", "40704862074a"},
	{"11e597e", "214a5766a54c", "40704862074a"},
	{"a06cb9c", "9093d010063a", "40704862074a"},
	{"5027d73", "2234cd37a24a", "40704862074a"},
	{"9ae1dea", "ff9301c672d3", "40704862074a"},
}

// Version says which commit the checkout is of, or what is known of its parts.
// Tools and scores are those of Commit, whatever the checkout is.
func (c *Checkout) Version() string {
	c.once.Do(func() { c.version = recognise(c.digest(c.textFiles()), c.digest(c.dataFiles())) })
	return c.version
}

func recognise(texts, data string) string {
	of := version{texts: "no known version (" + texts + ")", data: "no known version (" + data + ")"}
	for _, v := range versions {
		if v.texts == texts && v.data == data {
			return v.commit
		}
		if v.texts == texts {
			of.texts = v.commit
		}
		if v.data == data && strings.HasPrefix(of.data, "no known") {
			of.data = v.commit
		}
	}
	return "texts of " + of.texts + ", data of " + of.data
}

// dataFiles are the tables, textFiles what is read of the sources.
func (c *Checkout) dataFiles() (files []string) {
	for _, d := range Domains {
		for _, table := range d.Tables {
			files = append(files, "envs/"+d.Name+"/data/"+table+".json")
		}
	}
	return files
}

func (c *Checkout) textFiles() []string {
	files := []string{userFile, reactFile}
	for _, d := range Domains {
		for _, pattern := range []string{"wiki.md", "rules.py", "tasks_*.py", "tools/*.py"} {
			found, _ := fs.Glob(c.root, path.Join("envs", d.Name, pattern)) // fails only for a bad pattern
			files = append(files, found...)
		}
	}
	slices.Sort(files)
	return files
}

// digest is the beginning of the SHA-256 of the files that are there, each behind
// its name and size and with the newlines of the repository.
func (c *Checkout) digest(files []string) string {
	h := sha256.New()
	for _, f := range files {
		if text, err := c.read(f); err == nil {
			fmt.Fprintf(h, "%s %d\n%s", f, len(text), text)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}
