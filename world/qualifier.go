package world

import (
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// Some words tell which rows of a collection are meant, and are no collection of
// their own: /gists/public, list_starred_repositories. Where the rows keep a flag
// of that name, a list is of those that have it.

// qualifiers are such words.
var qualifiers = wordSet("public starred recent newest popular trending featured archived deleted trashed unread pinned favorite")

// qualified takes a word that tells which rows are meant off the path of a read.
func (o *op) qualified() {
	n := len(o.path)
	if n < 2 || o.tool.Method != "GET" || o.action != "" {
		return
	}
	last, before := o.path[n-1], o.path[n-2]
	if len(last.params) > 0 || len(before.params) > 0 || !qualifiers[snake(last.segment)] || !isPlural(lastWord(snake(before.segment))) {
		return
	}
	o.path = o.path[:n-1]
	o.quals = append(o.quals, snake(last.segment))
}

// qualifies says whether a word of a name tells which of the things are meant that
// the words behind it name.
func (o *op) qualifies(i int) bool {
	return qualifiers[o.words[i]] && i+1 < len(o.words) && !english.Prepositions[o.words[i+1]] && isPlural(o.words[len(o.words)-1]) && o.tool.Effect == scaler.Read
}

// inState returns the states of which the rows are that a list is of, as its name or
// its text says: list_open_tickets, "Lists all active sessions".
func (o *op) inState() []string {
	st := o.table.Status
	if st == nil || o.kind != scaler.List && o.kind != scaler.Aggregate {
		return nil
	}
	if slices.ContainsFunc(o.binds, func(b bind) bool { return b.Table == o.table.Name && b.Column == st.Column }) {
		return nil // the call says which
	}
	if states, ok := o.adjective(o.table); ok {
		return states
	}
	return english.Object(o.tool.Description, o.table.Entity, texts(o.table.column(st.Column).Enum))
}

// flagged returns the columns that say which rows a list is of.
func (o *op) flagged() []string {
	var out []string
	if o.kind != scaler.List {
		return nil
	}
	for _, c := range o.table.Columns {
		w := words.Split(c.Name)
		if len(w) > 0 && c.Type == "boolean" && (slices.Contains(o.quals, w[len(w)-1]) || slices.Contains(o.adjs, w[len(w)-1])) && (len(w) == 1 || len(w) == 2 && w[0] == "is") {
			out = append(out, c.Name)
		}
	}
	return out
}
