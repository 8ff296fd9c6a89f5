package tau2

import (
	"github.com/agentscaler/scaler/eval/rows"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

// initial is the world in which a task begins: the same, or one in which data of
// the task's own has been put over the world's. Where a user has data too, this
// is what v0.1 and v0.2 do; v1.0 lets both sides share one side's data then,
// which leaves tools without what they read, and no task of it does that.
func (w *World) initial(t *Task) (*World, *python.Error) {
	if t.Data == [2]*pyjson.Object{} {
		return w, nil
	}
	changed := *w
	_, err := python.Try(func() any {
		if t.Data[0] != nil {
			changed.store = rows.NewStore(w.models[0].make(merge(w.store.Data(), t.Data[0])))
		}
		if t.Data[1] != nil {
			if w.user == nil {
				python.Raise("AttributeError", "'NoneType' object has no attribute 'update_db'")
			}
			changed.user = w.models[1].make(merge(w.user, t.Data[1]))
		}
		return nil
	})
	return &changed, err
}

// merge puts the values of one object over those of another, objects inside
// objects.
func merge(base, over *pyjson.Object) *pyjson.Object {
	out := base.Shallow()
	for key, v := range over.All() {
		below, _ := out.Get(key)
		inner, ok := below.(*pyjson.Object)
		if o, also := v.(*pyjson.Object); ok && also {
			v = merge(inner, o)
		}
		out.Set(key, v)
	}
	return out
}
