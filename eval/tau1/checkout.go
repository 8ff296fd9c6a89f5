package tau1

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
	"github.com/agentscaler/scaler/llm"
)

// A Checkout is the user's own full copy of tau-bench. Tasks, policies, tool
// schemas and prompts are read out of its files and Python sources; this project
// holds none of those texts.
type Checkout struct {
	root fs.FS // the folder tau_bench
	dir  string

	once    sync.Once
	version string
}

// OpenCheckout finds tau-bench in a folder. What is missing for an evaluation is
// named when it is needed.
func OpenCheckout(dir string) (*Checkout, error) {
	for _, at := range []string{dir, filepath.Join(dir, "tau-bench")} {
		if stat, err := os.Stat(filepath.Join(at, "tau_bench")); err == nil && stat.IsDir() {
			return &Checkout{root: os.DirFS(filepath.Join(at, "tau_bench")), dir: at}, nil
		}
	}
	return nil, fmt.Errorf("tau-bench: %s holds no folder tau_bench: name a checkout of tau-bench", dir)
}

// An Env is a domain of a checkout as the official code sets it up for one split.
type Env struct {
	*World
	Split   string
	Wiki    string           // the policy: the agent's system prompt
	Tools   []*pyjson.Object // what get_info says of every tool, in the official order
	Tasks   []Task
	offered []llm.Tool // the tools as a model gets them
	prompts *prompts
}

// Splits lists the splits of tasks. Only retail has more than test.
var Splits = []string{"test", "train", "dev"}

// Has says whether a domain has a split.
func (c *Checkout) Has(domain, split string) bool {
	_, err := fs.Stat(c.root, tasksFile(domain, split))
	return err == nil
}

func tasksFile(domain, split string) string { return "envs/" + domain + "/tasks_" + split + ".py" }

// Env reads a domain with the tasks of a split.
func (c *Checkout) Env(domain, split string) (*Env, error) {
	if err := c.lacks(domain, split); err != nil {
		return nil, err
	}
	world, err := Open(c.dir, domain)
	if err != nil {
		return nil, err
	}
	e := &Env{World: world, Split: split}
	if e.prompts, err = c.readPrompts(); err != nil {
		return nil, err
	}
	if e.Wiki, err = c.read("envs/" + domain + "/wiki.md"); err != nil {
		return nil, err
	}
	if e.Tools, err = c.tools(world); err != nil {
		return nil, err
	}
	e.offered = offer(e.Tools)
	if e.Tasks, err = c.tasks(domain, split); err != nil {
		return nil, err
	}
	return e, e.filled()
}

// lacks names all files of an evaluation that are not there, and the version of
// what is.
func (c *Checkout) lacks(domain, split string) error {
	files := []string{userFile, reactFile}
	for _, name := range []string{"wiki.md", "rules.py", "tools/__init__.py"} {
		files = append(files, "envs/"+domain+"/"+name)
	}
	for _, d := range Domains {
		for _, table := range d.Tables {
			if d.Name == domain {
				files = append(files, "envs/"+domain+"/data/"+table+".json")
			}
		}
	}
	files = append(files, tasksFile(domain, split))
	var missing []string
	for _, f := range files {
		if _, err := fs.Stat(c.root, f); err != nil {
			missing = append(missing, "tau_bench/"+f)
		}
	}
	if missing == nil {
		return nil
	}
	return fmt.Errorf("tau-bench: putting tasks to a model needs a full checkout (git clone https://github.com/sierra-research/tau-bench); %s (%s) lacks %s",
		c.dir, c.Version(), strings.Join(missing, ", "))
}

// read is a text file with the newlines that Python reads.
func (c *Checkout) read(file string) (string, error) {
	text, err := fs.ReadFile(c.root, file)
	if err != nil {
		return "", fmt.Errorf("tau-bench: %w", err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n"), nil
}

func (c *Checkout) module(file string) (*pylit.Scope, error) {
	text, err := c.read(file)
	if err != nil {
		return nil, err
	}
	return pylit.Module(text), nil
}
