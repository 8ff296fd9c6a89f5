package fake

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// cues are words of a description that say what a value is, where its name does
// not; the first that is found decides. To teach it another, add a row.
var cues = []struct {
	says *regexp.Regexp
	mean string
}{
	{regexp.MustCompile(`amazon resource name|\barns?\b`), "arn"},
	{regexp.MustCompile(`iso.?8601 duration|duration in iso`), "duration.text"},
	{regexp.MustCompile(`iso.?8601|rfc.?3339|date and time|timestamp|date-time|datetime|time at which|time when`), "datetime"},
	{regexp.MustCompile(`\bdate\b.{0,30}(on which|when|of)|yyyy-mm-dd`), "date"},
	{regexp.MustCompile(`e-?mail address`), "email"},
	{regexp.MustCompile(`phone number`), "phone"},
	{regexp.MustCompile(`ip address`), "ip"},
	{regexp.MustCompile(`\b(url|uri|hyperlink|web address|web page)\b`), "url"},
	{regexp.MustCompile(`country code|iso.?3166`), "country"},
	{regexp.MustCompile(`currency code|iso.?4217`), "currency"},
	{regexp.MustCompile(`language code|bcp.?47|iso.?639`), "language"},
	{regexp.MustCompile(`time.?zone`), "timezone"},
	{regexp.MustCompile(`base64`), "blob"},
	{regexp.MustCompile(`\bjson (text|document|string|object|file|policy|format)|json-formatted|in json\b`), "json"},
	{regexp.MustCompile(`(amazon web services|aws) account (id|number)|\baccount id of the\b.*(amazon|aws)`), "account.number"},
	{regexp.MustCompile(`sha-?256`), "sha256"},
	{regexp.MustCompile(`sha-?1\b`), "sha1"},
	{regexp.MustCompile(`\bmd5\b`), "md5"},
	{regexp.MustCompile(`mime type|media type|content type`), "mime"},
	{regexp.MustCompile(`\b(hex|rgb) ?(colou?r|code)|colou?r in hex`), "color"},
	{regexp.MustCompile(`file ?name`), "filename"},
	{regexp.MustCompile(`file ?path|path to the file|directory`), "path"},
	{regexp.MustCompile(`regular expression|\bregex`), "computing: pattern"},
	{regexp.MustCompile(`cron expression`), "computing: cron"},
	{regexp.MustCompile(`http method`), "computing: method"},
	{regexp.MustCompile(`css selector`), "computing: selector"},
	{regexp.MustCompile(`unique (identifier|id)\b|^(the )?(unique )?(identifier|id) (of|for)\b|\buuid\b|\bguid\b`), "id"},
	{regexp.MustCompile(`^(the )?(display |full |short |friendly )?name of\b`), "name"},
	{regexp.MustCompile(`(error|failure) (message|reason|description)`), "fault"},
	{regexp.MustCompile(`^(the |a |an )?(free.text |short |brief |optional |human.readable |user.provided |detailed )*description`), "sentence"},
}

// told reads off a description what a text is about.
func told(s *Shape) string {
	if s.Doc == "" || s.Type != "string" || s.Pattern != nil {
		return ""
	}
	doc := strings.ToLower(s.Doc)
	if i := strings.Index(doc, ". "); i > 0 {
		doc = doc[:i]
	}
	for _, c := range cues {
		if c.says.MatchString(doc) {
			return c.mean
		}
	}
	return ""
}

// shownBy reads off an example what a text is about.
func shownBy(s *Shape) string {
	text := exampleText(s)
	switch {
	case text == "" || s.Type != "string":
	case parses(time.DateOnly, text):
		return "date"
	case len(text) > 10 && slices.ContainsFunc(layouts, func(l string) bool { return parses(l, text) }):
		return "datetime"
	case strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://"):
		return "url"
	case isUUID(text):
		return "id"
	case strings.Count(text, "@") == 1 && formats["email"](text) && !strings.Contains(text, " "):
		return "email"
	}
	return ""
}
