package seed

import "fmt"

// A Style says how a world is filled.
type Style struct {
	Rows   int    `json:"rows,omitempty"`   // of a table of what happens, such as orders; other tables keep their proportion; 0 means 60
	Locale string `json:"locale,omitempty"` // where its people live: de, fr, uk; empty mixes
}

// Key stands for a style that is not the usual one in the name of a world.
func (s Style) Key() string {
	if s == (Style{}) {
		return ""
	}
	return fmt.Sprint(s.Rows, s.Locale)
}
