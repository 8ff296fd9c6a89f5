package world

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// Responses tell of themselves beside what they bring: which page of a list it
// is, and how the call went. None of that is a field of a row.

// pageMarks are properties that only a page of a list has.
var pageMarks = wordSet(`next_token next_page_token next_link odata_next_link next_marker next_continuation_token is_truncated
	next_cursor next_page_link next_page_uri next_page_url next_records_url next_results_token pagination_token page_info paging pagination
	has_more has_next_page has_more_results more_results_available`)

// isPageMark says whether a property, in snake case, is one of a page.
func isPageMark(name string) bool {
	return pageMarks[name] || strings.HasSuffix(name, "_next_link") || strings.HasSuffix(name, "_next_token") || strings.HasSuffix(name, "_page_token")
}

// httpMarks are properties that only a response over HTTP has; responseMarks are
// others that it has beside them, and that a row may have as well.
var (
	httpMarks     = wordSet("http_status_code http_status_message http_status http_code http_response_code response_metadata")
	responseMarks = wordSet(`status_code status_message operation_id operation_status errors error error_message error_code message success
		is_success succeeded successful ok request_id response_code response_message result_code warnings has_error has_errors`)
)

// An own says which properties of an object tell of the response and its page.
type own struct{ http bool }

// ownOf reads the properties of an object beside each other.
func ownOf(props []schema.Prop) own {
	said, cleared := 0, false
	for _, p := range props {
		n := snake(p.Name)
		if httpMarks[n] {
			return own{http: true}
		}
		if responseMarks[n] {
			said++
			cleared = cleared || allClear[n] && p.Schema.Type() == "boolean"
		}
	}
	return own{http: cleared && said > 1}
}

// has says whether the property tells of the response.
func (w own) has(p schema.Prop) bool {
	n := snake(p.Name)
	return isPageMark(n) || httpMarks[n] || w.http && responseMarks[n]
}

// paged returns the list that a page brings, if the object is one: a property
// only pages have stands beside the list and little else.
func paged(props []schema.Prop, noun string, plain int) (schema.Prop, bool) {
	marked := false
	best, rank := schema.Prop{}, 0
	for _, p := range props {
		n := snake(p.Name)
		marked = marked || isPageMark(n)
		if p.Schema.Type() != "array" || troubles[n] || responseMarks[n] {
			continue
		}
		one, r := words.Singular(contained(n)), 1
		switch {
		case one == noun || n == noun:
			r = 4
		case words.Singular(lastWord(contained(n))) == lastWord(noun):
			r = 3
		case p.Schema.Items().IsObject():
			r = 2
		}
		if r > rank {
			best, rank = p, r
		}
	}
	return best, marked && rank > 0 && (plain <= 3 || rank > 2)
}

// wentWell writes what a response says of a call that went well.
func (w *writer) wentWell(name string, s schema.View) (string, bool) {
	switch typ := s.Type(); {
	case typ == "integer" && (httpMarks[name] || name == "status_code" || name == "response_code"):
		code := 200
		if list := w.o.tool.Statuses; len(list) > 0 {
			code = list[0]
		}
		return fmt.Sprint(code), true
	case typ == "string" && name == "http_status_message":
		return quote("OK"), true
	}
	return "", false
}
