package fake

import (
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// keyKinds say what the ids of some things look like everywhere, by the end of
// what the thing is called. To teach it another, add a row.
var keyKinds = map[string]Shape{
	"container": {Semantic: "sha256"}, "container image": {Semantic: "sha256"}, "docker image": {Semantic: "sha256"}, "commit": {Semantic: "sha1"}, "tree": {Semantic: "sha1"},
	"block": {Semantic: "block.hash"}, "blockchain transaction": {Semantic: "block.hash"}, "wallet": {Semantic: "wallet"},
	"token": {Semantic: "id", Format: "uuid"}, "session": {Semantic: "id", Format: "uuid"}, "execution": {Semantic: "id", Format: "uuid"},
}

// ownKey are things that are no container or tree of a computer's, though they
// end so.
var ownKey = flags("shipping storage waste family apartment city time content text")

// KeyKind returns the shape of an entity's ids, where such things have the same
// everywhere and nothing is said of these.
func KeyKind(key *Shape) *Shape {
	if key.Type != "string" || len(key.Examples) > 0 || key.Pattern != nil || key.MaxLength >= 0 && key.MaxLength < 64 {
		return nil
	}
	if last := len(key.Words) - 1; last < 0 || key.Words[last] != "id" && key.Words[last] != "sha" && key.Words[last] != "hash" {
		return nil
	}
	thing := words.Split(key.Entity)
	for n := min(2, len(thing)); n > 0; n-- {
		kind, ok := keyKinds[strings.Join(thing[len(thing)-n:], " ")]
		if ok && (n == len(thing) || !ownKey[thing[len(thing)-n-1]]) {
			form := *key
			form.Semantic, form.Format = kind.Semantic, kind.Format
			return &form
		}
	}
	return nil
}
