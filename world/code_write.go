package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// create writes a tool that inserts a row: references checked, then what is
// given, then defaults for the rest.
func (w *writer) create() {
	w.writes(w.t.Name)
	given := map[string]bind{}
	for _, b := range w.o.binds {
		switch b.Role {
		case roleRef:
			if w.isComposite(b) || w.inLines(b) {
				continue
			}
			w.checkRef(b)
			given[w.a.refColumn(w.t, b)] = b
		case roleSet:
			given[b.Column] = b
		}
	}
	w.checkComposites()
	w.checkUnique(given)
	for _, d := range w.o.takings(w.a) {
		w.take(d, w.rowOf(d.ref))
	}
	w.made = w.lines(given)
	v := variable(w.t.Entity)
	if key, ok := given[w.t.Key]; ok && w.o.upsert {
		w.line(1, "%s = db.%s.get(%s)", v, w.t.Name, w.value(key.p, w.t.column(w.t.Key)))
		w.line(1, "if %s == None:", v)
		w.insert(2, v, given)
		w.refill(v)
	} else {
		w.insert(1, v, given)
	}
	w.line(1, "return %s", w.answerRow(v))
}

// insert writes the making of a row from what is given.
func (w *writer) insert(depth int, v string, given map[string]bind) {
	w.line(depth, "%s = db.%s.insert({", v, w.t.Name)
	for _, c := range w.t.Columns {
		w.line(depth+1, "%s: %s,", quote(c.Name), w.newValue(c, given))
	}
	w.line(depth, "})")
}

// inLines says whether a reference stands in the items of an array argument.
func (w *writer) inLines(b bind) bool {
	l := w.o.linesOf(w.a)
	return l != nil && b.Param == l.p.path()+"."+l.ref.Name
}

// isComposite says whether a reference is only a part of a parent's name.
func (w *writer) isComposite(b bind) bool {
	to := w.a.table(b.Table)
	return to == nil || b.Column != to.Key
}

// refill writes the changes that an upsert makes to a row that was there.
func (w *writer) refill(v string) {
	for _, b := range w.o.binds {
		switch {
		case b.Role == roleRef && !w.isComposite(b):
			w.assign(v, w.t.column(w.a.refColumn(w.t, b)), b)
		case b.Role == roleSet && b.Column != w.t.Key:
			w.assign(v, w.t.column(b.Column), b)
		}
	}
	w.touch(v)
}

// refColumn returns the column of t that stores a reference argument.
func (a *atlas) refColumn(t *table, b bind) string {
	parent := a.table(b.Table)
	return a.foreignKey(t, parent, b.p)
}

// checkRef refuses a reference to a row that is not there.
func (w *writer) checkRef(b bind) {
	to := w.a.table(b.Table)
	rule := w.rule(scaler.Rule{Kind: "exists", Table: to.Name, Column: to.Key,
		Text: fmt.Sprintf("The %s named in the request must be one that we have on record.", spoken(to.Entity))}, b.p.Name)
	depth := 1
	if !b.p.Required || b.p.Wrap != "" {
		w.line(1, "if %s != None:", w.arg(b.p))
		depth = 2
	}
	found := fmt.Sprintf("%s(db.%s, %s, %s, rule = %s)", w.use("need"), to.Name, quote(spoken(to.Entity)), w.value(b.p, to.column(to.Key)), quote(rule))
	from, guarded := w.guardOf(to)
	if !guarded && !w.holds(b) {
		w.line(depth, "%s", found)
		return
	}
	v := w.rowOf(b)
	w.line(depth, "%s = %s", v, found)
	if guarded {
		w.checkParentState(depth, v, to, from)
	}
}

// rowOf names the variable of the row that an argument refers to.
func (w *writer) rowOf(b bind) string {
	to := w.a.table(b.Table)
	n := 0
	for _, x := range w.o.binds {
		if x.Role == roleRef && x.Table == b.Table {
			n++
		}
	}
	if n > 1 || to == w.t {
		return variable(strings.TrimSuffix(snake(b.p.Name), "_id") + "_row")
	}
	return variable(to.Entity)
}

