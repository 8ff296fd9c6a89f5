package world

import (
	"strings"

	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// A mode says what a result is made of.
type mode int

const (
	free   mode = iota // the schema says nothing of it: the tool may answer as it likes
	single             // one row
	many               // a list of rows
	values             // a list of plain values
	scalar             // one plain value
	keyed              // an object with a row under each row's key
	work               // an operation that changes a row
	other              // an object that is neither
)

// A shape is how a declared result holds rows: at the property path At inside
// Top, each row as Row says.
type shape struct {
	mode mode
	at   []string
	top  schema.View
	row  schema.View
	text bool // what is free is written as a text
}

// textNames are the properties under which servers answer anything as one text.
var textNames = wordSet("result output response")

// listNames and rowNames are the properties under which services wrap results;
// metaNames are what else an envelope holds.
var (
	listNames = wordSet(`data items results result records values list entries rows content contents resources
		objects elements hits docs documents collection members matches response value edges nodes`)
	rowNames  = wordSet(`data result response item object record resource content payload body value`)
	metaNames = wordSet(`total count page per_page limit offset next previous prev has_more more cursor success ok
		successful succeeded is_success is_successful is_error status message error errors meta metadata pagination paging links link code kind etag next_page_token
		next_cursor request_id self href first last size page_size total_count total_pages total_items total_results
		page_number pages warnings info response_metadata next_page previous_page has_next has_prev next_link
		next_page_uri previous_page_uri first_page_uri last_page_uri uri num_pages page_count start end cache_ts
		needs_pagination num_results status_code api_version version object timestamp took offset_id results_count
		current_page last_page from to has_next_page has_previous_page page_token continuation_token number max_results start_index`)
)

// hasRows says whether the result is made of rows whose schema it declares.
func (sh shape) hasRows() bool { return sh.mode == single || sh.mode == many || sh.mode == keyed }

// most is how many items the list of a result may have; 0 means any number.
func (sh shape) most() int {
	v := sh.top
	for _, name := range sh.at {
		p, _ := v.Prop(name)
		v = p.Schema
	}
	if n := v.Number("maxItems"); n != nil && v.Type() == "array" {
		return int(*n)
	}
	return 0
}

// loose says whether the whole result is the tool's to choose; in an envelope
// around free content the envelope is not.
func (sh shape) loose() bool { return sh.mode == free && len(sh.at) == 0 }

// shapeOf finds the rows of entity noun in a result schema.
func shapeOf(s schema.View, noun string) shape { return unwrap(s, noun, nil) }

func unwrap(s schema.View, noun string, at []string) shape {
	sh := shape{at: at, top: s}
	switch s.Type() {
	case "":
		return sh
	case "array":
		sh.row = s.Items()
		sh.mode = many
		if sh.row.IsScalar() {
			sh.mode = values
		}
		return sh
	case "object":
	default:
		sh.mode = scalar
		return sh
	}
	props := s.Props()
	if more, ok := s.Object("additionalProperties"); ok && len(props) == 0 && schema.Of(more).IsObject() {
		sh.mode, sh.row = keyed, schema.Of(more)
		return sh
	}
	if len(props) == 0 && len(at) > 0 {
		return sh
	}
	if len(props) == 0 {
		if _, ok := s.Object("additionalProperties"); ok {
			sh.mode = other
		}
		return sh
	}
	if p := props; len(p) == 1 && len(at) == 0 && p[0].Schema.Type() == "string" && textNames[p[0].Name] {
		sh.at, sh.text = []string{p[0].Name}, true
		return sh
	}
	if _, _, ok := workOf(s, noun); ok {
		sh.mode = work
		return sh
	}
	if p, ok := envelope(props, noun); ok && len(at) < 3 {
		in := unwrap(p.Schema, noun, append(at[:len(at):len(at)], p.Name))
		in.top = s
		return in
	}
	sh.mode, sh.row = single, s
	return sh
}

// envelope returns the property that holds the rows, if the object is only a
// wrapping of them.
func envelope(props []schema.Prop, noun string) (schema.Prop, bool) {
	plain, keyed := 0, false // properties that an entity has and an envelope has not
	for _, p := range props {
		n := snake(p.Name)
		keyed = keyed || n == "id" || n == noun+"_id" || n == "name" || n == "uuid" || n == "created_at"
		if p.Schema.IsScalar() && !metaNames[n] && !isPageMark(n) && !httpMarks[n] {
			plain++
		}
	}
	if list, ok := paged(props, noun, plain); ok {
		return list, true
	}
	if keyed {
		return schema.Prop{}, false
	}
	head := lastWord(noun)
	best, rank := schema.Prop{}, 0
	for _, p := range props {
		if r := wrapRank(p, noun, head, plain, len(props)); r > rank {
			best, rank = p, r
		}
	}
	return best, rank > 0
}

// wrapRank says how much a property looks like the content of an envelope.
func wrapRank(p schema.Prop, noun, head string, plain, total int) int {
	n := snake(p.Name)
	one := words.Singular(contained(n))
	named := n == noun || one == noun || lastWord(one) == head || words.Singular(lastWord(n)) == head
	switch {
	case p.Schema.Type() == "array" && named:
		return 6
	case p.Schema.IsObject() && named && plain <= 1:
		return 5
	case p.Schema.IsObject() && plain <= 2 && holdsList(p.Schema, noun, head):
		return 5
	case p.Schema.Type() == "array" && listNames[n] && plain <= 2:
		return 4
	case p.Schema.IsObject() && rowNames[n] && plain <= 1:
		return 3
	case p.Schema.Type() == "object" && rowNames[n] && plain == 0:
		return 2
	case p.Schema.IsObject() && plain == 0 && isRowLike(p.Schema):
		return 3
	case p.Schema.Type() == "array" && p.Schema.Items().IsObject() && plain == 0 && !metaNames[n]:
		return 2
	case p.Schema.IsObject() && plain == 0 && total <= 2 && !metaNames[n]:
		return 1
	}
	return 0
}

// contained is what a property like order_list or order_summaries lists.
func contained(name string) string {
	for _, end := range []string{"_list", "_set", "_items", "_summaries", "_summary_list", "_collection", "_details"} {
		if rest, ok := strings.CutSuffix(name, end); ok && rest != "" {
			return rest
		}
	}
	return name
}

// holdsList says whether an object has a list named after the entity: meta of
// {"meta": {"styles": [...]}}.
func holdsList(s schema.View, noun, head string) bool {
	for _, p := range s.Props() {
		n := snake(p.Name)
		if p.Schema.Type() == "array" && (words.Singular(n) == noun || words.Singular(lastWord(n)) == head) {
			return true
		}
	}
	return false
}
