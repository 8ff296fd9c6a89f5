package world

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/world/english"
)

// defaultOf writes the value of a column that nobody gave: the next key, the
// first status, the time, the least its schema accepts.
func (w *writer) defaultOf(c scaler.Column) string {
	t := w.t
	switch {
	case c.Name == t.Key:
		return w.nextName()
	case t.Status != nil && c.Name == t.Status.Column:
		return quote(w.firstState())
	case len(t.setIn(c)) > 0:
		return literal(slices.Contains(t.setIn(c), w.firstState()))
	case t.firstInner(c) != "":
		return t.firstInner(c)
	case t.absent[c.Name]:
		return "None"
	case t.declared && homes[snake(c.Name)] && !c.Nullable && c.Ref == "":
		return w.use("usual") + "(db." + t.Name + ", " + quote(c.Name) + ")"
	case c.Type == "string" && !c.Nullable && (c.Format == "date-time" || c.Format == "date" || isDate(c) && t.fills(c)):
		return stamp(c)
	case c.Type == "integer" && (c.Semantic == "date.created" || c.Semantic == "date.updated"):
		return "1772442000"
	case c.Nullable:
		return "None"
	case c.Ref != "" && c.Type != "array":
		w.o.note("assumed:", c.Name, "of a new row is the first on record")
		to := w.a.table(c.Ref)
		return fmt.Sprintf("%s(db.%s, %s)[%s]", w.use("first"), to.Name, quote(spoken(to.Entity)), quote(to.Key))
	}
	if limits := schema.Parse(c.Schema); c.Type == "string" && givenByService[lastWord(snake(c.Name))] && (limits.Text("pattern") != "" || limits.Number("maxLength") != nil) && !t.fills(c) {
		return w.use("usual") + "(db." + t.Name + ", " + quote(c.Name) + ")"
	}
	if c.Type == "string" && len(c.Enum) == 0 && t.Key != "" && givenByService[lastWord(snake(c.Name))] {
		return w.use("like") + "(db." + t.Name + ", " + quote(c.Name) + ", db." + t.Name + ".next_id())"
	}
	return w.seeming(c, literal(columnDefault(c)))
}

// paddings is a text that stands for one of which only the length is known.
var paddings = regexp.MustCompile(`"x+"`)

// seeming is a value for what has to be there and nobody gave: a name is that of
// something new, what else is made up is what the rows on record have.
func (w *writer) seeming(c scaler.Column, text string) string {
	if !paddings.MatchString(text) {
		return text
	}
	if last := lastWord(snake(c.Name)); c.Type == "string" && (last == "name" || last == "title" || last == "label") {
		if named := "New " + spoken(lastWord(w.t.Entity)); schema.Parse(c.Schema).Accepts(named) {
			return quote(named)
		}
	}
	return "(" + w.use("usual") + "(db." + w.t.Name + ", " + quote(c.Name) + ") or " + text + ")"
}

// firstState is the state of a row that the tool makes.
func (w *writer) firstState() string {
	s := w.t.Status
	return cmp.Or(english.Initially(w.o.tool.Description, texts(w.t.column(s.Column).Enum)), s.Initial)
}

// givenByService are the last words of columns that a service fills in itself.
var givenByService = wordSet("id uuid guid arn urn identifier href self url uri link etag")

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
		s := schema.Parse(c.Schema)
		s.Nullable = false
		if s.Words == nil {
			return plainObject(s, 5)
		}
		return plain(s, 0)
	case "array":
		return leastOf(schema.Parse(c.Schema), c.Min, 0)
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
		if s := fake.Column(c, ""); s.Pattern != nil && s.Semantic != "" {
			return fake.New(scaler.Rand(0, "patterned"), time.Time{}).Value(s)
		}
		return plainText(schema.Parse(c.Schema))
	}
	return formatDefault(c.Format)
}