// holds says whether the row an argument refers to is needed after it was
// found: something is taken from it, or its price is copied.
func (w *writer) holds(b bind) bool {
	for _, d := range w.o.takings(w.a) {
		if d.ref.p.Name == b.p.Name {
			return true
		}
	}
	return w.o.nested != "" && b.p.Required || w.o.kind == scaler.Create && w.o.linesOf(w.a) == nil && w.a.table(b.Table).priceColumn() != "" && b.p.Required && w.wantsPrice()
}

// wantsPrice says whether a new row has a price that no argument gives.
func (w *writer) wantsPrice() bool {
	for _, c := range w.t.Columns {
		if c.Type != "number" || c.Semantic != "money" || c.Nullable || !isPrice(c.Name) {
			continue
		}
		if !slices.ContainsFunc(w.o.binds, func(b bind) bool { return b.Role == roleSet && b.Column == c.Name }) {
			return true
		}
	}
	return false
}

// guardOf returns the states in which the tool's text wants a row that it
// refers to.
func (w *writer) guardOf(to *table) ([]string, bool) {
	if to.Status == nil || to == w.t {
		return nil, false
	}
	return allows(w.o.tool.Description, to.Entity, texts(to.column(to.Status.Column).Enum))
}

// checkParentState refuses a reference to a row in another state.
func (w *writer) checkParentState(depth int, v string, to *table, from []string) {
	noun, col := spoken(to.Entity), to.Status.Column
	rule := w.rule(scaler.Rule{Kind: "state", Table: to.Name, Column: col, Allowed: from,
		Text: fmt.Sprintf("The %s must be %s.", noun, spokenEither(from))}, to.Entity+"_"+col)
	w.line(depth, "if %s[%s] not in %s:", v, quote(col), quotes(from))
	w.line(depth+1, `refuse("invalid_state", "The %s %%s is %%s, not %s." %% (%s[%s], %s[%s]), rule = %s)`,
		noun, spokenEither(from), v, quote(to.Key), v, quote(col), quote(rule))
}

func spokenEither(states []string) string {
	said := make([]string, len(states))
	for i, s := range states {
		said[i] = strings.ToLower(spoken(s))
	}
	return either(said)
}

// checkUnique refuses a second row with a key or a value that must be the only one.
func (w *writer) checkUnique(given map[string]bind) {
	for _, c := range w.t.Columns {
		b, ok := given[c.Name]
		if !ok || !c.Unique || w.o.upsert && c.Name == w.t.Key {
			continue
		}
		noun := spoken(w.t.Entity)
		rule := w.rule(scaler.Rule{Kind: "unique", Table: w.t.Name, Column: c.Name,
			Text: fmt.Sprintf("No two %s may have the same %s.", spoken(pluralNoun(w.t.Entity)), spoken(c.Name))}, c.Name)
		value := w.value(b.p, c)
		if c.Name == w.t.Key {
			w.line(1, "if %s != None and db.%s.has(%s):", value, w.t.Name, value)
		} else {
			set := ""
			if !b.p.Required || b.p.Wrap != "" {
				set = value + " != None and "
			}
			w.line(1, "if %sdb.%s.query(where = [(%s, \"==\", %s)], limit = 1):", set, w.t.Name, quote(c.Name), value)
		}
		w.line(2, `refuse("conflict", "There is already %s with %s %%s." %% %s, rule = %s)`, article(noun), spoken(c.Name), value, quote(rule))
	}
}

// newValue writes what a column of a new row holds.
func (w *writer) newValue(c scaler.Column, given map[string]bind) string {
	if made, ok := w.made[c.Name]; ok {
		return made
	}
	b, ok := given[c.Name]
	if !ok {
		if price := w.priced(c); price != "" {
			return price
		}
		if key, ok := given[w.t.Key]; ok && snake(c.Name) == "id" && c.Type == "string" && w.t.column(w.t.Key).Type == "string" && key.p.Required {
			return w.arg(key.p) // what is known by a name has that for its id too
		}
		return w.defaultOf(c)
	}
	value := w.value(b.p, c)
	if c.Type == "object" && b.p.Schema.typ() == "object" {
		if base := plain(parseView(c.Schema), 0); literal(base) != "{}" && literal(base) != "None" {
			return w.use("merged") + "(" + literal(base) + ", " + value + ")"
		}
	}
	if b.p.Required && b.p.Wrap == "" {
		return value
	}
	if value == w.arg(b.p) {
		if fallback := w.defaultOf(c); fallback != "None" {
			if c.Type == "boolean" || c.Type == "integer" || c.Type == "number" {
				return strings.TrimSuffix(value, ")") + ", " + fallback + ")"
			}
			return value + " or " + fallback
		}
		return value
	}
	return value + " or " + w.defaultOf(c)
}

