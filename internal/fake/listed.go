package fake

import (
	"regexp"
	"strings"
)

var (
	listCue    = regexp.MustCompile(`(?i)(?:(?:possible|valid|allowed|supported|accepted|permitted|available) (?:values|options|types|states|statuses)(?: are| include| is)?|\bone of(?: the following)?|\bcan be(?: one of)?|\bmust be(?: one of)?|\bis either|\bvalues)\s*:?\s+`)
	alwaysIs   = regexp.MustCompile("(?i)\\balways:? [`'\"]?([A-Za-z0-9_./-]*[#/_][A-Za-z0-9_#./-]*[A-Za-z0-9])")
	listWord   = regexp.MustCompile("^[`'\"]?([A-Za-z0-9][A-Za-z0-9_.#:/-]{0,40})[`'\"]?$")
	inBrackets = regexp.MustCompile(` ?\([^()]*\)`)
	eachSaid   = regexp.MustCompile("[`'\"]?\\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*[A-Z0-9])[`'\"]?\\s*(?::|-|–|—) ")
	between    = regexp.MustCompile(`\s*(?:,\s*(?:or|and)\s+|,|\||;|\s+or\s+|\s+and\s+)\s*`)
)

// Listed returns the values that a description lists: "Possible values: open,
// closed"; none where it lists none.
func Listed(doc string) []string {
	if at := alwaysIs.FindStringSubmatch(doc); at != nil {
		return at[1:2]
	}
	at := listCue.FindStringIndex(doc)
	if at == nil {
		return slashed(doc)
	}
	rest := inBrackets.ReplaceAllString(doc[at[1]:], "")
	if i := strings.IndexAny(rest, ")\n"); i >= 0 {
		rest = rest[:i]
	}
	if i := strings.Index(rest, ". "); i >= 0 {
		rest = rest[:i]
	}
	if each := eachSaid.FindAllStringSubmatch(doc[at[1]:], 14); len(each) > 1 { // each with what it says
		var out []string
		for _, m := range each {
			out = append(out, m[1])
		}
		return out
	}
	var out []string
	for _, part := range between.Split(strings.TrimRight(strings.TrimSpace(rest), "."), 14) {
		word := listWord.FindStringSubmatch(strings.TrimSpace(part))
		if word == nil {
			return nil
		}
		out = append(out, word[1])
	}
	if len(out) < 2 || len(out) > 12 {
		return nil
	}
	return out
}

var slashes = regexp.MustCompile(`\(([A-Za-z][A-Za-z0-9_-]*(?:/[A-Za-z][A-Za-z0-9_-]*){2,11})\)`)

// slashed returns the values of "the color (red/blue/green)".
func slashed(doc string) []string {
	at := slashes.FindStringSubmatch(doc)
	if at == nil {
		return nil
	}
	return strings.Split(at[1], "/")
}
