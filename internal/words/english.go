package words

import (
	"strconv"
	"strings"
)

// Spoken returns a name as words of a sentence: order_item is order item.
func Spoken(name string) string { return strings.Join(Split(name), " ") }

// Either joins words as a sentence does: pending, active or paused.
func Either(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " or " + list[len(list)-1]
}

// Count says how many there are of a thing: 1 place, 2 places.
func Count(n int, thing string) string {
	if n != 1 {
		thing = Plural(thing)
	}
	return strconv.Itoa(n) + " " + thing
}
