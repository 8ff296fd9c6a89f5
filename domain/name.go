package domain

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/vocab"
	"github.com/agentscaler/scaler/internal/words"
)

// A label is a domain's name and the resources it is about, most telling first.
type label struct {
	name   string
	topics []string
}

// maxTopics is how many resources a summary mentions.
const maxTopics = 5

// names names each group after the resources that its tools have and other
// groups' tools have not: "orders and refunds"; a whole service with its own
// name before that, "shop: orders and refunds". No two are the same.
func (p *plan) names(groups [][]int32, whole bool) []label {
	counts := make([]map[string]int, len(groups))
	spread := map[string]int{} // in how many groups a resource occurs
	for i, g := range groups {
		counts[i] = p.resources(g)
		for r := range counts[i] {
			spread[r]++
		}
	}
	out := make([]label, len(groups))
	taken := map[string]bool{}
	for i, g := range groups {
		topics := topics(counts[i], spread, len(groups))
		before := ""
		if whole {
			before = plainService(p.service(g)) + ": "
		}
		out[i] = label{unique(taken, before, topics, p.service(g)), topics}
		taken[out[i].name] = true
	}
	return out
}

// resources counts in how many tools each resource occurs: the last noun of a
// tool's name or path, alone and with the noun before it.
func (p *plan) resources(g []int32) map[string]int {
	out := map[string]int{}
	for _, t := range g {
		seen := map[string]bool{}
		for _, nouns := range [][]string{nameNouns(p.tools[t]), pathNouns(p.tools[t].Path)} {
			n := len(nouns)
			if n > 0 {
				seen[nouns[n-1]] = true
			}
			if n > 1 && !akin(nouns[n-2], nouns[n-1]) {
				seen[nouns[n-2]+" "+nouns[n-1]] = true
			}
		}
		for r := range seen {
			out[r]++
		}
	}
	return unglued(out)
}

// akin says whether one word holds the other: relation, relations; test, webtest.
func akin(a, b string) bool { return strings.Contains(a, b) || strings.Contains(b, a) }

// unglued leaves out resources that are others written as one word: where there
// are keys and vaults, deletedkeys say nothing.
func unglued(counts map[string]int) map[string]int {
	glued := func(w string) bool {
		for r := range counts {
			if rest := len(w) - len(r); len(r) > 2 && rest > 2 && (strings.HasPrefix(w, r) || strings.HasSuffix(w, r)) {
				return true
			}
		}
		return false
	}
	out := make(map[string]int, len(counts))
	for r, n := range counts {
		if !slices.ContainsFunc(strings.Fields(r), glued) {
			out[r] = n
		}
	}
	if len(out) == 0 {
		return counts
	}
	return out
}

func nameNouns(t *scaler.Tool) []string { return nouns(cmp.Or(t.Title, t.Name), 0) }

// nouns returns the singular nouns of a name up to "by": get_orders_by_user is
// about orders. At is the position of its first word in a longer name.
func nouns(name string, at int) []string {
	var out []string
	for i, w := range words.Split(name) {
		w = words.Singular(w)
		if w == "by" && len(out) > 0 {
			break
		}
		if isNoun(w) && !vocab.Verb(w, at+i).Known() && !vocab.Stop[w] && !vocab.Keys[w] {
			out = append(out, w)
		}
	}
	return out
}

// isNoun leaves out what is too short to read, what has digits, and the endings
// of participles and adverbs: list_members_suspended is about members.
func isNoun(w string) bool {
	return len(w) > 2 && len(w) < 20 && !strings.ContainsAny(w, "0123456789") &&
		(len(w) < 6 || !strings.HasSuffix(w, "ed")) && !strings.HasSuffix(w, "ly") && !strings.HasSuffix(w, "ous")
}

func pathNouns(path string) []string {
	segments := strings.Split(path, "/")
	for _, s := range slices.Backward(segments) {
		if found := nouns(s, 1); len(found) > 0 && !strings.Contains(s, "{") {
			return found
		}
	}
	return nil
}

