package world

import (
	"sort"

	"github.com/agentscaler/scaler"
)

// A draft is a world between its tools and its files: what was inferred, and
// which tools are still in it.
type draft struct {
	domain  scaler.Domain
	ops     []*op
	atlas   *atlas
	dropped []scaler.Dropped

	seeded    []scaler.Row // what fill made last, and for which schema
	seededFor scaler.Schema
}

// infer decides for a domain's tools what they do and to which tables.
func infer(d scaler.Domain, tools []scaler.Tool) *draft {
	dr := &draft{domain: d, ops: readOps(d, tools)}
	unique(dr.ops)
	dr.rehang()
	dr.silence()
	for _, o := range dr.ops {
		o.classify()
	}
	dr.readLabels()
	dr.spaces()
	lex := lexiconOf(dr.ops)
	rows := dr.rowFields()
	dr.identified(rows)
	kinds := dr.kinds()
	for _, o := range dr.ops {
		if o.label == nil {
			o.settle(lex, rows, kinds)
		}
	}
	dr.unite()
	dr.aliases()
	dr.attachments()
	dr.settleKinds()
	dr.leaveOutside()
	dr.atlas = newAtlas(entities(dr.ops))
	dr.belongings()
	dr.tables()
	dr.label()
	dr.unbindUnread()
	dr.unbindIdle()
	dr.atlas.join()
	dr.setTiers()
	return dr
}

// readOps reads the domain's tools in the order of their IDs.
func readOps(d scaler.Domain, tools []scaler.Tool) []*op {
	in := map[scaler.ToolID]bool{}
	for _, id := range d.Tools {
		in[id] = true
	}
	byService := map[string][]scaler.Tool{}
	for _, t := range tools {
		byService[t.Service] = append(byService[t.Service], t)
	}
	prefix, full, names := map[string]int{}, map[string]bool{}, map[string]map[string]bool{}
	for service, list := range byService {
		prefix[service], names[service] = servicePrefix(list), map[string]bool{}
		full[service] = prefixNames(list, prefix[service])
		for _, t := range list {
			names[service][t.Name] = true
		}
	}
	var ops []*op
	for _, t := range tools {
		if len(in) == 0 || in[t.ID] {
			ops = append(ops, newOp(unscraped(t, names[t.Service]), prefix[t.Service], full[t.Service]))
		}
	}
	sort.SliceStable(ops, func(i, j int) bool { return ops[i].tool.ID < ops[j].tool.ID })
	return ops
}
