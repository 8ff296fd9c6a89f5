// Package vocab says what the words in tools' names are: verbs and what they do,
// keys, words that say nothing, and parameters that every API has.
package vocab

import (
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// An Action is what a tool does to a resource, as its name, method and effect tell it.
type Action uint8

const (
	Other Action = iota + 1
	List
	Get
	Search
	Create
	Update
	Remove
)

// Known says whether there is an action at all.
func (a Action) Known() bool { return a != 0 }

// Reads says whether the action leaves the database as it is.
func (a Action) Reads() bool { return a == List || a == Get || a == Search }

// Verbs says which action a verb in a tool's name stands for.
var Verbs = table(map[Action]string{
	List:   "list index browse enumerate all",
	Get:    "get fetch retrieve read show describe view load download check return select obtain",
	Search: "search find query lookup filter discover",
	Create: "create add insert post new make generate register open start send submit book place upload build import initiate schedule",
	Update: "update modify edit patch put set change replace rename move assign enable disable activate exchange merge upsert save",
	Remove: "delete remove cancel drop destroy clear archive close revoke unsubscribe detach disassociate stop return terminate",
	Other:  "run execute invoke call process perform convert calculate compute validate verify test trigger associate attach use apply",
})

func table(m map[Action]string) map[string]Action {
	out := map[string]Action{}
	for a := Other; a <= Remove; a++ {
		for w := range strings.FieldsSeq(m[a]) {
			out[w] = a
		}
	}
	out["return"] = Other // of goods or of a value: its name alone does not say
	return out
}

// nouns are verbs that name a resource where they do not come first: get_book.
var nouns = Set("book post index place filter test schedule register return process call view image set build load patch show query merge")

// Verb returns what the word at a position of a tool's name does, or 0.
func Verb(word string, at int) Action {
	if at > 0 && nouns[word] {
		return 0
	}
	return Verbs[word]
}

// Keys are the words by which a field names its row rather than says what
// it is about: the key of a project is about projects.
var Keys = Set(`id ids uid uuid guid key name code value number no num identifier ref reference
	slug title arn label text item display index handle`)

// Wrappers are names of fields that hold rows of whatever the tool is about.
var Wrappers = Set(`data value item result record entry entity list row object node edge payload response body content
	collection resource element summary detail page root output set member model d`)

// Stop holds words that say nothing about a resource.
var Stop = Set(`a an and any as at be been being by can could for from has have if in into is it its may must
	of on only or other over per should such than that the their them then there these this those to up used
	using was were what when where which while who will with you your one not all each every specific given
	specified provided optional required default example api rest v v1 v2 v3 v4 version http json xml public
	private dynamic data info information detail details request response result object string integer
	description unique type field parameter choose select enter specify via new about more no non true false`)

// hubs are parameter names that every API has and that tie nothing together:
// paging, order, format, tracing, versions and credentials.
var hubs = singular(`limit offset page per_page page_size pagesize page_number page_token next_token nexttoken cursor max_results
	maxresults max_items marker count skip top take start end_cursor starting_after ending_before sort sort_by sort_order order_by
	direction fields include expand embed select filter q query format pretty callback alt api_version apiversion
	version accept accept_language content_type user_agent authorization token access_token api_key apikey key
	client_id client_secret client_token clienttoken idempotency_key request_id x_request_id correlation_id trace_id
	locale lang language timezone verbose debug dry_run force tag tags metadata meta self href url etag if_match
	total total_count has_more next previous success status_code error errors`)

// Set returns the words of a list.
func Set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

func singular(list string) map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(list) {
		split := words.Split(name)
		for i, w := range split {
			split[i] = words.Singular(w)
		}
		m[strings.Join(split, "_")] = true
	}
	return m
}

// IsHub says whether a field's name, its singular words joined by underscores,
// is one that every API has.
func IsHub(name string) bool { return hubs[name] }
