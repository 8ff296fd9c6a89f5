package world

import "strings"

// calculates says whether the tool works out an arithmetic expression.
func (o *op) calculates() bool {
	if len(o.params) != 1 || !o.params[0].Required || o.params[0].Schema.Type() != "string" {
		return false
	}
	p := o.params[0]
	said := strings.ToLower(o.tool.Description + " " + p.Schema.Text("description"))
	return expressions[snake(p.Name)] && (strings.Contains(said, "mathematical") || strings.Contains(said, "arithmetic") || strings.Contains(said, "math expression"))
}

var expressions = wordSet("expression expr formula equation calculation")
