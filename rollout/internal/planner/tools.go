package planner

import (
	"math"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// A kit is the tools on offer.
type kit struct {
	tools  []*tool
	weight map[string]float64 // how telling a stem is: rare among the tools is telling
	things map[string]bool    // stems of what the tools are about
}

// A tool is a specification taken apart.
type tool struct {
	kit    *kit
	name   string
	verb   string   // stem of the name's verb
	nouns  []string // stems of the name's other words
	doc    map[string]float64
	params []param
	writes bool
	lists  bool // returns many
}

// A param is one leaf of a tool's parameters.
type param struct {
	path     string   // "address.city", "items[].sku"
	words    []string // stems of the whole path
	last     []string // stems of the last segment
	label    string   // as people say it
	doc      []string // stems of the description
	required bool
	kind     string // JSON type
	format   string
	enum     []any
	list     bool // an array of scalars
	fixed    bool // has a default
	key      bool // names a thing by its identifier
	examples []string
}

func newKit(specs []llm.Tool) *kit {
	k := &kit{weight: map[string]float64{}, things: map[string]bool{}}
	count := map[string]float64{}
	for _, s := range specs {
		t := newTool(s)
		t.kit = k
		for _, n := range t.nouns {
			k.things[n] = true
		}
		k.tools = append(k.tools, t)
		for w := range t.doc {
			count[w]++
		}
	}
	for w, n := range count {
		k.weight[w] = math.Log(1 + float64(float64(len(specs))/n))
	}
	return k
}

// of returns how telling a stem is.
func (k *kit) of(stem string) float64 {
	if w, ok := k.weight[stem]; ok {
		return w
	}
	return math.Log(1 + float64(len(k.tools)))
}

func (k *kit) tool(name string) *tool {
	i := slices.IndexFunc(k.tools, func(t *tool) bool { return t.name == name })
	if i < 0 {
		return nil
	}
	return k.tools[i]
}

func newTool(s llm.Tool) *tool {
	t := &tool{name: s.Name, doc: map[string]float64{}}
	named := lex.Words(s.Name)
	if len(named) == 0 {
		named = []string{strings.ToLower(s.Name)}
	}
	all := words.Split(s.Name)
	if len(all) == 0 {
		all = []string{"use"} // a name without words
	}
	at := max(0, slices.IndexFunc(all, isVerb))
	for i, w := range all {
		if st := lex.Stem(w); i == at {
			t.verb = st
		} else if slices.Contains(named, st) {
			t.nouns = append(t.nouns, st)
		}
	}
	first, rest, _ := strings.Cut(s.Description, ". ")
	t.weigh(lex.Words(rest), 0.5)
	t.weigh(lex.Words(first), 1.2)
	if schema, err := pyjson.ParseObject(s.Parameters); err == nil {
		t.params = leaves(nil, schema, "", true)
	}
	for i := range t.params {
		t.params[i].complete(t)
		t.weigh(t.params[i].doc, 0.3)
		t.weigh(t.params[i].words, 0.6)
	}
	t.weigh(named, 2.5)
	t.writes = !reads(all[at], first)
	if at+1 < len(all) && all[at] == "check" && (all[at+1] == "in" || all[at+1] == "out") {
		t.verb, t.writes = "check"+all[at+1], true
	}
	t.lists = !t.writes && (slices.ContainsFunc(all, func(w string) bool { return w == "list" || w == "search" }) || words.Singular(all[len(all)-1]) != all[len(all)-1])
	return t
}

// weigh keeps the largest weight of each stem.
func (t *tool) weigh(stems []string, weight float64) {
	for _, s := range stems {
		t.doc[s] = max(t.doc[s], weight)
	}
}

// reads says whether a tool only looks, by its verb and how its description begins.
func reads(verb, description string) bool {
	if readVerbs[verb] {
		return true
	}
	if writeVerbs[verb] {
		return false
	}
	begin, _, _ := strings.Cut(strings.ToLower(description), " ")
	return readVerbs[begin] || readVerbs[strings.TrimSuffix(begin, "s")] || begin == "all" || begin == "the"
}

func isVerb(w string) bool { return readVerbs[w] || writeVerbs[w] }

var (
	readVerbs = set(`get list search find show read fetch retrieve view check lookup look query count describe browse calculate compute estimate
		quote track preview validate compare convert summarize export download return_info inspect`)
	writeVerbs = set(`create add update delete remove cancel set change modify edit make place book open close start stop end pay refund return
		renew extend register suspend reactivate activate deactivate approve reject accept decline assign unassign report borrow collect hold
		reserve send submit transfer move ship deliver dispatch complete finish mark merge link unlink put patch post insert append attach
		detach enable disable lock unlock block unblock freeze unfreeze pause resume reopen archive restore publish redeem charge capture void
		issue record log upload import invite join leave enroll subscribe unsubscribe schedule reschedule confirm resolve escalate adjust
		top deposit withdraw increase decrease upgrade downgrade replace swap grant revoke request waive settle apply file order buy switch
		verify sign receive release terminate withdraw dispute raise rate review comment note tag untag flag`)
)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
