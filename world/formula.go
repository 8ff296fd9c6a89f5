package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
)

// A formula computes a result from numbers, lists of numbers or texts: {0}, {1}
// are the arguments in their order.
type formula struct {
	takes []string // the arguments' types, "number" for either kind of number
	gives string   // the result's type
	code  string
}

// formulas are the computations this builder does, by a word of the name. What
// can be understood in two ways (a variance, a logarithm) is not among them.
var formulas = map[string]formula{
	"add":        {numbers(2), "number", "{0} + {1}"},
	"subtract":   {numbers(2), "number", "{0} - {1}"},
	"multiply":   {numbers(2), "number", "{0} * {1}"},
	"power":      {numbers(2), "number", "math.pow({0}, {1})"},
	"modulo":     {numbers(2), "number", unlessZero("{1}", "{0} % {1}")},
	"divide":     {numbers(2), "number", unlessZero("{1}", "{0} / {1}")},
	"percentage": {numbers(2), "number", "round({0} * {1} / 100.0, 4)"},
	"hypotenuse": {numbers(2), "number", "math.hypot({0}, {1})"},
	"bmi":        {numbers(2), "number", unlessZero("{1}", "round({0} / ({1} * {1}), 2)")},
	"sqrt":       {numbers(1), "number", "math.sqrt({0}) if {0} >= 0 else refuse(\"invalid_arguments\", \"The number is negative.\")"},
	"square":     {numbers(1), "number", "{0} * {0}"},
	"cube":       {numbers(1), "number", "{0} * {0} * {0}"},
	"absolute":   {numbers(1), "number", "abs({0})"},
	"sin":        {numbers(1), "number", "math.sin({0})"},
	"cos":        {numbers(1), "number", "math.cos({0})"},
	"tan":        {numbers(1), "number", "math.tan({0})"},
	"radians":    {numbers(1), "number", "math.radians({0})"},
	"degrees":    {numbers(1), "number", "math.degrees({0})"},
	"fahrenheit": {numbers(1), "number", "round({0} * 9.0 / 5.0 + 32.0, 2)"},
	"celsius":    {numbers(1), "number", "round(({0} - 32.0) * 5.0 / 9.0, 2)"},
	"round":      {[]string{"number", "integer"}, "number", "round({0}, {1})"},
	"floor":      {numbers(1), "integer", "math.floor({0})"},
	"ceil":       {numbers(1), "integer", "math.ceil({0})"},
	"ceiling":    {numbers(1), "integer", "math.ceil({0})"},
	"sum":        {[]string{"array"}, "number", "sum({0})"},
	"mean":       {[]string{"array"}, "number", unlessEmpty("round(sum({0}) / float(len({0})), 6)")},
	"average":    {[]string{"array"}, "number", unlessEmpty("round(sum({0}) / float(len({0})), 6)")},
	"median":     {[]string{"array"}, "number", unlessEmpty("(sorted({0})[(len({0}) - 1) // 2] + sorted({0})[len({0}) // 2]) / 2.0")},
	"max":        {[]string{"array"}, "number", unlessEmpty("max({0})")},
	"min":        {[]string{"array"}, "number", unlessEmpty("min({0})")},
	"sort":       {[]string{"array"}, "array", "sorted({0})"},
	"uppercase":  {[]string{"string"}, "string", "{0}.upper()"},
	"lowercase":  {[]string{"string"}, "string", "{0}.lower()"},
	"length":     {[]string{"string"}, "integer", "len({0})"},
}

// numbers is that many arguments of type number.
func numbers(n int) []string { return slices.Repeat([]string{"number"}, n) }

func unlessZero(divisor, code string) string {
	return code + " if " + divisor + ` != 0 else refuse("invalid_arguments", "Nothing can be divided by zero.")`
}

func unlessEmpty(code string) string {
	return code + ` if {0} else refuse("invalid_arguments", "The list is empty.")`
}

// compute writes a pure computation.
func (w *writer) compute() {
	f, _ := w.o.formula()
	code := f.code
	for i, p := range w.o.params {
		code = strings.ReplaceAll(code, fmt.Sprintf("{%d}", i), w.arg(p))
	}
	for _, h := range Helpers {
		if strings.Contains(f.code, h.Name+"(") {
			w.use(h.Name)
		}
	}
	if field, _ := w.o.computed(f); field != "" {
		code = "{" + quote(field) + ": " + code + "}"
	}
	w.line(1, "return %s", code)
}

// formula returns the computation that the words of the name ask for, if the
// arguments and the declared result are of its types.
func (o *op) formula() (formula, bool) {
	if o.muses() && o.params[0].Required {
		return formula{[]string{"string"}, "string", "{0}"}, true
	}
	if o.calculates() {
		return formula{[]string{"string"}, "number", "calculated({0})"}, true
	}
	for i := len(o.words) - 1; i >= 0; i-- {
		f, known := formulas[o.words[i]]
		if _, answers := o.computed(f); known && answers && o.feeds(f) {
			return f, true
		}
	}
	return formula{}, false
}

// feeds says whether the arguments are just those that the formula takes.
func (o *op) feeds(f formula) bool {
	if len(o.params) != len(f.takes) || len(o.path) > 0 && len(o.path[len(o.path)-1].params) > 0 {
		return false
	}
	for i, p := range o.params {
		t := p.Schema.Type()
		of := p.Schema.Items().Type()
		fits := t == f.takes[i] || t == "integer" && f.takes[i] == "number"
		if t == "array" {
			fits = fits && (of == "number" || of == "integer")
		}
		if t == "string" {
			fits = fits && contents[snake(p.Name)]
		}
		if !fits || !p.Required {
			return false
		}
	}
	return true
}

// computed returns the field of the answer in which the declared result has what
// the formula gives, "" where that is the whole answer.
func (o *op) computed(f formula) (field string, ok bool) {
	if shapeOf(o.result, o.noun).loose() {
		return "result", true
	}
	at := o.result
	if props := at.Props(); at.IsObject() && len(props) == 1 {
		field, at = props[0].Name, props[0].Schema
	}
	t := at.Type()
	return field, t == f.gives || t == "number" && f.gives == "integer"
}

// computes says whether a read is no look-up but one of the known computations.
func (o *op) computes() bool {
	_, known := o.formula()
	return known && (describes(o.kind) || o.kind == scaler.Aggregate)
}
