package spec

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// Evidence is what an importer knows about what a tool does.
type evidence struct {
	method      string // HTTP verb
	path        string
	name        string
	description string
	params      []string
	hint        scaler.Effect // what the specification itself says, if anything
	hintName    string
}

// decide returns the effect and the evidence that decided it: what the
// specification says, then the HTTP verb, then a vote of verbs (the weights are
// those of a study on 2,000 labelled tools: the verb of the name 3, later words 2,
// the leading verb of the description 2.2, cue phrases .5, filter parameters .8).
// A POST writes unless the vote says otherwise.
func (e evidence) decide() (scaler.Effect, string) {
	if e.hint != "" {
		return e.hint, "hint " + e.hintName
	}
	switch e.method {
	case "GET", "HEAD", "OPTIONS", "TRACE":
		return scaler.Read, "http " + e.method
	case "PUT", "PATCH", "DELETE":
		return scaler.Write, "http " + e.method
	}
	v := e.vote()
	switch {
	case v.score >= margin:
		return scaler.Read, "verb " + v.why
	case e.method != "":
		return scaler.Write, "http " + e.method
	case v.score <= -margin:
		return scaler.Write, "verb " + v.why
	}
	return scaler.Unknown, ""
}

const margin = 2.0 // votes by which one side must lead

// votes sums for reading (positive) and writing (negative).
type votes struct {
	score float64
	why   string  // the word that weighed most
	most  float64 // and its weight
}

func (v *votes) add(word string, weight float64) {
	v.score += weight
	if weight < 0 {
		weight = -weight
	}
	if weight > v.most {
		v.most, v.why = weight, word
	}
}

func (e evidence) vote() votes {
	var v votes
	named := lastSegment(e.name)
	v.name(named, strings.ToLower(e.method))
	if e.method != "" {
		v.path(e.path)
	}
	v.description(e.description, slices.Contains(words.Split(named), "return"))
	for _, p := range e.params {
		if filterParams[strings.Join(words.Split(p), " ")] {
			v.add(p, .8)
			break
		}
	}
	return v
}

// lastSegment drops the namespace of a dotted or slashed name.
func lastSegment(name string) string {
	return name[strings.LastIndexAny(name, "./:")+1:]
}

// name weighs the verbs of a name. The first rules: "list deleted", "get update
// status" read. But what it is joined to with "and" counts in full.
func (v *votes) name(name, method string) {
	before, joined := 0.0, false
	for i, w := range said(name) {
		side, noun := verbSide(w)
		if i == 0 && w == method { // post_orders_search: made of the method, which says nothing
			continue
		}
		if side == 0 {
			joined = w == "and" || w == "or"
			continue
		}
		if i == 0 && (w == "return" || w == "report") { // as often what the caller does as what the tool does
			continue
		}
		weight := 3.0
		if before != 0 && !joined {
			weight = 2
		}
		if noun && i > 0 || side*before < 0 && !joined {
			weight /= 4
		}
		v.add(w, weight*side)
		before, joined = side, false
	}
}

// path weighs the last fixed segment of an HTTP path: /orders/search.
func (v *votes) path(path string) {
	segments := strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == ':' || r == '.' })
	if len(segments) == 0 {
		return
	}
	last := words.Split(segments[len(segments)-1])
	if len(last) == 0 {
		return
	}
	if side, noun := verbSide(last[0]); side > 0 && !noun { // later words are of a noun: health-check
		v.add(last[0], 3)
	}
}

// description weighs the verb that leads a text and what it says outright.
func (v *votes) description(text string, returns bool) {
	low := strings.ToLower(text)
	if w, third, ok := leadingVerb(low); ok {
		side, _ := verbSide(w)
		if w == "return" && !third && returns { // return_items, "Return items": the customer's, not the tool's
			side = -1
		}
		if w == "report" && !third && reportsTo.MatchString(low) {
			side = -1
		}
		v.add(w, 2.2*side)
	}
	if w := laterDeed(low); w != "" {
		v.add(w, -4)
	}
	for _, c := range cues {
		if strings.Contains(low, c.phrase) {
			v.add(c.phrase, c.weight)
		}
	}
}

