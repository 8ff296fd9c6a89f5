package fake

import (
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// Most things are well: of the states that an enum lists, those in which things
// stay are more frequent than those that they pass through or fail in.

// settledState returns the states of a list in which things mostly are.
func (s *Shape) settledState(list []any) (good []any) {
	if len(s.Words) == 0 || !stateNames[s.Words[len(s.Words)-1]] {
		return nil
	}
	for _, v := range list {
		if settledStates[strings.Join(words.Split(asText(v)), " ")] {
			good = append(good, v)
		}
	}
	return good
}

var (
	stateNames    = flags("state status phase health")
	settledStates = map[string]bool{"succeeded": true, "success": true, "successful": true, "active": true, "available": true, "ready": true, "running": true, "enabled": true,
		"completed": true, "complete": true, "ok": true, "healthy": true, "online": true, "operational": true, "in service": true, "attached": true, "issued": true, "verified": true,
		"approved": true, "normal": true, "provisioned": true, "connected": true, "deployed": true, "published": true, "valid": true, "done": true, "passed": true}
)