// defaultOf writes the value of a column that nobody gave: the next key, the
// first status, the time, the least its schema accepts.
func (w *writer) defaultOf(c scaler.Column) string {
	t := w.t
	switch {
	case c.Name == t.Key:
		return "db." + t.Name + ".next_id()"
	case t.Status != nil && c.Name == t.Status.Column:
		if said := saidInitial(w.o.tool.Description, texts(c.Enum)); said != "" {
			return quote(said)
		}
		return quote(t.Status.Initial)
	case c.Type == "string" && !c.Nullable && (c.Format == "date-time" || c.Format == "date" || c.Semantic == "date.created" || c.Semantic == "date.updated"):
		return stamp(c)
	case c.Type == "integer" && (c.Semantic == "date.created" || c.Semantic == "date.updated"):
		return "1772442000"
	case c.Nullable:
		return "None"
	case c.Ref != "" && c.Type != "array":
		w.o.note("assumed:", c.Name, "of a new row is the first on record")
		to := w.a.table(c.Ref)
		return "db." + to.Name + ".query(limit = 1)[0][" + quote(to.Key) + "]"
	}
	return literal(columnDefault(c))
}

func stamp(c scaler.Column) string {
	if c.Format == "date" {
		return "today()"
	}
	return "now()"
}

// columnDefault is the least value that a column accepts.
func columnDefault(c scaler.Column) any {
	if len(c.Enum) > 0 {
		return parseAny(c.Enum[0])
	}
	switch c.Type {
	case "object":
		s := parseView(c.Schema)
		s.nullable = false
		if s.o == nil {
			return plainObject(s, 5)
		}
		return plain(s, 0)
	case "array":
		return []any{}
	case "boolean":
		return false
	case "integer", "number":
		if c.Min != nil && *c.Min > 0 {
			return int64(*c.Min)
		}
		return int64(0)
	}
	if c.Format != "" && len(c.Examples) > 0 {
		return parseAny(c.Examples[0])
	}
	if c.Schema != nil {
		return plainText(parseView(c.Schema))
	}
	return formatDefault(c.Format)
}

// update writes a tool that changes the given fields of one row.
func (w *writer) update() {
	w.writes(w.t.Name)
	v := w.row()
	w.checkOwnState(v)
	var same []bind
	for _, b := range w.o.binds {
		switch {
		case b.Role == roleRef && w.isComposite(b), w.o.inSwap(b):
		case b.Role == roleRef:
			w.checkRef(b)
			w.assign(v, w.t.column(w.a.refColumn(w.t, b)), b)
		case b.Role == roleSet && b.Column == b.p.Name && !b.p.Required && w.value(b.p, w.t.column(b.Column)) == w.arg(b.p) && w.t.column(b.Column).Type != "object":
			same = append(same, b)
		case b.Role == roleSet:
			w.assign(v, w.t.column(b.Column), b)
		}
	}
	if len(same) == 1 {
		w.assign(v, w.t.column(same[0].Column), same[0])
	} else if len(same) > 1 {
		var names []string
		for _, b := range same {
			names = append(names, b.Column)
		}
		source := "args"
		if same[0].p.Wrap != "" {
			source = "body"
		}
		w.line(1, "for field in %s:", w.list(w.t.Entity, "EDITABLE", names))
		w.line(2, "if field in %s:", source)
		w.line(3, "%s[field] = %s[field]", v, source)
	}
	w.exchange(v)
	w.touch(v)
	w.line(1, "return %s", w.answerRow(v))
}

// assign writes the storing of one argument into a column.
func (w *writer) assign(v string, c scaler.Column, b bind) {
	depth, value := 1, w.value(b.p, c)
	if !b.p.Required || b.p.Wrap != "" {
		w.line(1, "if %s:", w.given(b.p))
		depth = 2
	}
	if c.Type == "object" && b.p.Schema.typ() == "object" {
		value = w.use("merged") + "(" + v + "[" + quote(c.Name) + "], " + value + ")"
	}
	w.line(depth, "%s[%s] = %s", v, quote(c.Name), value)
}