// leadingVerb returns the first word of a description that is a verb, in its
// base form, and whether it was in the third person.
func leadingVerb(low string) (verb string, third, ok bool) {
	article := false
	for i, w := range said(firstSentence(low)) {
		if i > 8 {
			break
		}
		for _, base := range []string{w, strings.TrimSuffix(w, "s"), strings.TrimSuffix(w, "es"), strings.TrimSuffix(w, "ies") + "y"} {
			switch side, _ := verbSide(base); {
			case side == 0:
			case article && side < 0: // the order is what it is about
				return "", false, false
			default:
				return base, base != w, true
			}
		}
		if !filler[w] {
			break
		}
		article = w == "the" || w == "a" || w == "an"
	}
	return "", false, false
}

// verbSide returns +1 for a verb that reads, -1 for one that writes and 0 for
// other words, and whether the word is as often a noun.
func verbSide(w string) (side float64, noun bool) {
	switch {
	case readVerbs[w]:
		return 1, false
	case writeVerbs[w]:
		return -1, false
	case readNouns[w]:
		return 1, true
	case writeNouns[w]:
		return -1, true
	}
	return 0, false
}

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

var (
	readVerbs = wordSet(`get list find fetch read retrieve search lookup query describe check verify validate count
		calculate compute compare browse inspect explain preview estimate detect analyze analyse classify summarize
		summarise translate extract parse recommend suggest autocomplete predict enumerate discover look obtain determine
		evaluate poll tail peek exists convert resolve identify rank recognize is has can whoami scrape crawl
		select return show display receive view download geocode simulate lint think`)
	readNouns = wordSet(`report status history details info overview stats metrics match filter measure
		monitor quote test scan score export diff ping help forecast`)
	writeVerbs = wordSet(`create add update delete remove insert upsert edit modify put patch replace change cancel send
		submit upload publish unpublish approve reject accept decline assign unassign attach detach enable disable activate
		deactivate start stop restart pause resume terminate kill book pay refund charge transfer withdraw deposit
		purchase buy sell register unregister subscribe unsubscribe invite join leave revoke grant reset clear purge save
		write append move rename archive unarchive restore rollback revert deploy provision install uninstall merge commit push
		import sync close open reopen lock unlock pin unpin mark unmark mute unmute ban unban block unblock follow unfollow
		like unlike vote login logout authorize configure schedule reschedule trigger execute invoke run launch apply
		make complete finish finalize confirm acknowledge notify reply forward destroy drop truncate set
		swap migrate clone duplicate fork regenerate rotate renew extend connect disconnect associate disassociate link
		unlink bind unbind tag untag claim release redeem recharge refill replenish restock topup capture void dispatch remind bulk batch checkin checkout choose redirect reroute reassign`)
	writeNouns = wordSet(`order post issue comment message request record log transform process build
		store copy draft email call upgrade share rate review increase decrease click press type play fill exchange plan`)
	filler = wordSet(`this that the a an api tool endpoint method operation function action call request used use
		uses to allows allow you lets let can will be is it for service resource users user which by given with your in using
		simply helps help enables enable deprecated internal and`)
)

// filterParams are what only a search takes.
var filterParams = map[string]bool{
	"query": true, "q": true, "search": true, "filter": true, "filters": true, "sort": true, "sort by": true,
	"order by": true, "page token": true, "next token": true, "page": true, "page size": true, "per page": true, "limit": true, "offset": true, "cursor": true,
}

var cues = []struct {
	phrase string
	weight float64
}{
	{"status will be changed", -2}, {"will be changed to", -2}, {"will be updated to", -2},
	{"cannot be undone", -1}, {"permanently", -.6}, {"returns a list", .6}, {"returns the", .5}, {"read-only", .6},
	{"does not modify", 1}, {"without modifying", 1}, {"list of all", .4}, {"random", 1}, {"irreversible", -1},
}
