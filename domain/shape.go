package domain

import (
	"cmp"
	"context"
	"slices"

	"github.com/agentscaler/scaler/internal/community"
)

// shape brings communities to a usable size: those with more than most tools are
// split, those with fewer than least join the nearest that has room. What is
// near nothing stays as it is.
func (p *plan) shape(ctx context.Context, of []int32, resolution float64, least, most int) ([][]int32, error) {
	var groups [][]int32
	for _, g := range community.Members(of) {
		var parts [][]int32
		for _, piece := range p.unmixed(g, resolution, least) {
			some, err := p.parts(ctx, piece, resolution, most)
			if err != nil {
				return nil, err
			}
			parts = append(parts, some...)
		}
		if len(parts) > 1 {
			p.split++
		}
		groups = append(groups, parts...)
	}
	return p.join(groups, least, most), nil
}

// apart is the modularity that a community's own network may have before the
// community counts as several. Modularity cannot see communities that are small
// against the whole network (Fortunato and Barthelemy, "Resolution limit in
// community detection", 2007) and joins them by one weak tie; on its own, such a
// community shows its seams.
const apart = 0.5

// unmixed splits a group that is several communities by itself.
func (p *plan) unmixed(g []int32, resolution float64, least int) [][]int32 {
	if len(g) < 2*least {
		return [][]int32{g}
	}
	inner := p.net.Within(g)
	of := community.Louvain(inner, resolution)
	if inner.Modularity(of, resolution) < apart {
		return [][]int32{g}
	}
	var out [][]int32
	for _, m := range community.Members(of) {
		out = append(out, p.unmixed(back(g, m), resolution, least)...)
	}
	return out
}

// finest is the resolution at which splitting by communities is given up.
const finest = 64

// parts splits a group until no part has more than most tools: by finer and
// finer communities, and where there are none by cutting off connected pieces.
func (p *plan) parts(ctx context.Context, g []int32, resolution float64, most int) ([][]int32, error) {
	if len(g) <= most {
		return [][]int32{g}, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	inner := p.net.Within(g)
	for ; resolution <= finest; resolution *= 2 {
		found := community.Members(community.Louvain(inner, resolution))
		if len(found) == 1 || len(found) > len(g)/2 {
			continue
		}
		var out [][]int32
		for _, m := range found {
			parts, err := p.parts(ctx, back(g, m), resolution, most)
			if err != nil {
				return nil, err
			}
			out = append(out, parts...)
		}
		return out, nil
	}
	var out [][]int32
	for _, piece := range pieces(inner, most) {
		out = append(out, back(g, piece))
	}
	return out, nil
}

// back translates members of a part of g into tools.
func back(g, members []int32) []int32 {
	out := make([]int32, len(members))
	for i, m := range members {
		out[i] = g[m]
	}
	return out
}

// pieces cuts a network into connected pieces of at most most nodes, each grown
// from its first node along the links.
func pieces(net *community.Network, most int) [][]int32 {
	taken := make([]bool, net.Len())
	var out [][]int32
	for i := range taken {
		if taken[i] {
			continue
		}
		taken[i] = true
		piece := []int32{int32(i)}
		for k := 0; k < len(piece); k++ {
			to, _ := net.Neighbours(piece[k])
			for _, j := range to {
				if !taken[j] && len(piece) < most {
					taken[j] = true
					piece = append(piece, j)
				}
			}
		}
		out = append(out, piece)
	}
	return out
}

// join lets small groups join the nearest group with room, smallest first.
func (p *plan) join(groups [][]int32, least, most int) [][]int32 {
	of := make([]int32, len(p.tools))
	for i, g := range groups {
		for _, t := range g {
			of[t] = int32(i)
		}
	}
	var small []int32
	for i, g := range groups {
		if len(g) < least {
			small = append(small, int32(i))
		}
	}
	slices.SortStableFunc(small, func(x, y int32) int { return cmp.Compare(len(groups[x]), len(groups[y])) })
	for len(small) > 0 {
		i := small[0]
		small = small[1:]
		if len(groups[i]) == 0 || len(groups[i]) >= least {
			continue
		}
		to, ok := p.nearest(groups, of, i, most)
		if !ok {
			p.orphans += len(groups[i])
			continue
		}
		p.merged++
		for _, t := range groups[i] {
			of[t] = to
		}
		groups[to] = append(groups[to], groups[i]...)
		groups[i] = nil
		if len(groups[to]) < least {
			small = append(small, to)
		}
	}
	return slices.DeleteFunc(groups, func(g []int32) bool { return len(g) == 0 })
}

// nearest returns the group that group i has most weight to, one of the same
// service before any other.
func (p *plan) nearest(groups [][]int32, of []int32, i int32, most int) (int32, bool) {
	type tie struct{ same, all float64 }
	ties := map[int32]tie{}
	for _, t := range groups[i] {
		to, weight := p.net.Neighbours(t)
		for k, j := range to {
			if of[j] == i || len(groups[of[j]])+len(groups[i]) > most {
				continue
			}
			s := ties[of[j]]
			s.all += float64(weight[k])
			if p.tools[t].Service == p.tools[j].Service {
				s.same += float64(weight[k])
			}
			ties[of[j]] = s
		}
	}
	at, found := int32(0), false
	for j, s := range ties {
		if !found {
			at, found = j, true
			continue
		}
		b := ties[at]
		if cmp.Or(cmp.Compare(s.same, b.same), cmp.Compare(s.all, b.all), cmp.Compare(at, j)) > 0 {
			at = j
		}
	}
	return at, found
}
