// Package tau1test holds a small checkout of tau-bench's shape, written by us,
// and models of a known accuracy that play its conversations.
package tau1test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Checkout writes a checkout with so many tasks in each domain and returns its
// folder. In retail an order has to be cancelled; every third task asks for a
// word as well. In airline a reservation has to be cancelled, and the first
// task wants nothing done.
func Checkout(t testing.TB, retail, airline int) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files(retail, airline) {
		path := filepath.Join(dir, "tau_bench", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func files(retail, airline int) map[string]string {
	all := map[string]string{
		"envs/user.py":                        user,
		"agents/chat_react_agent.py":          react,
		"envs/retail/wiki.md":                 "# Shop\nHelp with orders.\n",
		"envs/retail/rules.py":                "RULES = []\n",
		"envs/retail/tasks_test.py":           retailTasks(retail),
		"envs/retail/data/orders.json":        orders(retail),
		"envs/retail/data/products.json":      "{}",
		"envs/retail/data/users.json":         `{"bo_1": {"name": {"first_name": "Bo", "last_name": "Li"}, "payment_methods": {}, "orders": []}}`,
		"envs/airline/wiki.md":                "# Planes\nHelp with flights.\n",
		"envs/airline/rules.py":               "RULES = []\n",
		"envs/airline/tasks_test.py":          airlineTasks(airline),
		"envs/airline/data/reservations.json": reservations(airline),
		"envs/airline/data/flights.json":      "{}",
		"envs/airline/data/users.json":        `{"ann_2": {"name": {"first_name": "Ann", "last_name": "Ek"}, "reservations": []}}`,
	}
	tools(all, "retail", "cancel_pending_order", "order_id", "reason")
	tools(all, "retail", "get_order_details", "order_id")
	tools(all, "airline", "cancel_reservation", "reservation_id")
	for _, domain := range []string{"retail", "airline"} {
		tools(all, domain, "think", "thought")
		tools(all, domain, "transfer_to_human_agents", "summary")
	}
	return all
}

// tools adds one tool's module, and names it where ALL_TOOLS is.
func tools(all map[string]string, domain, name string, params ...string) {
	var properties strings.Builder
	for _, p := range params {
		fmt.Fprintf(&properties, "            %q: {'type': 'string', \"description\": ('The ' %q)},\n", p, p)
	}
	folder := "envs/" + domain + "/tools/"
	all[folder+name+".py"] = fmt.Sprintf(`
class T_%[1]s(Tool):
    @staticmethod
    def get_info():
        return {"type": "function", "function": {"name": %[1]q, "description": "Does it.", "parameters": {
          "type": "object", "properties": {
%[2]s          }, "required": ["%[3]s"]}}}
`, name, properties.String(), strings.Join(params, `", "`))
	const list = "ALL_TOOLS = [\n"
	imports, names, _ := strings.Cut(all[folder+"__init__.py"], list)
	names = strings.TrimSuffix(names, "]\n")
	all[folder+"__init__.py"] = imports + "from ." + name + " import T_" + name + "\n" + list + names + "    T_" + name + ",\n]\n"
}

func retailTasks(n int) string {
	var b strings.Builder
	b.WriteString("from tau_bench.types import Action, Task\n\nTASKS_TEST = [\n")
	for i := range n {
		outputs := ""
		if i%3 == 0 {
			outputs = fmt.Sprintf(`"word %d"`, i)
		}
		fmt.Fprintf(&b, `    Task(
        annotator="us", user_id="bo_1", instruction="You are Bo." " Cancel order %d.",
        actions=[
            Action(name="get_order_details", kwargs={"order_id": "#W%[1]d"}),
            Action(name="cancel_pending_order", kwargs={"order_id": "#W%[1]d", "reason": "no longer needed"}),
        ],
        outputs=[%s],
    ),
`, i, outputs)
	}
	return b.String() + "]\n"
}

func airlineTasks(n int) string {
	var b strings.Builder
	b.WriteString("TASKS = [\n    Task(user_id='ann_2', instruction='You are Ann. You want nothing.', actions=[], outputs=[]),\n")
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "    Task(user_id='ann_2', instruction='You are Ann. Cancel R%d.',\n"+
			"      actions=[Action(name='cancel_reservation', kwargs={'reservation_id': 'R%[1]d'})], outputs=[]),\n", i)
	}
	return b.String() + "]\n"
}

func orders(n int) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf(`"#W%d": {"order_id": "#W%[1]d", "user_id": "bo_1", "items": [], "status": "pending", "payment_history": []}`, i)
	}
	return "{" + strings.Join(rows, ", ") + "}"
}

func reservations(n int) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf(`"R%d": {"reservation_id": "R%[1]d", "user_id": "ann_2", "payment_history": []}`, i)
	}
	return "{" + strings.Join(rows, ", ") + "}"
}

// user is envs/user.py with prompts of our own.
const user = `
class LLMUserSimulationEnv(BaseUserSimulationEnv):
    def build_system_prompt(self, instruction):
        instruction_display = (
            ("\n\nWanted: " + instruction + "\n")
            if instruction is not None
            else ""
        )
        return f"""Be a user.{instruction_display}
Say {{DONE}} when it is done."""

    def reset(self, instruction=None):
        self.messages = [
            {
                "role": "system",
                "content": self.build_system_prompt(instruction=instruction),
            },
            {"role": "user", "content": "Hello, and what now?"},
        ]
        return self.generate_next_message(self.messages)


class ReactUserSimulationEnv(LLMUserSimulationEnv):
    def build_system_prompt(self, instruction):
        return f"Think, then be a user who wants: {instruction}"


class VerifyUserSimulationEnv(LLMUserSimulationEnv):
    pass


class ReflectionUserSimulationEnv(LLMUserSimulationEnv):
    pass


def map_role_label(role):
    if role == "user":
        return "Guest"
    elif role == "assistant":
        return "Clerk"
    else:
        return role.capitalize()


def verify(model, provider, response, messages):
    prompt = f"""Is this good?
{transcript}
=> {response}"""


def reflect(model, provider, response, messages):
    prompt = f"""What is better?
{transcript}
=> {response}"""
`

// react is agents/chat_react_agent.py with prompts of our own.
const react = `
class ChatReActAgent(Agent):
    def __init__(self, tools_info, wiki, use_reasoning=True):
        instruction = REACT_INSTRUCTION if use_reasoning else ACT_INSTRUCTION
        self.prompt = (
            wiki + "\n#Tools\n" + json.dumps(tools_info) + instruction
        )


REACT_INSTRUCTION = f"""
Write a Thought, then Action: {{"name": {RESPOND_ACTION_NAME}, "arguments": {{"{RESPOND_ACTION_FIELD_NAME}": "..."}}}}
"""

ACT_INSTRUCTION = f"""
Write Action: {{"name": {RESPOND_ACTION_NAME}, "arguments": {{"{RESPOND_ACTION_FIELD_NAME}": "..."}}}}
"""
`