// touch writes the time of the change where the rows keep it.
func (w *writer) touch(v string) {
	for _, c := range w.t.Columns {
		if c.Semantic == "date.updated" && c.Type == "string" {
			w.line(1, "%s[%s] = %s", v, quote(c.Name), stamp(c))
		}
	}
}

// remove writes a tool that deletes a row and what is nested under it; rows
// elsewhere that refer to it forbid it.
func (w *writer) remove() {
	w.writes(w.t.Name)
	v := w.row()
	w.checkOwnState(v)
	w.unhook(w.t, v, 1, nil)
	answer := w.deleted(v)
	w.line(1, "db.%s.delete(%s[%s])", w.t.Name, v, quote(w.t.Key))
	w.line(1, "return %s", answer)
}

// unhook writes what happens to the rows that refer to a row about to go.
func (w *writer) unhook(t *table, v string, depth int, above []*table) {
	for _, child := range w.a.tables {
		for _, c := range child.Columns {
			if c.Ref != t.Name {
				continue
			}
			w.unhookOne(t, child, c, v, depth, append(above, t))
		}
	}
}

func (w *writer) unhookOne(t, child *table, c scaler.Column, v string, depth int, above []*table) {
	at := variable("each_" + child.Entity)
	op := "=="
	if c.Type == "array" {
		op = "contains"
	}
	rows := fmt.Sprintf("db.%s.query(where = [(%s, %q, %s[%s])])", child.Name, quote(c.Name), op, v, quote(t.Key))
	switch {
	case c.Type == "array":
		w.writes(child.Name)
		w.line(depth, "for %s in %s:", at, rows)
		w.line(depth+1, "%s[%s] = [x for x in %s[%s] if x != %s[%s]]", at, quote(c.Name), at, quote(c.Name), v, quote(t.Key))
	case c.Nullable && !child.nestedIn(t):
		w.writes(child.Name)
		w.line(depth, "for %s in %s:", at, rows)
		w.line(depth+1, "%s[%s] = None", at, quote(c.Name))
	case !contains(above, child) && (child.nestedIn(t) || depth > 1 || !child.needs(c)):
		w.writes(child.Name)
		w.line(depth, "for %s in %s:", at, rows)
		w.unhook(child, at, depth+1, above)
		w.line(depth+1, "db.%s.delete(%s[%s])", child.Name, at, quote(child.Key))
	default:
		rule := w.rule(scaler.Rule{Kind: "state", Table: child.Name, Column: c.Name,
			Text: fmt.Sprintf("%s that still has %s cannot be deleted.", capital(article(spoken(t.Entity))), spoken(child.Name))}, child.Name)
		w.line(depth, "if %s:", rows)
		w.line(depth+1, `refuse("conflict", "The %s %%s still has %s." %% %s[%s], rule = %s)`, spoken(t.Entity), spoken(child.Name), v, quote(t.Key), quote(rule))
	}
}

// needs says whether a tool makes rows that must name what the column refers to.
func (t *table) needs(c scaler.Column) bool {
	for _, o := range t.ops {
		for _, b := range o.binds {
			if o.kind == scaler.Create && b.Role == roleRef && b.Table == c.Ref && b.p.Required {
				return true
			}
		}
	}
	return false
}

func (t *table) nestedIn(parent *table) bool {
	for _, p := range t.parents {
		if p == parent.Entity || words.Singular(p) == parent.Entity {
			return true
		}
	}
	return false
}

func contains(list []*table, t *table) bool {
	for _, x := range list {
		if x == t {
			return true
		}
	}
	return false
}

// deleted writes the answer of a delete.
func (w *writer) deleted(v string) string {
	if w.o.shape.loose() {
		w.line(1, "gone = %s[%s]", v, quote(w.t.Key))
		return fmt.Sprintf(`{"deleted": True, %s: gone}`, quote(w.t.Key))
	}
	w.line(1, "answer = %s", w.copied(w.answerRow(v), v))
	return "answer"
}

// copied makes sure that an answer outlives the row it is made of.
func (w *writer) copied(answer, v string) string {
	if answer == v {
		return w.use("merged") + "(" + v + ", None)"
	}
	return answer
}

