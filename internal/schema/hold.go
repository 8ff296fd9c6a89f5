package schema

import "slices"

// Deepest is how far into fields their schemas are compared.
const Deepest = 6

// Holds says whether every value of one schema, as far as types, choices and
// properties tell, is one of the other.
func (to View) Holds(from View, depth int) bool {
	if to.Words == nil || from.Words == nil || depth > Deepest {
		return true
	}
	have, want := from.Type(), to.Type()
	if !Like(have, want) || len(to.Choices()) > 0 && !within(from.Choices(), to.Choices()) {
		return false
	}
	if from.Nullable && !to.Nullable && want != "" {
		return false
	}
	switch want {
	case "array":
		return to.Items().Holds(from.Items(), depth+1)
	case "object":
		return !slices.ContainsFunc(to.Props(), func(p Prop) bool {
			f, ok := from.Prop(p.Name)
			return ok && (!p.Schema.Holds(f.Schema, depth+1) || p.Required && !f.Required) || !ok && p.Required && len(from.Props()) > 0
		})
	}
	return true
}

// within says whether there are choices, and all of them are among others.
func within(choices, others []string) bool {
	return len(choices) > 0 && !slices.ContainsFunc(choices, func(c string) bool { return !slices.Contains(others, c) })
}

// Like says whether values of one type are of another; empty types are any.
func Like(have, want string) bool {
	return want == "" || have == "" || have == want || want == "number" && have == "integer"
}
