package llm

import (
	"log/slog"
	"strings"
)

// A Secret is a key that must not be seen: every way to print, log or encode
// it shows a mask instead.
type Secret string

const mask = "[key]"

// String returns the mask.
func (Secret) String() string { return mask }

// GoString returns the mask.
func (Secret) GoString() string { return mask }

// MarshalText returns the mask, so that no JSON or YAML file holds the key.
func (Secret) MarshalText() ([]byte, error) { return []byte(mask), nil }

// LogValue returns the mask.
func (Secret) LogValue() slog.Value { return slog.StringValue(mask) }

// Hide replaces the key in text that somebody else wrote: servers quote the
// key they were given in their error messages.
func (s Secret) Hide(text string) string {
	if s == "" {
		return text
	}
	return strings.ReplaceAll(text, string(s), mask)
}