// transit writes a tool that moves a row to another state.
func (w *writer) transit() {
	w.writes(w.t.Name)
	v := w.row()
	m := w.o.status
	switch {
	case m == nil:
	case m.flag != nil:
		w.line(1, "%s[%s] = %s", v, quote(m.column), literal(*m.flag))
	case m.to == "":
		w.line(1, "%s[%s] = now()", v, quote(m.column))
	default:
		w.checkState(v, m)
		w.line(1, "%s[%s] = %s", v, quote(m.column), quote(m.to))
	}
	for _, b := range w.o.binds {
		switch {
		case w.o.inSwap(b):
		case b.Role == roleRef && !w.isComposite(b):
			w.checkRef(b)
			w.assign(v, w.t.column(w.a.refColumn(w.t, b)), b)
		case b.Role == roleSet:
			w.assign(v, w.t.column(b.Column), b)
		}
	}
	w.exchange(v)
	w.touch(v)
	w.line(1, "return %s", w.answerRow(v))
}

// checkOwnState refuses a change of a row in a state that the text bars.
func (w *writer) checkOwnState(v string) {
	if w.t.Status == nil {
		return
	}
	from, ok := allows(w.o.tool.Description, w.t.Entity, texts(w.t.column(w.t.Status.Column).Enum))
	if !ok {
		from, ok = w.o.adjective(w.t)
	}
	if !ok {
		return
	}
	noun, col := spoken(w.t.Entity), w.t.Status.Column
	done := map[bool]string{true: "deleted", false: "changed"}[w.o.kind == scaler.Delete]
	rule := w.rule(scaler.Rule{Kind: "state", Table: w.t.Name, Column: col, Allowed: from,
		Text: fmt.Sprintf("%s can be %s only while its %s is %s.", capital(article(noun)), done, spoken(col), spokenEither(from))}, col)
	w.line(1, "if %s[%s] not in %s:", v, quote(col), quotes(from))
	w.line(2, `refuse("invalid_state", "The %s %%s is %%s and cannot be %s." %% (%s[%s], %s[%s]), rule = %s)`,
		noun, done, v, quote(w.t.Key), v, quote(col), quote(rule))
}

// adjective returns the state that the tool's name gives its entity: pending
// in modify_pending_order.
func (o *op) adjective(t *table) ([]string, bool) {
	for _, adj := range o.adjs {
		if s := matchState(adj, texts(t.column(t.Status.Column).Enum)); s != "" {
			return []string{s}, true
		}
	}
	return nil, false
}

// checkState refuses a row in a state that the transition does not start from.
func (w *writer) checkState(v string, m *move) {
	noun, done := spoken(w.t.Entity), participle(w.o.verb)
	text := fmt.Sprintf("%s can be %s only while its %s is %s.", capital(article(noun)), done, spoken(m.column), spokenEither(m.from))
	rule := w.rule(scaler.Rule{Kind: "state", Table: w.t.Name, Column: m.column, Allowed: m.from, To: m.to, Text: text}, "status")
	w.line(1, "if %s[%s] not in %s:", v, quote(m.column), quotes(m.from))
	w.line(2, `refuse("invalid_state", "The %s %%s is %%s and cannot be %s." %% (%s[%s], %s[%s]), rule = %s)`,
		noun, done, v, quote(w.t.Key), v, quote(m.column), quote(rule))
}

// participle returns the past participle of a verb: cancelled, shipped, paid.
func participle(verb string) string {
	if p := participles[verb]; strings.HasSuffix(p, "ed") && len(p) > 3 && strings.HasPrefix(p, verb[:2]) {
		return spoken(p)
	}
	switch verb {
	case "pay":
		return "paid"
	case "withdraw":
		return "withdrawn"
	case "hide":
		return "hidden"
	case "hold":
		return "put on hold"
	case "checkin":
		return "checked in"
	case "checkout":
		return "checked out"
	case "freeze":
		return "frozen"
	case "unfreeze":
		return "unfrozen"
	case "unpin", "pin", "ban", "unban", "ship":
		return verb + verb[len(verb)-1:] + "ed"
	}
	if strings.HasSuffix(verb, "e") {
		return verb + "d"
	}
	return verb + "ed"
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// either joins words as a sentence does: pending, active or paused.
func either(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " or " + list[len(list)-1]
}
