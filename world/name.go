package world

import (
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// What everything here asks of names, under short names.
var (
	snake    = words.Snake
	lastWord = words.Last
	wordSet  = words.Set
	idStem   = words.Stem
)

// singularNoun returns the snake-case name with its last word in the singular.
func singularNoun(name string) string {
	parts := words.Split(name)
	if len(parts) == 0 {
		return ""
	}
	last := len(parts) - 1
	parts[last] = words.Singular(parts[last])
	return strings.Join(parts, "_")
}

// pluralNoun is the name of the table of an entity.
func pluralNoun(entity string) string {
	i := strings.LastIndexByte(entity, '_') + 1
	if uncounted[entity[i:]] {
		return entity
	}
	return entity[:i] + words.Plural(entity[i:])
}

// uncounted are nouns that English does not count.
var uncounted = wordSet("weather traffic software hardware money feedback advice equipment luggage baggage furniture information content staff health compliance availability")

// spoken returns a name as words of a sentence: order_item is order item.
func spoken(name string) string { return strings.Join(words.Split(name), " ") }

// article returns the noun with the article English puts before it.
func article(noun string) string {
	if noun != "" && strings.ContainsRune("aeiou", rune(noun[0])) && !strings.HasPrefix(noun, "user") &&
		!strings.HasPrefix(noun, "uni") && !strings.HasPrefix(noun, "use") {
		return "an " + noun
	}
	return "a " + noun
}

// isPlural says whether an English word is a plural.
func isPlural(w string) bool { return words.Singular(w) != w }

// identifier returns a name as an identifier of tool code that starts with a
// letter; empty where nothing of it can be kept.
func identifier(name string) string {
	id := strings.NewReplacer("-", "_", ".", "_").Replace(words.Ident(name, 64))
	if id != "" && id[0] >= '0' && id[0] <= '9' {
		id = "n" + id
	}
	return id
}

// taken are the names that tool code gives another meaning.
var taken = wordSet(`and as assert async await break class continue def del elif else except finally for from global
	if import in is lambda load nonlocal not or pass raise return try while with yield
	db args now today pick round uuid random refuse add_days json math len list dict set tuple str int float bool
	type print range sorted reversed enumerate zip any all max min hash repr dir getattr hasattr fail abs
	need matches rows row page body field number matching`)

// variable returns a name for one row of an entity in tool code.
func variable(entity string) string {
	v := identifier(entity)
	if v == "" || taken[v] {
		return "the_" + v
	}
	return v
}
