package filter

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"strings"

	scaler "github.com/agentscaler/scaler"
)

// The shape of a signature: pairs that agree in one of the bands are compared.
// With 8 bands of 8 a pair of similarity 0.9 is found with probability 0.99,
// one of 0.5 with 0.03.
const (
	bands    = 8
	perBand  = 8
	shingle  = 5 // words
	hashSize = bands * perBand
)

// A signature is the MinHash of a conversation's shingles.
type signature [hashSize]uint32

// near finds conversations that nearly repeat an earlier one.
type near struct {
	least float64
	ids   []scaler.RolloutID
	signs []signature
	bands [bands]map[uint64][]int32
}

// add remembers a conversation, unless it nearly repeats an earlier one: then
// it names that.
func (n *near) add(r scaler.Rollout) (twin scaler.RolloutID, found bool) {
	sign := sign(spoken(r))
	for b := range bands {
		for _, i := range n.bands[b][bandKey(sign, b)] {
			if similarity(sign, n.signs[i]) >= n.least {
				return n.ids[i], true
			}
		}
	}
	i := int32(len(n.ids))
	n.ids, n.signs = append(n.ids, r.ID), append(n.signs, sign)
	for b := range bands {
		if n.bands[b] == nil {
			n.bands[b] = map[uint64][]int32{}
		}
		key := bandKey(sign, b)
		n.bands[b][key] = append(n.bands[b][key], i)
	}
	return "", false
}

// spoken returns the words of a conversation that tell it from others: what
// both parts say and the calls, without what the tools answer.
func spoken(r scaler.Rollout) []string {
	var words []string
	for _, m := range r.Messages {
		if m.Role == "tool" {
			continue
		}
		words = append(words, m.Role)
		words = append(words, strings.Fields(strings.ToLower(m.Content))...)
		for _, c := range m.ToolCalls {
			words = append(append(words, c.Name), strings.Fields(c.Arguments)...)
		}
	}
	return words
}

// sign hashes each shingle once and derives the permutations from that hash.
func sign(words []string) signature {
	var s signature
	for i := range s {
		s[i] = math.MaxUint32
	}
	for i := range max(len(words)-shingle+1, 1) {
		h := fnv.New64a()
		for _, w := range words[i:min(i+shingle, len(words))] {
			h.Write([]byte(w))
			h.Write([]byte{0})
		}
		x := h.Sum64()
		for k := range s {
			s[k] = min(s[k], uint32(mix(x+uint64(k)*0x9e3779b97f4a7c15)>>32))
		}
	}
	return s
}

// mix is the finaliser of SplitMix64: it spreads every bit over all others.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func bandKey(s signature, band int) uint64 {
	h := fnv.New64a()
	var b [4]byte
	for _, v := range s[band*perBand : (band+1)*perBand] {
		binary.LittleEndian.PutUint32(b[:], v)
		h.Write(b[:])
	}
	return h.Sum64()
}

// similarity estimates the Jaccard similarity of the shingles.
func similarity(a, b signature) float64 {
	same := 0
	for i := range a {
		if a[i] == b[i] {
			same++
		}
	}
	return float64(same) / hashSize
}
