package tau2

import (
	"fmt"
	"github.com/agentscaler/scaler/eval/rows"
	"path/filepath"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

// loadTelecom reads the data of the operator and of the phone.
func loadTelecom(w *World, dir string) (err error) {
	w.models = [2]*model{telecomData, telecomUserData}
	data, err := loadTOML(filepath.Join(dir, "db.toml"), telecomData)
	if err != nil {
		return err
	}
	w.store = rows.NewStore(data)
	w.user, err = loadTOML(filepath.Join(dir, "user_db.toml"), telecomUserData)
	return err
}

func loadTOML(path string, m *model) (*pyjson.Object, error) {
	var tree map[string]any
	meta, err := toml.DecodeFile(path, &tree)
	if err != nil {
		return nil, err
	}
	order := map[string]int{}
	for i, key := range meta.Keys() {
		if _, seen := order[key.String()]; !seen {
			order[key.String()] = i
		}
	}
	data := ordered(tree, nil, order).(*pyjson.Object)
	_, invalid := python.Try(func() any { data = m.make(data); return nil })
	if invalid != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), invalid)
	}
	return data, nil
}

// ordered turns decoded TOML into JSON values with keys in the file's order.
func ordered(v any, path []string, order map[string]int) any {
	switch v := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		place := func(key string) int { return order[strings.Join(append(path[:len(path):len(path)], key), ".")] }
		sort.Slice(keys, func(i, j int) bool { return place(keys[i]) < place(keys[j]) })
		o := pyjson.NewObject(len(keys))
		for _, key := range keys {
			o.Set(key, ordered(v[key], append(path[:len(path):len(path)], key), order))
		}
		return o
	case []map[string]any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = ordered(item, path, order)
		}
		return list
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = ordered(item, path, order)
		}
		return list
	}
	return v
}
