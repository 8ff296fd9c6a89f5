package scaler

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
)

// ToolID names a tool for good: provider, document and method+path or name,
// such as "petstore/v1/GET /pets/{id}". It does not change when other tools do.
type ToolID string

// DomainID names a domain by its content: the tools in it.
type DomainID string

// WorldID names a world; it is a readable slug followed by a short content ID,
// safe as a folder name.
type WorldID string

// TaskID and RolloutID are content IDs.
type (
	TaskID    string
	RolloutID string
)

// ContentID returns 16 characters that depend on every part and on where one
// part ends and the next begins.
func ContentID(parts ...string) string {
	sum := hashParts(parts)
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:10]))
}

// Rand returns a source of random numbers of its own for each path: the same
// seed and path give the same numbers, whatever else has been drawn elsewhere.
func Rand(seed uint64, path ...string) *rand.Rand {
	var s [8]byte
	binary.BigEndian.PutUint64(s[:], seed)
	sum := hashParts(append([]string{string(s[:])}, path...))
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16])))
}

func hashParts(parts []string) [sha256.Size]byte {
	h := sha256.New()
	var n [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// A Digest stands for a whole state of a world. Equal states have equal
// digests; the order of rows does not matter.
type Digest [32]byte

// String returns the digest as 64 hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText implements encoding.TextMarshaler.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Digest) UnmarshalText(text []byte) error {
	b, err := hex.DecodeString(string(text))
	if err != nil || len(b) != len(d) {
		return fmt.Errorf("digest %q is not 64 hexadecimal digits", text)
	}
	copy(d[:], b)
	return nil
}
