package task

import (
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// An action is a tool's name taken apart as speech: add, member, "to team".
type action struct {
	verb   string
	object []string // singular; may be empty
	tail   string   // "to the team", where the name says so
}

// actionOf reads a tool's name: its first verb, or a verb at its end
// (conversations_archive), or the verb its description begins with.
func actionOf(t *tool) action {
	name := lastPart(t.Name)
	at := slices.IndexFunc(name, func(w string) bool { return verbs[w] })
	if at < 0 {
		return action{verb: fallbackVerb(t), object: singulars(name)}
	}
	a := action{verb: spokenVerb(name[at:])}
	rest := name[at+1:]
	if len(rest) > 0 && slices.Contains(strings.Fields(phrasal[a.verb]), rest[0]) {
		a.verb, rest = a.verb+" "+rest[0], rest[1:]
	}
	if i := slices.IndexFunc(rest, func(w string) bool { return prepositions[w] }); i >= 0 {
		if tail := rest[i+1:]; rest[i] == "out" {
			a.tail = strings.Join(rest[i:], " ")
		} else if len(tail) > 0 && directions[rest[i]] {
			a.tail = rest[i] + " the " + strings.Join(tail, " ")
			if bareNouns[tail[0]] && len(tail) == 1 {
				a.tail = rest[i] + " " + tail[0]
			}
		}
		rest = rest[:i]
	}
	if len(rest) == 0 {
		rest = name[:at]
		if len(rest) > 1 && rest[0] == "admin" {
			rest = rest[1:]
		}
	}
	a.object = singulars(rest)
	return a
}

// phrasal are verbs that go with a particle: to check in a guest is not to check.
var phrasal = map[string]string{
	"check": "in out", "sign": "in out up", "log": "in out", "opt": "in out", "set": "up", "shut": "down", "roll": "back", "pick": "up",
	"back": "up", "top": "up", "drop": "off", "clock": "in out", "write": "off", "mark": "down", "scale": "up down", "look": "up", "follow": "up",
}

// bareNouns stand without an article after a preposition.
var bareNouns = set("service stock work use market sale hold maintenance production storage")

// lastPart returns the words of a name; where its parts are set apart twice over
// (admin_conversations_restrictAccess_removeGroup), those of the last part, with
// the ones before it where it says nothing but a verb.
func lastPart(name string) []string {
	parts := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("_-./", r) })
	twice := slices.ContainsFunc(parts, func(p string) bool { return len(words.Split(p)) > 1 })
	if len(parts) < 2 || !twice {
		return words.Split(name)
	}
	last := words.Split(parts[len(parts)-1])
	if len(last) == 1 {
		before := words.Split(parts[len(parts)-2])
		return append(last, before...)
	}
	if !verbs[last[0]] {
		return words.Split(name)
	}
	return last
}

// spokenVerb replaces the verbs of HTTP by those of people: only what is written
// is posted.
func spokenVerb(name []string) string {
	switch verb := name[0]; {
	case verb == "put" || verb == "patch" || verb == "upsert":
		return "update"
	case verb == "post" && (len(name) < 2 || !posted[words.Singular(name[len(name)-1])]):
		return "add"
	default:
		return verb
	}
}

var posted = set("message comment reply reaction review story note announcement article update tweet photo picture")

// fallbackVerb is for a name without a verb.
func fallbackVerb(t *tool) string {
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(t.Description)), " ")
	for _, v := range []string{first, strings.TrimSuffix(first, "s"), strings.TrimSuffix(first, "es")} {
		if verbs[v] {
			return v
		}
	}
	if v, ok := kindVerbs[t.Kind]; ok {
		return v
	}
	return "run"
}

var kindVerbs = map[scaler.Kind]string{
	scaler.Get: "look up", scaler.List: "look up", scaler.Create: "create", scaler.Update: "change", scaler.Delete: "delete",
	scaler.Transition: "change", scaler.Relate: "change", scaler.Aggregate: "work out", scaler.Compute: "work out", scaler.Event: "send",
}

func singulars(name []string) []string {
	var out []string
	for _, w := range name {
		if fillers[w] || len(w) == 1 {
			continue
		}
		if s, ok := spoken[w]; ok {
			w = s
		}
		out = append(out, words.Singular(w))
	}
	for i, w := range out {
		if s, ok := spoken[w]; ok {
			out[i] = s
		}
	}
	return out
}

var (
	fillers      = set("v1 v2 v3 api a an the all new rest")
	prepositions = set("by for with from in of on to into at using via and or as out")
	directions   = set("to from into on in for with")
	conditions   = set("lost damaged stolen missing paid unpaid complete completed read unread done default active inactive ready resolved spam seen available unavailable public private favorite favourite returned delivered")
	vague        = set("update modify edit set patch put change adjust")
	verbs        = set(`abort accept acknowledge activate add adjust admit advance allocate amend append apply approve archive assign attach authorize ban batch
		block book borrow build bulk buy calculate call cancel capture change charge check claim clear clone close collect commit compare complete compute
		confirm connect convert copy count create deactivate decline delete deliver deny deposit describe detach disable disconnect dismiss dispatch
		dispute download drop duplicate edit enable end enroll escalate estimate evict exchange execute export extend fetch file filter find finish fire flag follow
		forward freeze generate get give grant hire hold import increase decrease insert inspect install invite invoke issue join kick leave like link list
		load lock log look lookup make mark merge migrate modify move mute notify onboard open order patch pause pay pin place post postpone preview print
		process promote publish purchase put query quote raise read reactivate reassign receive record redeem refund register reimburse reject release
		remove rename renew reopen replace reply report request reschedule reserve reset resolve restart restore restrict resume retrieve retry return
		revert review revoke rotate run save schedule search send set settle share ship show sign skip sort split star start stop submit
		subscribe suspend swap switch sync tag take terminate test top track transfer translate trigger unarchive unassign unban unblock unfollow unfreeze
		uninstall unlink unlock unmute unpin unpublish unsubscribe unsuspend update upgrade downgrade upload upsert validate verify view void waive watch withdraw write`)
)
