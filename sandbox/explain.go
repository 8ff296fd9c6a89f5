package sandbox

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// leaf finds the most telling cause: the one deepest in the arguments. The
// validator walks maps, so of equals it is the first by what it says.
func leaf(e *jsonschema.ValidationError) *jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return e
	}
	best := leaf(e.Causes[0])
	for _, c := range e.Causes[1:] {
		l := leaf(c)
		deeper := len(l.InstanceLocation) - len(best.InstanceLocation)
		if deeper > 0 || deeper == 0 && explain(l) < explain(best) {
			best = l
		}
	}
	return best
}

// explain says what is wrong in a few words: "order_id: expected string, got number".
func explain(e *jsonschema.ValidationError) string {
	place := ""
	if len(e.InstanceLocation) > 0 {
		place = strings.Join(e.InstanceLocation, ".") + ": "
	}
	switch k := e.ErrorKind.(type) {
	case *kind.Type:
		return fmt.Sprintf("%sexpected %s, got %s", place, strings.Join(k.Want, " or "), k.Got)
	case *kind.Required:
		return fmt.Sprintf("%smissing %s", place, strings.Join(k.Missing, ", "))
	case *kind.AdditionalProperties:
		return fmt.Sprintf("%sunknown argument %s", place, strings.Join(slices.Sorted(slices.Values(k.Properties)), ", "))
	case *kind.Minimum:
		return fmt.Sprintf("%sexpected at least %s, got %s", place, decimal(k.Want), decimal(k.Got))
	case *kind.Maximum:
		return fmt.Sprintf("%sexpected at most %s, got %s", place, decimal(k.Want), decimal(k.Got))
	case *kind.Enum:
		return fmt.Sprintf("%sexpected one of %s, got %s", place, brief(k.Want), brief(k.Got))
	case *kind.Format:
		return fmt.Sprintf("%sexpected %s, got %s", place, formats[k.Want].like, brief(k.Got))
	case *kind.Const:
		return fmt.Sprintf("%sexpected %s, got %s", place, brief(k.Want), brief(k.Got))
	}
	return place + strings.TrimPrefix(e.ErrorKind.LocalizedString(printer), "value ")
}

// decimal writes a bound as a person would.
func decimal(r *big.Rat) string {
	f, _ := r.Float64()
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func brief(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "a value"
	}
	if len(text) > 120 {
		return strings.ToValidUTF8(string(text[:117]), "") + "..."
	}
	return string(text)
}

// printer words the validator's errors in English.
var printer = message.NewPrinter(language.English)
