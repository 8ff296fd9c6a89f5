package spec

import (
	"encoding/binary"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/agentscaler/scaler"
)

// maxFile is the largest file that is read, in bytes. The largest real
// specification known is half as large.
const maxFile = 64 << 20

// A file is one file of a source.
type file struct {
	place scaler.Place
	named bool // the user named it, so it must be a specification
	read  func() ([]byte, error)

	library *library // the files beside it; nil where there are none
	name    string   // its own in the library
}

var errTooLarge = fmt.Errorf("larger than %d MB", maxFile>>20)

// A reading is what a file turned out to hold.
type reading struct {
	items    []Item // about the file as a whole
	services []Service
}

// readFile reads one file. It never fails: what is wrong becomes an item.
func (r Reader) readFile(f file) (out reading) {
	defer func() {
		for i, item := range out.items {
			out.items[i].Damaged = f.named && item.Rejection != nil && (f.expected() || item.Rejection.Reason == "broken" || item.Rejection.Reason == "unparseable")
		}
	}()
	defer func() {
		if p := recover(); p != nil { // a reader met what nobody foresaw: lose the file, not the run
			out = reading{items: []Item{rejected(f.place, "", "", "unreadable", fmt.Sprint("internal: ", p))}}
		}
	}()
	data, err := f.read()
	if err == nil && len(data) > maxFile {
		err = errTooLarge
	}
	if err != nil {
		return f.unusable(reason(err), err.Error())
	}
	text, why := f.text(data)
	if why != "" {
		return f.unusable(why, "")
	}
	return f.parse(text, r)
}

func reason(err error) string {
	if errors.Is(err, errTooLarge) {
		return "too-large"
	}
	return "unreadable"
}

// unusable rejects a file that ought to be a specification and skips any other.
func (f file) unusable(reason, detail string) reading {
	if f.named || f.expected() {
		return reading{items: []Item{rejected(f.place, "", "", reason, detail)}}
	}
	return reading{items: []Item{f.skip(reason)}}
}

func (f file) skip(why string) Item { return Item{Skipped: &Skip{Origin: f.place, Why: why}} }

// expected says whether the file's name promises a document. It decides only
// whether a file that holds nothing readable is worth reporting.
func (f file) expected() bool {
	switch strings.ToLower(path.Ext(f.place.File)) {
	case ".json", ".yaml", ".yml", ".jsonl", ".json5":
		return true
	}
	return false
}

// text decodes the file, or says why it is none.
func (f file) text(data []byte) (text, why string) {
	switch {
	case len(data) >= 2 && data[0] == 0xff && data[1] == 0xfe:
		text = decodeUTF16(data[2:], binary.LittleEndian)
	case len(data) >= 2 && data[0] == 0xfe && data[1] == 0xff:
		text = decodeUTF16(data[2:], binary.BigEndian)
	case isBinary(data[:min(len(data), 8192)]):
		return "", "binary"
	case !utf8.Valid(data) && !multibyte(data):
		text = decodeLatin1(data)
	default:
		text = string(data)
	}
	text = strings.TrimPrefix(text, "\ufeff")
	if strings.TrimSpace(text) == "" {
		return "", "empty"
	}
	return text, ""
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

// multibyte says whether some character of the text is well-formed UTF-8 beyond ASCII.
func multibyte(data []byte) bool {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r != utf8.RuneError && n > 1 {
			return true
		}
		i += n
	}
	return false
}

// decodeLatin1 reads bytes as ISO 8859-1, what old editors saved.
func decodeLatin1(data []byte) string {
	runes := make([]rune, len(data))
	for i, b := range data {
		runes[i] = rune(b)
	}
	return string(runes)
}

// isBinary says whether data has a zero byte or is a tenth not UTF-8.
func isBinary(data []byte) bool {
	bad := 0
	for i := 0; i < len(data); {
		if data[i] == 0 {
			return true
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		}
		i += n
	}
	return bad*10 > len(data)
}

// marker finds what a YAML specification has at its top.
var marker = regexp.MustCompile(`(?m)^["']?(openapi|swagger|tools|functions|paths)["']?[ \t]*:`)

// parse reads the text in the format it is in.
func (f file) parse(text string, choices Reader) reading {
	root, err := f.document(text)
	for _, format := range Formats {
		if root == nil || !format.Sniff(root) {
			continue
		}
		f.place.Format = format.Name
		r := reading{services: format.Read(&Document{Place: f.place, Root: root, library: f.library, name: f.name})}
		for i := range r.services {
			r.services[i].finish(choices)
		}
		return f.complete(r, err)
	}
	switch {
	case err != nil:
		return f.unusable("unparseable", err.Error())
	case f.named:
		return f.unusable("unknown-format", "")
	}
	return reading{items: []Item{f.skip("no specification")}}
}

// complete adds what must be said about the file as a whole.
func (f file) complete(r reading, err error) reading {
	n := 0
	for _, s := range r.services {
		n += len(s.Items)
	}
	switch {
	case err != nil:
		r.items = append(r.items, rejected(f.place, "", "", "broken", err.Error()))
	case n == 0 && f.named:
		r.items = append(r.items, rejected(f.place, "", "", "no-tools", ""))
	case n == 0:
		r.items = append(r.items, f.skip("no tools"))
	}
	return r
}

// document parses the text as JSON, as lines of JSON or as YAML. With an error the
// value is what could be read before it.
func (f file) document(text string) (any, error) {
	start := strings.TrimLeft(text, " \t\r\n\ufeff")
	if strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[") || strings.HasPrefix(start, "//") || strings.HasPrefix(start, "/*") {
		root, err := parseJSON(text)
		if errors.Is(err, errTrailing) {
			if lines, lineErr := parseLines(text); len(lines) > strings.Count(text, "\n")/2 {
				return lines, lineErr
			}
		}
		if err == nil || errors.Is(err, errDepth) || !f.expected() {
			return root, err
		}
		if flow, yamlErr := loadYAML(text); yamlErr == nil { // JSON with single quotes or bare keys
			return flow, nil
		}
		return root, err
	}
	if !f.expected() && !f.named && !marker.MatchString(text[:min(len(text), 1<<16)]) {
		return nil, nil
	}
	return parseYAML(text)
}
