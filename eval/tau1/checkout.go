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
	return e, nil
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

// tools reads the schemas of a domain's tools, in the order of ALL_TOOLS.
func (c *Checkout) tools(w *World) ([]*pyjson.Object, error) {
	folder := "envs/" + w.Domain.Name + "/tools/"
	list, err := c.module(folder + "__init__.py")
	if err != nil {
		return nil, err
	}
	from := map[string]string{}
	for _, in := range list.Imports {
		from[in.Name] = folder + strings.TrimPrefix(in.From, ".") + ".py"
	}
	all, _ := list.Value("ALL_TOOLS")
	names, ok := all.(*pylit.ListExpr)
	if !ok {
		return nil, fmt.Errorf("tau-bench: %s__init__.py has no list ALL_TOOLS", folder)
	}
	var infos []*pyjson.Object
	for _, x := range names.Items {
		file := from[x.Source()]
		info, err := c.info(file, x.Source())
		if err != nil {
			return nil, err
		}
		if name := text(child(info, "function"), "name"); w.tools[name] == nil {
			return nil, fmt.Errorf("tau-bench: %s describes a tool %q, which is none of %s at %s", file, name, w.Domain.Name, Commit)
		}
		infos = append(infos, info)
	}
	return infos, nil
}

// info is the dict that get_info of a tool's class returns.
func (c *Checkout) info(file, class string) (*pyjson.Object, error) {
	module, err := c.module(file)
	if err != nil {
		return nil, err
	}
	if class := module.Class(class); class != nil {
		if f := class.Function("get_info"); f != nil && len(f.Returns) == 1 {
			v, err := pylit.Literal(f.Returns[0])
			if err != nil {
				return nil, fmt.Errorf("tau-bench: %s: %w", file, err)
			}
			v, _ = pylit.ToJSON(v)
			if info, ok := v.(*pyjson.Object); ok {
				return info, nil
			}
		}
	}
	return nil, fmt.Errorf("tau-bench: %s has no class %s whose get_info returns a dict", file, class)
}

// child is the object under a key, or an empty one.
func child(o *pyjson.Object, key string) *pyjson.Object {
	v, _ := o.Get(key)
	if inner, ok := v.(*pyjson.Object); ok {
		return inner
	}
	return pyjson.NewObject(0)
}

// tasks reads the list of Task(...) in a module.
func (c *Checkout) tasks(domain, split string) ([]Task, error) {
	file := tasksFile(domain, split)
	module, err := c.module(file)
	if err != nil {
		return nil, err
	}
	for _, v := range module.Values {
		list, ok := v.X.(*pylit.ListExpr)
		if !ok {
			continue
		}
		tasks := make([]Task, len(list.Items))
		for i, x := range list.Items {
			if tasks[i], err = readTask(x); err != nil {
				return nil, fmt.Errorf("tau-bench: %s: task %d: %w", file, i, err)
			}
		}
		return tasks, nil
	}
	return nil, fmt.Errorf("tau-bench: %s has no list of tasks", file)
}

// readTask reads Task(user_id=..., instruction=..., actions=[Action(...)], outputs=[...]).
func readTask(x pylit.Expr) (t Task, err error) {
	fields, err := keywords(x, "Task")
	if err != nil {
		return t, err
	}
	t.Actions = []Action{}
	t.Outputs = []string{}
	if t.User, err = stringOf(fields["user_id"]); err != nil {
		return t, err
	}
	if t.Instruction, err = stringOf(fields["instruction"]); err != nil {
		return t, err
	}
	for _, x := range itemsOf(fields["actions"]) {
		a, err := readAction(x)
		if err != nil {
			return t, err
		}
		t.Actions = append(t.Actions, a)
	}
	for _, x := range itemsOf(fields["outputs"]) {
		s, err := stringOf(x)
		if err != nil {
			return t, err
		}
		t.Outputs = append(t.Outputs, s)
	}
	return t, nil
}

func readAction(x pylit.Expr) (a Action, err error) {
	fields, err := keywords(x, "Action")
	if err != nil {
		return a, err
	}
	if a.Name, err = stringOf(fields["name"]); err != nil {
		return a, err
	}
	v, err := pylit.Literal(fields["kwargs"])
	if err != nil {
		return a, err
	}
	v, _ = pylit.ToJSON(v)
	var ok bool
	if a.Arguments, ok = v.(*pyjson.Object); !ok {
		return a, fmt.Errorf("kwargs that are no dict: %s", fields["kwargs"].Source())
	}
	return a, nil
}

// keywords are the named arguments of a call of a class.
func keywords(x pylit.Expr, class string) (map[string]pylit.Expr, error) {
	call, ok := x.(*pylit.Call)
	if !ok || call.Func.Source() != class {
		return nil, fmt.Errorf("no %s(...): %s", class, x.Source())
	}
	fields := map[string]pylit.Expr{}
	for _, k := range call.Keywords {
		fields[k.Name] = k.Value
	}
	return fields, nil
}

func stringOf(x pylit.Expr) (string, error) {
	if x == nil {
		return "", fmt.Errorf("a field is missing")
	}
	s, ok := pylit.Text(x)
	if !ok {
		return "", fmt.Errorf("no string: %s", x.Source())
	}
	return s, nil
}

func itemsOf(x pylit.Expr) []pylit.Expr {
	if list, ok := x.(*pylit.ListExpr); ok {
		return list.Items
	}
	return nil
}
