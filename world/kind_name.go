package world

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// fromName reads kind and noun off the words of the name.
func (o *op) fromName() {
	o.readNoun()
	o.kind = english.Verbs[o.verb]
	if word, kind := o.deed(); kind != "" && word == o.verb {
		o.kind = kind
	}
	if to, ok := english.Participles[o.verb]; ok && o.kind == scaler.Create && to != "" && o.leads && o.hasID() && o.noun != "" {
		o.kind = scaler.Transition
	}
	if o.kind == "" {
		o.kind = scaler.Get
		switch {
		case o.tool.Effect == scaler.Write && o.hasID() && o.saysVerb():
			o.kind = scaler.Update
		case o.tool.Effect == scaler.Write:
			o.kind = scaler.Event
		}
	}
	if o.aside { // transfer to an agent: the noun is where it goes, not what it is
		o.kind = scaler.Event
	}
	if o.kind == scaler.Get && (o.plural || o.saysList()) && !o.hasOwnID() && !o.namesOwn() || o.kind == scaler.Get && o.listsRows() {
		o.kind = scaler.List
	}
	if o.kind == scaler.Get && o.saysMany() {
		o.kind = scaler.List
		o.note("its text speaks of a list")
	}
	if o.kind == scaler.List && !o.plural && !o.listsRows() && o.verb == "find" {
		o.kind = scaler.Get
	}
	if o.verb != "" {
		o.note("verb", o.verb)
	}
}

// gathered are nouns that mean many without a plural.
var gathered = wordSet("news history leaderboard trending feed timeline catalog inbox lineup roster ohlc ohlcv")

// saysList says whether the name asks for many without a plural: index_list,
// price_history.
func (o *op) saysList() bool {
	return o.noun != "" && (slices.Contains(o.words, "list") && o.words[0] != "list" && lastWord(o.noun) != "list" || gathered[lastWord(o.noun)])
}

// listOf is a beginning of descriptions: "Retrieve the list of projects".
var listOf = regexp.MustCompile(`(?i)^\w+ (?:a |the |an )?(?:\w+ )?list of `)

// saysMany says whether a plural name and the description, or arguments for paging,
// speak of many rows, whatever argument says of what.
func (o *op) saysMany() bool {
	if !o.plural || o.result.Words != nil || o.namesOwn() {
		return false
	}
	paged := slices.ContainsFunc(o.params, func(p param) bool {
		_, control := controls[snake(p.Name)]
		return control && slices.Contains(words.Split(p.Name), "page")
	})
	return paged || listOf.MatchString(english.Unannounced(o.tool.Description))
}

// toldToList says whether the description begins by saying that the tool lists,
// and no result says what it answers.
func (o *op) toldToList() bool {
	return o.result.Words == nil && english.Verbs[english.LeadingVerb(o.tool.Description)] == scaler.List && english.LeadingVerb(o.tool.Description) == "list"
}

// namesOwn says whether a required argument names one row of the tool's noun,
// where the name ends in what is asked of it: users.info(user).
func (o *op) namesOwn() bool {
	last := ""
	if len(o.words) > 1 {
		last = o.words[len(o.words)-1]
	}
	if last != "info" && last != "get" && last != "details" {
		return false
	}
	p, ok := o.ownKey(o.noun)
	return ok && p.Required
}

// hasID says whether an argument identifies a row.
func (o *op) hasID() bool {
	for _, p := range o.params {
		if strongID(p.Name) {
			return true
		}
	}
	return false
}

// hasOwnID says whether an argument identifies a row of the tool's own noun.
func (o *op) hasOwnID() bool {
	for _, p := range o.params {
		stem := idStem(p.Name)
		if strongID(p.Name) && (stem == "" || stem == o.noun || strings.HasSuffix(o.noun, "_"+stem)) && p.Schema.Type() != "array" {
			return true
		}
	}
	return false
}

// readNoun splits the name into adjectives, noun phrase and the rest.
func (o *op) readNoun() {
	var noun []string
	seenVerb, aside := false, false
	for i, w := range o.words {
		if english.Prepositions[w] && len(noun) > 0 {
			break
		}
		if w == o.verb && !seenVerb {
			seenVerb = true
			if i > 0 && len(noun) > 0 && !o.leads {
				continue
			}
			continue
		}
		if english.Fillers[w] || english.Prepositions[w] {
			aside = aside || english.Prepositions[w]
			continue
		}
		if len(noun) == 0 && o.qualifies(i) {
			o.quals = append(o.quals, w)
			continue
		}
		if english.IsStatusWord(w) && len(noun) == 0 {
			o.adjs = append(o.adjs, w)
			continue
		}
		noun = append(noun, w)
	}
	if len(noun) == 0 && len(o.adjs) > 0 {
		noun, o.adjs = o.adjs, nil
	}
	if len(noun) == 0 {
		noun = o.namedFiller()
	}
	if len(noun) > 4 {
		noun = noun[len(noun)-4:]
	}
	o.plural = len(noun) > 0 && isPlural(noun[len(noun)-1])
	o.noun = singularNoun(strings.Join(noun, "_"))
	o.aside = aside && o.verb != "" && writes(english.Verbs[o.verb]) && !o.hasOwnID()
}

// namedFiller is the word of the name that elsewhere says nothing, where an argument
// has it too: service of delete_service(service).
func (o *op) namedFiller() []string {
	for _, w := range o.words {
		if p, ok := o.param(w); ok && english.Fillers[w] && p.Required && p.Schema.IsScalar() {
			return []string{w}
		}
	}
	return nil
}
