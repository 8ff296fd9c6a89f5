package world

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
)

// An asked is what the tools that name rows of a table ask of their keys.
type asked struct {
	patterns []string          // as often as some tool asks for each
	forms    []json.RawMessage // a schema for each of them, once
	min, max int               // 0 means none asks
	digits   bool              // some tool takes the key as a number
}

// fitKeys gives keys of text values that every tool's argument allows: what no
// tool could name is no row.
func (dr *draft) fitKeys() {
	wants := map[string]*asked{}
	want := func(table string, p param) {
		if wants[table] == nil {
			wants[table] = &asked{}
		}
		wants[table].add(p.Schema)
	}
	for _, o := range dr.ops {
		for _, b := range o.binds {
			t := dr.atlas.table(b.Table)
			switch {
			case t == nil || b.Column == "" || b.Op != "":
			case b.Role == roleKey, b.Role == roleRef && b.Column == t.Key, b.Role == roleFilter && b.p.Required && b.Column == t.Key:
				want(t.Name, b.p)
			case b.Role == roleFilter && b.p.Required && t.column(b.Column).Ref != "":
				want(t.column(b.Column).Ref, b.p)
			}
		}
	}
	for _, t := range dr.atlas.tables {
		key := t.find(t.Key)
		if key == nil || key.Type != "string" || key.Ref != "" || len(key.Enum) > 0 || len(t.naming.forms) > 0 || wants[t.Name] == nil {
			continue
		}
		if len(key.Schema) > 0 {
			wants[t.Name].add(schema.Parse(key.Schema))
		}
		wants[t.Name].fit(t, key)
	}
}

func (a *asked) add(s schema.View) {
	if s.Type() == "integer" || s.Type() == "number" {
		a.digits = true
		return
	}
	low, high := 0, 0
	if n := s.Number("minLength"); n != nil {
		low = int(*n)
		a.min = max(a.min, low)
	}
	if n := s.Number("maxLength"); n != nil {
		high = int(*n)
		if a.max == 0 || high < a.max {
			a.max = high
		}
	}
	if p := s.Text("pattern"); p != "" {
		if !slices.Contains(a.patterns, p) {
			a.forms = append(a.forms, patternOf(p, low, high))
		}
		a.patterns = append(a.patterns, p)
	}
}

// zeroUUID is as long as every uuid.
const zeroUUID = "00000000-0000-4000-8000-000000000000"

// fit chooses the pattern of a key: none where numbered keys will do, else the
// first of ours that all tools allow, else that of most of them.
func (a *asked) fit(t *table, key *scaler.Column) {
	natural, named := fake.Prefix(t.Entity), lastWord(snake(key.Name)) == "name"
	if !named && key.Format == "" && len(key.Examples) == 0 && a.allows(natural+"_1001") {
		switch {
		case a.max >= 32 && a.max < len(zeroUUID) && a.allows(strings.ReplaceAll(zeroUUID, "-", "")):
			key.Schema = patternOf("^[0-9a-f]{32}$", 0, 0) // what is called by a uuid elsewhere
		case a.max > 0 && a.max < len(zeroUUID):
			key.Schema = patternOf("^"+natural+"-[1-9][0-9]{3}$", 0, 0)
		case schema.Parse(key.Schema).Text("pattern") != "" || a.min > 0:
			key.Schema = nil
		}
		return
	}
	if key.Format != "" && !a.digits {
		return
	}
	if p := mostOf(a.patterns); named && !a.digits {
		if p != "" {
			key.Schema = patternOf(p, a.min, a.max)
		}
		return
	}
	for _, style := range []struct{ sample, pattern string }{
		{natural + "-1001", natural + "-[1-9][0-9]{3}"},
		{natural + "-1001a4f0", natural + "-[0-9a-f]{8}"},
		{natural + "-1001a4f01001a4f0", natural + "-[0-9a-f]{16}"},
		{natural + "1001", natural + "[1-9][0-9]{3}"},
		{"482910", "[1-9][0-9]{5}"},
		{"1001a4f0", "[0-9a-f]{8}"},
		{"1001a4f01001a4f0", "[0-9a-f]{16}"},
	} {
		if a.allows(style.sample) {
			key.Schema, key.Format, key.Examples = patternOf("^"+style.pattern+"$", 0, 0), "", nil
			return
		}
	}
	if p := mostOf(a.patterns); p != "" && !a.digits {
		key.Schema, key.Examples = patternOf(p, a.min, a.max), nil
	}
}

// anyOf is the schema of keys of several forms: what is tagged is now a table, now
// a stream, and each tool that names such things finds some that it can name.
func anyOf(schemas []json.RawMessage) json.RawMessage {
	o := pyjson.NewObject(2)
	o.Set("type", "string")
	list := make([]any, len(schemas))
	for i, s := range schemas {
		list[i] = parseAny(s)
	}
	o.Set("anyOf", list)
	return pyjson.Marshal(o)
}

// allows says whether every tool would take the key.
func (a *asked) allows(key string) bool {
	if len(key) < a.min || a.max > 0 && len(key) > a.max || a.digits && strings.Trim(key, "0123456789") != "" {
		return false
	}
	return !slices.ContainsFunc(a.patterns, func(p string) bool {
		re, err := regexp.Compile(p)
		return err == nil && !re.MatchString(key)
	})
}

func mostOf(list []string) string {
	best, most := "", 0
	for _, s := range list {
		n := 0
		for _, other := range list {
			if other == s {
				n++
			}
		}
		if n > most {
			best, most = s, n
		}
	}
	return best
}

func patternOf(pattern string, shortest, longest int) json.RawMessage {
	o := pyjson.NewObject(4)
	o.Set("type", "string")
	o.Set("pattern", pattern)
	if shortest > 0 {
		o.Set("minLength", int64(shortest))
	}
	if longest > 0 {
		o.Set("maxLength", int64(longest))
	}
	return pyjson.Marshal(o)
}
