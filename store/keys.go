package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// readStrict reads a document that people edit. A key that nothing knows is a
// slip, and would otherwise be as if it were not there.
func readStrict(path string, v any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	if in.Decode(v) == nil && len(bytes.TrimSpace(data[in.InputOffset():])) == 0 {
		return nil
	}
	if err := decodeJSON(path, data, v); err != nil {
		return err // it says where
	}
	k := keys{path: path, data: data}
	k.value(data, 0, reflect.TypeOf(v), "")
	return k.err()
}

// decodeRow reads a row that people may have written: one that lacks something
// says which of its keys are unknown.
func decodeRow(line []byte, r *scaler.Row) error {
	err := json.Unmarshal(line, r)
	if err != nil || r.Table != "" && r.Key != "" && r.Value != nil {
		return err
	}
	var k keys
	k.value(line, 0, reflect.TypeOf(r), "")
	return k.err()
}

// keys goes through a document beside the type that it was read into, and gathers
// the keys that the type lacks.
type keys struct {
	path  string // empty where the caller says the file and line
	data  []byte
	found []string
}

// shownKeys is how many unknown keys an error names.
const shownKeys = 3

func (k *keys) err() error {
	switch n := len(k.found) - shownKeys; {
	case len(k.found) == 0:
		return nil
	case n > 0:
		return fmt.Errorf("%s; and %d more such keys", strings.Join(k.found[:shownKeys], "; "), n)
	}
	return errors.New(strings.Join(k.found, "; "))
}

// value looks at one value, which begins at an offset of the document and stands
// at a place in it: "orders.status". It fits its type, or it had not been read.
func (k *keys) value(raw []byte, begins int, t reflect.Type, place string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	list := t.Kind() == reflect.Slice
	if list {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return // a text, a number, or JSON that stays as it is
	}
	in := json.NewDecoder(bytes.NewReader(raw))
	if open, err := in.Token(); err != nil || open == nil {
		return
	}
	for n := 0; in.More(); n++ {
		if list {
			item, at := next(in)
			k.value(item, begins+at, t, label(item, place, n))
			continue
		}
		name, _ := in.Token()
		key, keyEnds := name.(string), int(in.InputOffset())
		item, at := next(in)
		if f, ok := field(t, key); ok {
			k.value(item, begins+at, f.Type, within(place, key, f.Type))
		} else {
			k.unknown(key, begins+bytes.LastIndexByte(raw[:keyEnds-1], '"'), t, place)
		}
	}
}

// next returns the next value and where it begins.
func next(in *json.Decoder) (json.RawMessage, int) {
	var item json.RawMessage
	if err := in.Decode(&item); err != nil {
		return nil, 0
	}
	return item, int(in.InputOffset()) - len(item)
}

// unknown notes a key, with what may have been meant.
func (k *keys) unknown(key string, begins int, t reflect.Type, place string) {
	if place != "" {
		place += ": "
	}
	if k.path != "" {
		place = k.path + position(k.data, begins+1) + ": " + place
	}
	names := fieldNames(t)
	meant := words.Meant(key, names, 1)
	if meant == "" {
		meant = "the keys are " + strings.Join(names, ", ")
	}
	k.found = append(k.found, fmt.Sprintf("%sthere is no key %q; %s", place, key, meant))
}

// within is the place of a key's value. Lists of what has a name go without the
// key: orders, and not tables.orders.
func within(place, key string, t reflect.Type) string {
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct {
		if _, named := field(t.Elem(), "name"); named {
			return place
		}
	}
	if place == "" {
		return key
	}
	return place + "." + key
}

// label is the place of an item: by its name, where it has one, or its number.
func label(item json.RawMessage, list string, n int) string {
	var named struct{ Name, ID string }
	_ = json.Unmarshal(item, &named) // what cannot be read so has no name
	switch {
	case named.Name != "" && list != "":
		return list + "." + named.Name
	case named.Name != "":
		return named.Name
	case named.ID != "":
		return list + " " + named.ID
	}
	return fmt.Sprintf("%s[%d]", list, n)
}

// field finds the field of a key as encoding/json does, which looks past case.
func field(t reflect.Type, key string) (reflect.StructField, bool) {
	for i := range t.NumField() {
		if name := fieldName(t.Field(i)); name != "" && strings.EqualFold(name, key) {
			return t.Field(i), true
		}
	}
	return reflect.StructField{}, false
}

func fieldNames(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		if name := fieldName(t.Field(i)); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// fieldName is a field's key; empty where it has none.
func fieldName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" {
		return ""
	}
	return name
}
