package graph

import (
	"strings"
	"unicode"

	"github.com/agentscaler/scaler/internal/words"
)

// A lexicon splits names and texts into singular words and remembers what it
// split: specifications repeat themselves. It serves one goroutine.
type lexicon struct {
	names map[string][]string
	one   map[string]string
}

func newLexicon() *lexicon {
	return &lexicon{names: map[string][]string{}, one: map[string]string{}}
}

// name returns the words of an identifier, singular: "listProjectIDs" is list,
// project, id. The result is shared and must not be changed.
func (l *lexicon) name(s string) []string {
	if w, ok := l.names[s]; ok {
		return w
	}
	split := words.Split(s)
	out := make([]string, 0, len(split))
	for _, w := range split {
		out = append(out, l.singular(w))
	}
	l.names[s] = out
	return out
}

func (l *lexicon) singular(w string) string {
	if s, ok := l.one[w]; ok {
		return s
	}
	s := words.Singular(w)
	l.one[w] = s
	return s
}

// text returns the content words of the first sentences of a description.
func (l *lexicon) text(s string) []string {
	const enough = 240
	if len(s) > enough {
		s = s[:enough]
	}
	var out []string
	for _, field := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' }) {
		for _, w := range l.name(field) {
			if len(w) > 2 && !stopWords[w] && !verbs[w].known() && !keyWords[w] {
				out = append(out, w)
			}
		}
	}
	return out
}

// An action is what a tool does to a resource, as its name, method and effect tell it.
type action uint8

const (
	otherAction action = iota + 1
	list
	get
	search
	create
	update
	remove
)

func (a action) known() bool { return a != 0 }

// reads says whether the action leaves the database as it is.
func (a action) reads() bool { return a == list || a == get || a == search }

// verbs says which action a verb in a tool's name stands for.
var verbs = table(map[action]string{
	list:        "list index browse enumerate all",
	get:         "get fetch retrieve read show describe view load download check return select obtain",
	search:      "search find query lookup filter discover",
	create:      "create add insert post new make generate register open start send submit book place upload build import initiate schedule",
	update:      "update modify edit patch put set change replace rename move assign enable disable activate exchange merge upsert save",
	remove:      "delete remove cancel drop destroy clear archive close revoke unsubscribe detach disassociate stop return terminate",
	otherAction: "run execute invoke call process perform convert calculate compute validate verify test trigger associate attach use apply",
})

func table(m map[action]string) map[string]action {
	out := map[string]action{}
	for a := otherAction; a <= remove; a++ {
		for w := range strings.FieldsSeq(m[a]) {
			out[w] = a
		}
	}
	out["return"] = otherAction // of goods or of a value: its name alone does not say
	return out
}

// keyWords are the words by which a field names its row rather than says what
// it is about: the key of a project is about projects.
var keyWords = set(`id ids uid uuid guid key name code value number no num identifier ref reference
	slug title arn label text item display index handle`)

// stopWords say nothing about a resource.
var stopWords = set(`a an and any as at be been being by can could for from has have if in into is it its may must
	of on only or other over per should such than that the their them then there these this those to up used
	using was were what when where which while who will with you your one not all each every specific given
	specified provided optional required default example api rest v v1 v2 v3 v4 version http json xml public
	private dynamic data info information detail details request response result object string integer
	description unique type field parameter choose select enter specify via new about more no non true false`)

// hubs are parameter names that every API has and that tie nothing together:
// paging, order, format, tracing, versions and credentials.
var hubs = set(`limit offset page per_page page_size pagesize page_number page_token next_token nexttoken cursor max_results
	maxresults max_items marker count skip top take start end_cursor starting_after ending_before sort sort_by sort_order order_by order
	direction fields include expand embed select filter q query format pretty callback alt api_version apiversion
	version accept accept_language content_type user_agent authorization token access_token api_key apikey key
	client_id client_secret client_token clienttoken idempotency_key request_id x_request_id correlation_id trace_id
	locale lang language timezone verbose debug dry_run force tag tags metadata meta links self href url etag if_match
	total total_count has_more next previous success message status_code error errors`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// isHub says whether a field's name is one that every API has.
func isHub(name []string) bool { return hubs[strings.Join(name, "_")] }
