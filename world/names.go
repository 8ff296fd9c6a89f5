package world

import (
	"strconv"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// unique gives every tool a name of its own in the world: of two services with
// the same name the later gets its service's name behind, and a number if that
// is not enough. Names are unique as identifiers too, since code is.
func unique(ops []*op) {
	used := map[string]bool{}
	for _, o := range ops {
		name := o.tool.Name
		if identifier(name) == "" || taken[identifier(name)] {
			name = "do_" + name
		}
		if used[identifier(name)] {
			name = words.Ident(o.tool.Name+"_"+brand(o.tool.Service), 64)
		}
		for base, i := name, 2; used[identifier(name)]; i++ {
			name = words.Ident(base, 60) + "_" + strconv.Itoa(i)
		}
		used[identifier(name)] = true
		o.name = name
	}
}

// worldID is the domain's name as a slug and the start of its content ID.
func worldID(d scaler.Domain, parts ...string) scaler.WorldID {
	slug := strings.Join(words.Split(words.Ident(d.Name, 48)), "-")
	if slug == "" {
		slug = "world"
	}
	return scaler.WorldID(slug + "-" + scaler.ContentID(append([]string{string(d.ID)}, parts...)...)[:6])
}

// brand is a service's name without its version: shop of "shop/2.3.0".
func brand(service string) string {
	name, version, ok := strings.Cut(service, "/")
	if ok && strings.ContainsAny(version, "0123456789") {
		return snake(name)
	}
	return snake(service)
}
