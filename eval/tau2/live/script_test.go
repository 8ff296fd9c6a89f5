package live_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/tau2/live"
	"github.com/agentscaler/scaler/internal/pyjson"
)

type (
	// A script is what the models of one conversation reply, line by line; the last
	// line is said for ever.
	script struct {
		Domain    string `json:"domain"`
		Task      string `json:"task"`
		Solo      bool   `json:"solo"`
		MaxSteps  int    `json:"max_steps"`
		MaxErrors int    `json:"max_errors"`
		Agent     []line `json:"agent"`
		User      []line `json:"user"`
		Protocol  bool   `json:"protocol"`
		Seed      uint64 `json:"seed"`
		Judge     []line `json:"judge"`
	}
	line struct {
		Content *string   `json:"content"`
		Calls   []command `json:"calls,omitempty"`
	}
	command struct {
		ID        string `json:"id"`
		Name      string `json:"name"`
		Arguments string `json:"arguments"`
	}
)

var (
	phoneTools = []string{"toggle_data", "toggle_roaming", "check_status_bar", "run_speed_test", "toggle_airplane_mode", "reset_apn_settings", "reboot_device", "connect_vpn"}
	others     = []command{{Name: "no_such_tool", Arguments: "{}"}, {Name: "calculate", Arguments: `{"expression": "2/0"}`}, {Name: "calculate", Arguments: `{"expression":"3*4.5"}`},
		{Name: "transfer_to_human_agents", Arguments: `{"summary": "é x"}`}, {Name: "get_user_details", Arguments: `{"user_id": 5, "zz": 1}`}}
	broken = []string{"{oops", "[]", "3", ""}
	speech = []string{"hello", "Yes, 1,234 it is.", "Ünïcode — ok", "line one\nline two"}
	ends   = []string{" ###STOP###", "###TRANSFER###", "###OUT-OF-SCOPE### bye"}
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// randomScript mixes gold calls with wrong ones, words, stops in all places, and
// replies that cannot be used.
func randomScript(r *rand.Rand, tasks map[string][]tau2.Task) script {
	s := script{Domain: pick(r, []string{"retail", "airline", "telecom", "telecom"}), MaxSteps: pick(r, []int{3, 5, 8, 13, 30, 200}), MaxErrors: pick(r, []int{1, 2, 4, 10}), Seed: live.Seed(7, 0)}
	task := pick(r, tasks[s.Domain])
	s.Task, s.Solo = task.ID, s.Domain == "telecom" && r.IntN(3) == 0
	verdict := fmt.Sprintf(`{"results": [{"expectedOutcome": "x", "reasoning": "y", "metExpectation": %t}]}`, r.IntN(4) > 0)
	s.Judge = []line{{Content: &verdict}}
	if r.IntN(3) == 0 {
		s.Agent, s.User = goldLines(&task, s.Solo)
		return s
	}
	for i := range 3 + r.IntN(20) {
		s.Agent = append(s.Agent, randomLine(r, &task, tau2.Assistant, s.Solo, i))
		s.User = append(s.User, randomLine(r, &task, tau2.User, false, i))
	}
	return s
}

// goldLines solve a task.
func goldLines(task *tau2.Task, solo bool) (agent, user []line) {
	hi, bye, words := "hi", "thanks ###STOP###", "done; "+strings.Join(task.Communicate, "; ")
	user = []line{{Content: &hi}}
	for i, a := range task.Actions {
		call := line{Calls: []command{{fmt.Sprintf("g%d", i), a.Name, string(pyjson.Marshal(a.Arguments))}}}
		if a.Requestor == tau2.User && !solo {
			user = append(user, call)
		} else {
			agent = append(agent, call)
		}
	}
	if solo {
		return append(agent, line{Calls: []command{{"e", "done", "{}"}}}), user
	}
	return append(agent, line{Content: &words}), append(user, line{Content: &bye})
}

func randomLine(r *rand.Rand, task *tau2.Task, who string, solo bool, turn int) line {
	likely := map[string]float64{tau2.Assistant: 0.55, tau2.User: 0.3}[who]
	if solo {
		likely = 0.97
	}
	x := r.Float64()
	if x > 0.98 {
		return line{Content: pick(r, []*string{nil, new(string)})}
	}
	if x > likely {
		words := pick(r, append(speech, task.Communicate...))
		if who == tau2.User && r.IntN(8) == 0 || r.IntN(30) == 0 {
			words += pick(r, ends)
		}
		return line{Content: &words}
	}
	var l line
	if words := pick(r, []string{"", "well", "###STOP### with calls"}); r.IntN(5) == 0 {
		l.Content = &words
	}
	for i := range pick(r, []int{1, 1, 1, 2, 3}) {
		c := randomCall(r, task, who, solo)
		c.ID = fmt.Sprintf("%s%d.%d", who[:1], turn, i)
		l.Calls = append(l.Calls, c)
	}
	return l
}

func randomCall(r *rand.Rand, task *tau2.Task, who string, solo bool) command {
	x := r.Float64()
	if len(task.Actions) > 0 && x < 0.6 {
		if a := pick(r, task.Actions); solo || a.Requestor == who {
			return command{Name: a.Name, Arguments: string(pyjson.Marshal(a.Arguments))}
		}
	}
	switch {
	case solo && x > 0.95:
		return command{Name: "done", Arguments: "{}"}
	case x > 0.94:
		return command{Name: "run_speed_test", Arguments: pick(r, broken)}
	case x > 0.7:
		return pick(r, others)
	}
	return command{Name: pick(r, phoneTools), Arguments: pick(r, []string{"{}", "{}", `{"a": 1}`})}
}
