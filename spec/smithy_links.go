package spec

import (
	"github.com/agentscaler/scaler"
)

// resourceLinks adds what resources declare: the identifier that the operations
// of a resource take is what creating or listing it returns.
func (m *smithy) resourceLinks(tools map[string]*scaler.Tool) {
	for _, v := range m.shapes.all() {
		r, ok := v.(*object)
		if !ok || r.string("type") != "resource" {
			continue
		}
		takers := m.takers(r)
		for identifier := range r.object("identifiers").all() {
			for _, source := range []string{"list", "create", "put"} {
				from, _ := m.target(r, source)
				field := m.fieldOf(from, identifier)
				if field == "" || tools[from] == nil {
					continue
				}
				for _, id := range takers {
					if id != from && tools[id] != nil && m.takes(id, identifier) {
						tools[id].Links = append(tools[id].Links, scaler.Link{
							Param: identifier, From: tools[from].Title, Field: field, Kind: "smithy-resource",
						})
					}
				}
			}
		}
	}
}

// takers returns the operations that work on one instance of a resource.
func (m *smithy) takers(r *object) []string {
	var ids []string
	for _, key := range []string{"read", "update", "delete", "put"} {
		if id, _ := m.target(r, key); id != "" {
			ids = append(ids, id)
		}
	}
	for _, v := range r.list("operations") {
		if o, ok := v.(*object); ok {
			ids = append(ids, o.string("target"))
		}
	}
	return ids
}

func (m *smithy) takes(operation, identifier string) bool {
	_, in := m.target(m.shapes.object(operation), "input")
	return in.object("members").has(identifier)
}

// fieldOf returns where an operation's output holds the identifier: at its top,
// inside a structure, or in each entry of a list.
func (m *smithy) fieldOf(operation, identifier string) string {
	_, out := m.target(m.shapes.object(operation), "output")
	members := out.object("members")
	if members.has(identifier) {
		return identifier
	}
	for name, v := range members.all() {
		member, _ := v.(*object)
		at := name + "."
		inner := m.shapes.object(member.string("target"))
		if inner.string("type") == "list" {
			at = name + "[]."
			_, inner = m.target(inner, "member")
		}
		if inner.object("members").has(identifier) {
			return at + identifier
		}
	}
	return ""
}
