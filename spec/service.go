package spec

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// genericWords say nothing about which API a name belongs to.
var genericWords = wordSet(`api apis the rest restful openapi swagger specification spec http web service json yaml yml definition
	apidefinition definitions docs public reference documentation index tools functions main v for and of`)

// serviceSlug names a service by its title, its host or its file: the first of
// them that says something, or else the file whatever it is called.
func serviceSlug(title, host, file string) string {
	for _, candidate := range append([]string{title, hostName(host)}, fileNames(file)...) {
		if slug := slugOf(candidate); slug != "" {
			return slug
		}
	}
	stem := strings.TrimSuffix(path.Base(file), path.Ext(file))
	return cmp.Or(strings.ToLower(words.Ident(stem, 40)), "service")
}

// slugOf returns the telling words of a name, joined by hyphens, six at most.
func slugOf(name string) string {
	var kept []string
	name = strings.NewReplacer("'s", "", "’s", "").Replace(name)
	for _, w := range words.Split(name) {
		w = words.Ident(w, 40)
		if w != "" && w != "_" && !genericWords[w] && len(kept) < 6 {
			kept = append(kept, w)
		}
	}
	return strings.Trim(strings.Join(kept, "-"), "-_")
}

// hostName drops what hosts of APIs have in common: api.github.com is github.
func hostName(host string) string {
	labels := strings.Split(host, ".")
	if len(labels) > 1 {
		labels = labels[:len(labels)-1]
	}
	labels = slices.DeleteFunc(labels, func(l string) bool {
		return l == "www" || l == "api" || l == "com" || l == "co" || l == "localhost" || strings.Trim(l, "0123456789") == ""
	})
	return strings.Join(labels, " ")
}

// fileNames returns the parts of a file's path from the last to the first,
// without extensions and versions.
func fileNames(file string) []string {
	parts := strings.Split(file, "/")
	slices.Reverse(parts)
	var out []string
	for i, part := range parts {
		if i == 0 {
			part = strings.TrimSuffix(part, path.Ext(part))
		}
		if part = unversioned(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

var (
	versionToken = regexp.MustCompile(`(?i)(^|[._\-/]|[a-z])v?\d+([._-]\d+)*([._-]?(preview|privatepreview|alpha|beta|rc)\d*)?`)
	versionOnly  = regexp.MustCompile(`(?i)^v?\d+([._-]\d+)*([._-]?(preview|privatepreview|alpha|beta|rc)\d*([._-]\d+)*)?$`)
)

// isVersion says whether a path segment is nothing but a version: v2, 2019-07-01-preview.
func isVersion(segment string) bool { return versionOnly.MatchString(segment) }

// unversioned removes versions from a path, so that the same path of two
// versions is the same.
func unversioned(path string) string {
	return versionToken.ReplaceAllStringFunc(path, func(m string) string {
		if c := m[0] | 0x20; c >= 'a' && c <= 'z' && (c != 'v' || len(m) > 1 && m[1]|0x20 == 'v') {
			return m[:1]
		}
		if strings.IndexByte("._-/", m[0]) >= 0 {
			return m[:1]
		}
		return ""
	})
}

// versionSlug is a version as part of a service's name, empty where it says nothing.
func versionSlug(version string) string {
	if strings.ContainsAny(version, "{}") {
		return ""
	}
	version = strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		if r >= 'A' && r <= 'Z' {
			return r | 0x20
		}
		return '-'
	}, strings.TrimSpace(version))
	return strings.Trim(cutText(version, 30), "-._")
}

// newer says whether version a is newer than b: numbers are compared one by one,
// and of equal numbers the one without words (preview, beta) is newer.
func newer(a, b string) bool {
	x, y := numbers(a), numbers(b)
	if c := slices.CompareFunc(x, y, compareNumbers); c != 0 {
		return c > 0
	}
	return len(words.Split(a)) < len(words.Split(b))
}

var digits = regexp.MustCompile(`\d+`)

func numbers(version string) []string { return digits.FindAllString(version, -1) }

// compareNumbers compares two runs of digits of any length.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
