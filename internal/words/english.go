package words

import "strings"

// Spoken returns a name as words of a sentence: order_item is order item.
func Spoken(name string) string { return strings.Join(Split(name), " ") }

// Either joins words as a sentence does: pending, active or paused.
func Either(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " or " + list[len(list)-1]
}
