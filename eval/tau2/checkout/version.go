package checkout

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Version is a state of tau2-bench, with what its orchestrator does that
// others do not.
type Version struct {
	Name   string // "v0.1", "v0.2", "v1.0.0", "v1.0.1+"
	Says   string // what its pyproject.toml says, which is not always the same
	Commit string // of the checkout, where it has its git folder

	Counts  bool // calls that failed are counted; before, no conversation ended by errors
	Waits   bool // limits are looked at when no call waits for its answer
	Greeted bool // the agent sees the greeting that the user got from it
	Judged  bool // statements in words are judged where a task counts them
	Refuses bool // a conversation in which a tool was called that nobody has cannot be scored
}

// marks tell versions apart by what their sources hold, newest first.
var marks = []struct{ name, path, text string }{
	{"v1.0.1+", "src/tau2/evaluator/evaluator.py", "strict_replay"},
	{"v1.0.0", "src/tau2/runner/batch.py", ""},
	{"v0.2", "VERSIONING.md", ""},
	{"v0.1", "src/tau2/orchestrator/orchestrator.py", ""},
}

var declared = regexp.MustCompile(`(?m)^version\s*=\s*"([^"]*)"`)

const orchestrator = "src/tau2/orchestrator/orchestrator.py"

func (c *Checkout) recognise() (v Version, err error) {
	source, err := c.read(orchestrator)
	if err != nil {
		return v, err
	}
	for _, m := range marks {
		if text, err := c.read(m.path); err == nil && strings.Contains(text, m.text) {
			v.Name = m.name
			break
		}
	}
	if text, err := c.read("pyproject.toml"); err == nil {
		if m := declared.FindStringSubmatch(text); m != nil {
			v.Says = m[1]
		}
	}
	v.Commit = head(c.Dir)
	v.Counts = strings.Contains(source, "num_errors +=")
	v.Waits = strings.Contains(source, "_check_termination")
	v.Greeted = strings.Contains(source, "message_history=[first_message]")
	v.Judged = strings.HasPrefix(v.Name, "v1")
	if text, err := c.read("src/tau2/environment/environment.py"); err == nil {
		v.Refuses = strings.Contains(text, "encountered during replay")
	}
	return v, nil
}

// String names the version for a report.
func (v Version) String() string {
	s := v.Name
	if v.Says != "" {
		s += fmt.Sprintf(" (pyproject.toml: %s)", v.Says)
	}
	if v.Commit != "" {
		s += " at " + v.Commit[:min(len(v.Commit), 7)]
	}
	return s
}

// head is the commit that a git folder is at, or "".
func head(dir string) string {
	text, err := os.ReadFile(filepath.Join(dir, ".git", "HEAD"))
	if err != nil {
		return ""
	}
	commit := strings.TrimSpace(string(text))
	if ref, ok := strings.CutPrefix(commit, "ref: "); ok {
		text, err := os.ReadFile(filepath.Join(dir, ".git", filepath.FromSlash(ref)))
		if err != nil {
			return ""
		}
		commit = strings.TrimSpace(string(text))
	}
	return commit
}

// editions are the task files that are known, by the start of their SHA-256. The
// tasks of the time of the paper and those of v1.0 differ, and there are
// corrections by others.
var editions = map[string]string{
	"76e1fa649a359bef": "v0.1-v0.2", "40d692b3fca780f4": "v0.1-v0.2", "192a2c143b3b512c": "v0.1-v0.2",
	"8e03ebce7901bd62": "v1.0", "ccd8ba737b4cc371": "v1.0", "37e562e1ae324257": "v1.0",
	"04cef2fdf59745e1": "tau2-bench-verified 9d0d5ae", "202f0cdb1cf4bc20": "tau2-bench-verified 9d0d5ae",
}

// Edition names the tasks of a domain: a version, or the start of their SHA-256
// where they are not known.
func (c *Checkout) Edition(domain string) (string, error) {
	text, err := os.ReadFile(filepath.Join(c.Dir, filepath.FromSlash(taskFile(domain, "tasks.json"))))
	if err != nil {
		return "", fmt.Errorf("tau2-bench: %w", err)
	}
	sum := pyjson.Sum(text)[:16]
	if name, ok := editions[sum]; ok {
		return name, nil
	}
	return "unknown, sha256 " + sum, nil
}
