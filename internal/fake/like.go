package fake

import (
	"regexp"
	"strings"
	"time"
)

// coded are meanings whose values are written in a style of the service's own,
// which an example shows.
var coded = flags("id code room sku plate seat flight isbn model iban")

func init() { coded[""] = true }

// exampleOf is the text whose style values of the shape are written in: always
// the same where it is an id's.
func (m *Maker) exampleOf(s *Shape) string {
	if n := len(s.Examples); n > 1 && s.Semantic == "" {
		text, _ := s.Examples[m.Rand.IntN(n)].(string)
		return text
	}
	return exampleText(s)
}

// like writes a value in the style of another: with other numbers in the places
// of its numbers, years apart, other letters where they were drawn by lot, a date
// as another date. It is the same where it holds none.
func (m *Maker) like(v string) string {
	if isUUID(v) {
		return m.recased(m.faker.UUID(), v)
	}
	for _, layout := range timeSpellings {
		if t, err := time.Parse(layout, v); err == nil {
			return t.Add(-time.Duration(m.Rand.IntN(200*24*60)) * time.Minute).Format(layout)
		}
	}
	return alnum.ReplaceAllStringFunc(v, func(run string) string {
		if Lot(run) {
			return m.lotLike(run)
		}
		return digitRun.ReplaceAllStringFunc(run, func(n string) string {
			if len(n) == 1 && !strings.HasSuffix(v, n) {
				return n // the 3 of t3.medium, the 1 of us-east-1b
			}
			return m.digitsLike(n)
		})
	})
}

var (
	alnum    = regexp.MustCompile(`[A-Za-z0-9]+`)
	digitRun = regexp.MustCompile(`[0-9]+`)
	hexRun   = regexp.MustCompile(`^[0-9a-f]+$|^[0-9A-F]+$`)
	wordRun  = regexp.MustCompile(`[a-z]{5,}|[A-Z]{5,}|[A-Z][a-z]{3,}`)
)

// Lot says whether letters and digits were drawn by lot: they change places, or
// the letters are no word.
func Lot(text string) bool {
	for _, run := range alnum.FindAllString(text, -1) {
		digits := len(digitRun.FindAllString(run, -1))
		word := wordRun.FindString(run)
		switch {
		case digits == 0 || len(run) < 7 || len(digitRun.FindString(run)) == len(run):
		case hexRun.MatchString(run), digits > 1, word == "" || len(run)-len(word) > len(word) && len(run) > 9:
			return true
		}
	}
	return false
}

// lotLike draws letters and digits of the kinds that a run is made of.
func (m *Maker) lotLike(run string) string {
	const digits, lower, upper = "0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	if hexRun.MatchString(run) {
		return m.recased(m.hex(len(run)), run)
	}
	all := digits
	if strings.ContainsAny(run, lower) {
		all += lower
	}
	if strings.ContainsAny(run, upper) {
		all += upper
	}
	out := m.letters(all, len(run))
	if c := run[0]; c >= 'A' {
		out = string(c) + out[1:] // ids tend to begin with what they are
	}
	return out
}

// recased writes v in capitals where the other is.
func (m *Maker) recased(v, like string) string {
	if like == strings.ToUpper(like) {
		return strings.ToUpper(v)
	}
	return v
}

// urlLike writes an address in the style of another, of the row's own repository
// where it is one of source code.
func (m *Maker) urlLike(v string, s *Shape) string {
	if m.In.Code {
		repo := m.sourceOf(s)
		login := m.person(&Shape{Entity: s.Entity}).user
		v = sampleRepo.ReplaceAllString(v, "/"+repo.owner+"/"+repo.name)
		v = strings.NewReplacer("/users/octocat", "/users/"+login, "github.com/octocat", "github.com/"+login, "/orgs/github", "/orgs/"+repo.owner).Replace(v)
	}
	if m.Key != "" && len(m.path) == 0 && ownEnd.MatchString(v) && plainID.MatchString(m.Key) && ownEnd.MatchString("/"+m.Key) && len(groupWords(s.Words)) < 2 {
		return ownEnd.ReplaceAllString(v, "/"+m.Key)
	}
	return m.like(v)
}

// sampleRepo is how the reference of the best known service calls a repository.
var sampleRepo = regexp.MustCompile(`/(?i:octocat|octo-org|github)/(?i:hello-world|octo-repo|hello-worId)\b`)

// ownEnd is a number at the end of an address.
var ownEnd = regexp.MustCompile(`/[0-9]+$`)

// timeSpellings are the ways in which dates and times are written, none of which
// stays one with any other digits.
var timeSpellings = []string{"2006-01-02T15:04:05.000Z07:00", time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", time.DateOnly, time.TimeOnly, "15:04"}

// digitsLike returns as many other digits; a year stays.
func (m *Maker) digitsLike(run string) string {
	if len(run) == 4 && (strings.HasPrefix(run, "19") || strings.HasPrefix(run, "20")) || len(run) == 1 && m.chance(0.5) {
		return run
	}
	out := m.letters("0123456789", len(run))
	if run[0] != '0' && out[0] == '0' {
		out = string(run[0]) + out[1:]
	}
	return out
}
