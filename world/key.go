package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// keyNames are the columns that identify a row, the surest first.
var keyNames = []string{"id", "uuid", "guid", "gid", "sid", "uid", "key", "number", "code", "slug", "sku", "symbol", "login", "username", "handle", "name", "email", "title"}

// chooseKey picks the key column of the table, adding one where the results
// show none.
func (t *table) chooseKey() {
	p, found := t.keyParam()
	found = found && !t.open
	c := t.declaredKey(p, found)
	if word := t.find(t.worded); c == nil && t.worded != "" && word != nil && !found {
		c = word
	}
	if c == nil {
		c = t.inventKey(p, found)
		t.invented = !found
	}
	switch c.Type {
	case "integer":
	case "number":
		c.Type = "integer"
	default:
		c.Type = "string"
	}
	c.Unique, c.Nullable, c.Ref = true, false, ""
	t.Key = c.Name
}

// keyParam returns the parameter with which most tools name one row.
func (t *table) keyParam() (param, bool) {
	votes, best, bestVotes := map[string]int{}, param{}, 0
	for _, o := range t.ops {
		p, ok := o.ownKey(t.Entity)
		if !ok {
			continue
		}
		votes[p.Name]++
		if votes[p.Name] > bestVotes {
			best, bestVotes = p, votes[p.Name]
		}
	}
	return best, bestVotes > 0
}

// ownKey returns the parameter that names the row the tool is about: the last
// one after the last noun of its path, or the identifier of its noun.
func (o *op) ownKey(entity string) (param, bool) {
	if o.dated() {
		return param{}, false
	}
	if o.restful() {
		last := o.path[len(o.path)-1]
		if n := len(last.params); n > 0 && o.identifies(last) {
			return o.param(last.params[n-1])
		} else if n > 0 {
			return param{}, false
		}
		if o.kind == scaler.Create || o.kind == scaler.List {
			return param{}, false
		}
	}
	for _, p := range o.params {
		if !p.Schema.IsScalar() && p.Schema.Type() != "" || o.kind == scaler.List || p.Wrap != "" && !o.wrapsKey(p, entity) {
			continue
		}
		stem := idStem(p.Name)
		n := snake(p.Name)
		own := stem != "" && (stem == entity || stem == o.noun || strings.HasSuffix(entity, "_"+stem)) && !strings.HasSuffix(n, "_name") ||
			(n == "id" || n == "uuid") || n == entity && o.kind != scaler.Create || p.Required && o.kind != scaler.Create && p.saysID(entity)
		if own && (o.kind != scaler.Create || p.Required && strongID(p.Name)) {
			return p, true
		}
	}
	return param{}, false
}

// wrapsKey says whether an argument inside the object that holds all arguments names
// the row that the tool changes or shows: params.incident_id. Of what is made, and
// beside a path, the object says what to store.
func (o *op) wrapsKey(p param, entity string) bool {
	if o.tool.Method != "" || o.kind == scaler.Create || !strongID(p.Name) {
		return false
	}
	stem := idStem(p.Name)
	return stem != "" && (stem == entity || stem == o.noun || strings.HasSuffix(entity, "_"+stem))
}

// dated says whether a look-up of one row asks for a day besides what it calls
// the row: the flight of a number on a day is another on the next.
func (o *op) dated() bool {
	if o.kind != scaler.Get || o.restful() || o.result.Type() != "" {
		return false
	}
	return slices.ContainsFunc(o.params, func(p param) bool {
		last := lastWord(snake(p.Name))
		return p.Required && p.Schema.Type() == "string" && (last == "date" || last == "day") && p.Wrap == ""
	}) && !o.hasID()
}

// identifies says whether the parameter after a noun of the path names one row:
// a choice of few values, such as a format, does not.
func (o *op) identifies(l link) bool {
	if len(l.params) == 0 {
		return false
	}
	p, ok := o.param(l.params[len(l.params)-1])
	return !ok || len(p.Schema.List("enum")) == 0 && len(p.Schema.Items().List("enum")) == 0
}

// saysOf says whether a parameter's description calls it something of the entity
// that the tool is to act on: "Timestamp of the message to be updated".
func (p param) saysOf(entity string) bool {
	text := " " + plainWords(firstSentence(p.Schema.Text("description"))) + " "
	noun := " of the " + spoken(lastWord(entity)) + " to "
	return p.Schema.IsScalar() && strings.Contains(text, noun)
}

// saysID says whether a parameter's description calls it the identifier of the
// entity: "ID of the conversation to rename".
func (p param) saysID(entity string) bool {
	if p.Schema.Type() != "string" && p.Schema.Type() != "integer" {
		return false
	}
	w := words.Split(firstSentence(p.Schema.Text("description")))
	at := slices.Index(w, "id")
	if at < 0 {
		at = slices.Index(w, "identifier")
	}
	if at < 0 || len(w) > 14 {
		return false
	}
	noun := lastWord(entity)
	before := at > 0 && words.Singular(w[at-1]) == noun
	for i := at + 1; i < min(at+5, len(w)); i++ {
		if words.Singular(w[i]) == noun {
			return w[at+1] == "of" || w[at+1] == "for"
		}
	}
	return before
}

func (t *table) declaredKey(p param, found bool) *scaler.Column {
	usable := func(c *scaler.Column) bool {
		return c != nil && (c.Type == "string" || c.Type == "integer" || c.Type == "number") && len(c.Enum) == 0
	}
	if found {
		if c := t.find(p.Name); usable(c) {
			return c
		}
		if c := t.find(plainName(t.Entity, p.Name)); usable(c) && isKeyName(snake(c.Name)) && !strongID(p.Name) {
			return c
		}
	}
	var order []string
	if last := words.Split(p.Name); found && len(last) > 0 {
		order = append(order, last[len(last)-1])
	}
	order = append(order, "id", t.Entity+"_id", lastWord(t.Entity)+"_id", t.Entity+"_number", t.Entity+"_key", t.Entity+"_code")
	order = append(order, keyNames[1:]...)
	for _, name := range order {
		c := t.find(name)
		if !usable(c) || found && p.Schema.Type() == "integer" && c.Type == "string" ||
			found && p.Schema.Type() == "string" && c.Type == "integer" && !strongID(p.Name) {
			continue
		}
		if (!found || strongID(p.Name)) && !isKeyName(name) {
			continue // an id is no name
		}
		return c
	}
	return nil
}

// isKeyName says whether a column of this name identifies rows even where no
// tool takes it: a mere name or title may repeat.
func isKeyName(name string) bool { return name != "name" && name != "title" && name != "email" }

func (t *table) inventKey(p param, found bool) *scaler.Column {
	c := scaler.Column{Name: "id", Type: "string", Semantic: "id"}
	if found {
		c = columnOf(p.Prop)
		c.Semantic = "id"
		c.Enum = nil
		if strongID(p.Name) && t.declared {
			c.Name = "id"
		}
	}
	if have := t.find(c.Name); have != nil {
		if have.Type == "string" || have.Type == "integer" || have.Type == "number" {
			return have
		}
		c.Name = t.Entity + "_key"
	}
	t.Columns = append([]scaler.Column{c}, t.Columns...)
	return &t.Columns[0]
}
