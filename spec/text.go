package spec

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// toolText is how long a tool's description may be, in bytes.
const toolText = 1000

// htmlNames are the tags that are taken out, those of AWS's documentation too. Any
// other word in angle brackets stands for a value: projects/<project>.
const htmlNames = `a|abbr|b|big|blockquote|body|br|button|caption|caution|center|cite|code|dd|del|details|dfn|div|dl|dt|em|` +
	`figure|font|footer|form|fullname|h[1-6]|head|header|hr|html|i|iframe|img|important|input|ins|kbd|label|li|link|mark|meta|` +
	`nav|nobr|note|ol|option|p|para|pre|q|replaceable|s|samp|section|select|small|span|strike|strong|sub|summary|sup|svg|table|` +
	`tbody|td|tfoot|th|thead|title|tr|tt|u|ul|var`

var (
	htmlBlock = regexp.MustCompile(`(?is)<(script|style)\b.*?</(script|style)>|<!--.*?-->`)
	htmlTag   = regexp.MustCompile(`(?i)</?(` + htmlNames + `)(\s[^<>]{0,300})?/?>|<\s*>`)
	inlineTag = regexp.MustCompile(`(?i)</?(a|abbr|b|big|code|em|font|i|kbd|mark|replaceable|s|samp|small|span|strong|sub|sup|tt|u|var)(\s[^<>]{0,300})?>`)
	tableLine = regexp.MustCompile(`(?m)^[ \t]*\|.*\|[ \t]*$`)
)

// markdown lists what is taken out of Markdown, in order. A rule is tried only
// where one of its marks stands in the text: most texts have none.
var markdown = []struct {
	marks   []string
	pattern *regexp.Regexp
	with    string
}{
	{[]string{"```", "~~~"}, regexp.MustCompile("(?m)^[ \t]*(```|~~~).*$"), " "},
	{[]string{"!["}, regexp.MustCompile(`!\[[^\]]*\]\([^)]*\)`), " "},
	{[]string{"]("}, regexp.MustCompile(`\[([^\]\[]*)\]\((?:[^()]|\([^()]*\))*\)`), "$1"},
	{[]string{"#", ">", "---", "==="}, regexp.MustCompile(`(?m)^[ \t]*(#{1,6}[ \t]+|>[ \t]?|[-=]{3,}[ \t]*$)`), ""},
	{[]string{"* ", "- ", "+ "}, regexp.MustCompile(`(?m)^[ \t]*[*+-][ \t]+`), ""},
	{[]string{"**", "__"}, regexp.MustCompile(`\*\*([^*\n]+)\*\*|__([^_\n]+)__`), "$1$2"},
	{[]string{"*"}, regexp.MustCompile(`(^|[\s(])\*([^*\s][^*\n]*)\*`), "$1$2"},
	{[]string{"`"}, regexp.MustCompile("`"), ""},
}

// plainText returns s without HTML and Markdown, white space collapsed, in at
// most max bytes, cut after a sentence or a word where it is too long.
func plainText(s string, max int) string {
	s = cutText(s, 20*max) // what lies beyond will not be shown
	if strings.ContainsAny(s, "<&") {
		s = htmlBlock.ReplaceAllString(s, " ")
		s = inlineTag.ReplaceAllString(s, "")
		s = htmlTag.ReplaceAllString(s, " ")
		s = html.UnescapeString(s)
	}
	if strings.Contains(s, "|") {
		s = tableLine.ReplaceAllStringFunc(s, tableRow)
	}
	for _, rule := range markdown {
		if slices.ContainsFunc(rule.marks, func(mark string) bool { return strings.Contains(s, mark) }) {
			s = rule.pattern.ReplaceAllString(s, rule.with)
		}
	}
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	return shorten(s, max)
}

// tableRow returns the cells of a row of a table as text, nothing of a ruler.
func tableRow(row string) string {
	if strings.Trim(row, "|-: \t") == "" {
		return " "
	}
	return strings.ReplaceAll(strings.Trim(row, " \t|"), "|", ",")
}

// shorten cuts s to max bytes: after the last sentence that ends in its second
// half, or else after a word, with an ellipsis.
func shorten(s string, max int) string {
	if len(s) <= max {
		return s
	}
	s = cutText(s, max-len("…"))
	for _, end := range []string{". ", "。", "! ", "? "} {
		if i := strings.LastIndex(s, end); i > max/2 {
			return strings.TrimSpace(s[:i+len(end)])
		}
	}
	if i := strings.LastIndexByte(s, ' '); i > max/2 {
		s = s[:i]
	}
	return s + "…"
}

// firstSentence returns the start of a text up to the end of its first sentence.
func firstSentence(s string) string {
	if i := strings.Index(s, ". "); i >= 0 {
		return s[:i+1]
	}
	return s
}
