package acebench

import (
	"fmt"
	"sort"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
	"github.com/agentscaler/scaler/internal/python"
)

// numberedRows are rows of a class that counts from 1, in the order in which they came.
type numberedRows struct {
	ids  []int64
	rows []*pyjson.Object
	last int64
}

func (n *numberedRows) add(row *pyjson.Object) {
	n.last++
	n.ids, n.rows = append(n.ids, n.last), append(n.rows, row)
}

// find returns the place of an id, -1 if it is not there. An id that is a list
// raises, 1.0 and True are 1, as for the keys of any dict.
func (n *numberedRows) find(id any) int {
	python.Hash(id)
	for i, x := range n.ids {
		if python.Equal(x, id) {
			return i
		}
	}
	return -1
}

func (n *numberedRows) remove(i int) {
	n.ids = append(n.ids[:i:i], n.ids[i+1:]...)
	n.rows = append(n.rows[:i:i], n.rows[i+1:]...)
}

func (n *numberedRows) object() *pyjson.Object {
	o := pyjson.NewObject(len(n.ids))
	for i, id := range n.ids {
		o.Set(fmt.Sprint(id), n.rows[i])
	}
	return o
}

// firstRows are the messages and reminders before anything has happened.
type firstRows struct{ inbox, reminders []*pyjson.Object }

// firstRows looks for them in the gold answers, once.
func (d *Data) firstRows(lang string) (firstRows, error) {
	d.mu.Lock()
	rows, ok := d.first[lang]
	d.mu.Unlock()
	if ok {
		return rows, nil
	}
	rows, err := d.findRows(lang)
	if err == nil {
		d.mu.Lock()
		d.first[lang] = rows
		d.mu.Unlock()
	}
	return rows, err
}

// findRows knows that a message which stands in the answers with a time was not
// sent by an agent, and that a reminder which was there has a number above 1000.
func (d *Data) findRows(lang string) (firstRows, error) {
	inbox, reminders := map[string]*pyjson.Object{}, map[string]*pyjson.Object{}
	for _, c := range Categories {
		if !c.isAgent() {
			continue
		}
		answers, err := d.Answers(lang, c.Name)
		if err != nil {
			return firstRows{}, err
		}
		for _, a := range answers {
			for _, class := range list(field(a, "ground_truth")) {
				collect(class, "inbox", inbox, func(_ string, row *pyjson.Object) bool { return get(row, "time") != nil })
				collect(class, "reminder_list", reminders, func(key string, row *pyjson.Object) bool {
					return python.Str(get(row, "reminder_id")) == "100"+key
				})
			}
		}
	}
	rows := firstRows{inOrderOfKeys(inbox), inOrderOfKeys(reminders)}
	if len(rows.inbox) != 6 || len(rows.reminders) != 3 {
		return firstRows{}, fmt.Errorf("acebench: the gold answers (%s) show %d of 6 messages and %d of 3 reminders: is the data complete?",
			lang, len(rows.inbox), len(rows.reminders))
	}
	return rows, nil
}

// collect gathers the rows of an attribute that pass.
func collect(class any, attribute string, into map[string]*pyjson.Object, first func(string, *pyjson.Object) bool) {
	named, ok := class.(*pylit.Dict)
	if !ok {
		return
	}
	for _, v := range named.Values {
		attributes, ok := v.(*pylit.Dict)
		if !ok {
			continue
		}
		table, _ := pylit.ToJSON(field(attributes, attribute))
		rows, ok := table.(*pyjson.Object)
		if !ok {
			continue
		}
		for key, row := range rows.All() {
			if o, ok := row.(*pyjson.Object); ok && first(key, o) {
				into[key] = o
			}
		}
	}
}

func inOrderOfKeys(rows map[string]*pyjson.Object) []*pyjson.Object {
	keys := make([]string, 0, len(rows))
	for key := range rows {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	out := make([]*pyjson.Object, len(keys))
	for i, key := range keys {
		out[i] = rows[key]
	}
	return out
}