// topics ranks resources by how many of the group's tools have them and how few
// other groups do. A pair of nouns stands for its last noun when it occurs at
// least half as often.
func topics(counts, spread map[string]int, groups int) []string {
	worth := func(r string) float64 {
		n := float64(counts[r])
		if strings.Contains(r, " ") {
			n *= 1.6
		}
		return n * math.Round(1024*math.Log(1.5+float64(groups)/float64(spread[r])))
	}
	ranked := make([]string, 0, len(counts))
	for r := range counts {
		ranked = append(ranked, r)
	}
	slices.SortFunc(ranked, func(x, y string) int { return cmp.Or(cmp.Compare(worth(y), worth(x)), cmp.Compare(x, y)) })
	var out []string
	used := map[string]bool{}
	for _, r := range ranked {
		fresh := true
		for w := range strings.FieldsSeq(r) {
			fresh = fresh && !used[w]
		}
		if !fresh {
			continue
		}
		for w := range strings.FieldsSeq(r) {
			used[w] = true
		}
		if out = append(out, plural(r)); len(out) == maxTopics {
			break
		}
	}
	return out
}

// uncountable words have no plural worth reading.
var uncountable = vocab.Set(`access advice availability billing compliance connectivity content data dns email hardware health history
	inbound inventory logging mail maintenance media metadata monitoring music networking news outbound pricing progress recovery
	security sms software storage support time traffic usage weather whatsapp whois`)

func plural(resource string) string {
	i := strings.LastIndexByte(resource, ' ') + 1
	if uncountable[resource[i:]] {
		return resource
	}
	return resource[:i] + words.Plural(resource[i:])
}

// plainService returns a service's name without its version and place.
func plainService(service string) string {
	name, _, _ := strings.Cut(service, "/")
	return strings.Join(words.Split(name), " ")
}

// unique returns the shortest name made of topics that is not taken, with the
// service or a number behind it where topics do not tell the domains apart.
func unique(taken map[string]bool, before string, topics []string, service string) string {
	for n := min(2, len(topics)); n > 0 && n <= min(3, len(topics)); n++ {
		if name := before + and(topics[:n]); !taken[name] {
			return name
		}
	}
	name := service
	if len(topics) > 0 {
		name = and(topics[:min(2, len(topics))]) + " of " + service
	}
	if !taken[name] {
		return name
	}
	for n := 2; ; n++ {
		if numbered := fmt.Sprintf("%s (%d)", name, n); !taken[numbered] {
			return numbered
		}
	}
}

func and(list []string) string {
	switch n := len(list); n {
	case 0:
		return ""
	case 1:
		return list[0]
	default:
		return strings.Join(list[:n-1], ", ") + " and " + list[n-1]
	}
}

// service returns the service that most of a group's tools belong to.
func (p *plan) service(g []int32) string { return p.byShare(g)[0] }

// byShare returns the services of a group, the one with most tools first.
func (p *plan) byShare(g []int32) []string {
	count := map[string]int{}
	for _, t := range g {
		count[p.tools[t].Service]++
	}
	out := make([]string, 0, len(count))
	for s := range count {
		out = append(out, s)
	}
	slices.SortFunc(out, func(x, y string) int { return cmp.Or(cmp.Compare(count[y], count[x]), cmp.Compare(x, y)) })
	return out
}

// summary says in a sentence what a domain is about.
func (p *plan) summary(g []int32, l label) string {
	reads, writes := 0, 0
	for _, t := range g {
		switch p.tools[t].Effect {
		case scaler.Read:
			reads++
		case scaler.Write:
			writes++
		}
	}
	about := ""
	if len(l.topics) > 0 {
		about = " about " + and(l.topics)
	}
	services := p.byShare(g)
	from := and(services[:min(3, len(services))])
	if len(services) > 3 {
		from = fmt.Sprintf("%s and %d more services", strings.Join(services[:3], ", "), len(services)-3)
	}
	return fmt.Sprintf("%s%s, from %s; %d read and %d write.", number(len(g), "tool"), about, from, reads, writes)
}

func number(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %s", n, words.Plural(what))
}
