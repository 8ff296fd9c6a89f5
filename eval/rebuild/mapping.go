package rebuild

import (
	"bufio"
	"fmt"
	"slices"
	"strings"
)

// A Mapping says under which names a rebuilt world and an official database
// keep the same things. It renames and says where nested rows lie, no more:
//
//	orders = orders/*                   the rows of our table
//	orders.street = address/line1       a column
//	orders.items = lines/*              a list of rows under a row
//	orders.items.sku = id               a field of these
//	orders.id = @                       the name under which the row is kept
//	cards.user_id = ../@                the same of the row above
//
// A name that is not mapped means the same name on the other side.
type Mapping struct {
	at    map[string][]string          // our table -> path of its rows
	names map[string]map[string]string // our table or table.list -> our name -> theirs
}

// lines is the most lines a mapping may have.
const lines = 40

// ReadMapping parses a mapping.
func ReadMapping(text string) (*Mapping, error) {
	m := &Mapping{at: map[string][]string{}, names: map[string]map[string]string{}}
	n := 0
	for scan := bufio.NewScanner(strings.NewReader(text)); scan.Scan(); {
		line, _, _ := strings.Cut(scan.Text(), "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		ours, theirs, ok := strings.Cut(line, "=")
		ours, theirs = strings.TrimSpace(ours), strings.TrimSpace(theirs)
		if n++; n > lines || !ok || ours == "" || theirs == "" {
			return nil, fmt.Errorf("line %q: a mapping has at most %d lines like ours = theirs", line, lines)
		}
		m.add(ours, theirs)
	}
	return m, nil
}

func (m *Mapping) add(ours, theirs string) {
	of, name, nested := cutLast(ours)
	if !nested {
		m.at[ours] = strings.Split(theirs, "/")
		return
	}
	if m.names[of] == nil {
		m.names[of] = map[string]string{}
	}
	m.names[of][name] = theirs
}

func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, '.')
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+1:], true
}

// rowsAt is the path of a table's rows.
func (m *Mapping) rowsAt(table string) []string {
	if at, ok := m.at[table]; ok {
		return at
	}
	return []string{table, "*"}
}

// name is the path of a column, or of a field of a list's items; list says
// whether the members of what stands there are the items of a list.
func (m *Mapping) name(of, name string) (path []string, list bool) {
	theirs, ok := m.names[of][name]
	if !ok {
		return []string{name}, false
	}
	path = strings.Split(theirs, "/")
	if path[len(path)-1] == "*" {
		return path[:len(path)-1], true
	}
	return path, false
}

// renamed lists our names of a list's fields that the mapping mentions, sorted.
func (m *Mapping) renamed(of string) []string {
	var out []string
	for name := range m.names[of] {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
