package atlas

import (
	"cmp"
	"math"
	"slices"
)

// How the map settles: ties and regions pull, discs push each other away, and
// all of it cools down.
const (
	rounds    = 200
	calm      = 600 // most rounds at the end in which discs only make room
	pullTie   = 0.06
	pullHome  = 0.04 // to the middle of the region
	pullWhole = 0.004
	gap       = 2.5 // pixels between discs
	border    = 7.0 // the same, between discs of two regions
)

// golden is the angle at which a spiral of points never lines up.
var golden = math.Pi * (3 - math.Sqrt(5))

// settle places the discs.
func (m *atlas) settle() {
	m.spread()
	for round := range rounds {
		heat := 1 - float64(round)/rounds
		m.pullTies(heat)
		m.pullHome(heat)
		m.makeRoom()
	}
	for range calm {
		if !m.makeRoom() {
			break
		}
	}
}

// spread starts with the regions on a spiral, the largest in the middle, and
// each region's discs on a spiral of its own.
func (m *atlas) spread() {
	members := make([][]int, m.regions)
	area := make([]float64, m.regions)
	for i, d := range m.discs {
		members[d.region] = append(members[d.region], i)
		area[d.region] += d.r * d.r
	}
	order := make([]int, m.regions)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(area[y], area[x]) })
	before := 0.0
	for k, region := range order {
		far := 1.5 * math.Sqrt(before+area[region]/2)
		if k == 0 {
			far = 0
		}
		before += area[region]
		x, y := far*math.Cos(float64(k)*golden), far*math.Sin(float64(k)*golden)
		of := members[region]
		slices.SortStableFunc(of, func(x, y int) int { return cmp.Compare(m.discs[y].r, m.discs[x].r) })
		inside := 0.0
		for j, i := range of {
			d := &m.discs[i]
			inside += d.r * d.r
			out := 1.3 * math.Sqrt(inside-d.r*d.r/2)
			d.x, d.y = x+out*math.Cos(float64(j)*golden), y+out*math.Sin(float64(j)*golden)
		}
	}
}

// pullTies brings the ends of each tie towards each other.
func (m *atlas) pullTies(heat float64) {
	for _, t := range m.ties {
		a, b := &m.discs[t.a], &m.discs[t.b]
		dx, dy := b.x-a.x, b.y-a.y
		far := math.Hypot(dx, dy)
		over := far - a.r - b.r - gap
		if over <= 0 || far == 0 {
			continue
		}
		step := heat * pullTie * over / far
		if a.region != b.region {
			step /= 3
		}
		share := b.r * b.r / (a.r*a.r + b.r*b.r) // the smaller one moves more
		a.x, a.y = a.x+step*share*dx, a.y+step*share*dy
		b.x, b.y = b.x-step*(1-share)*dx, b.y-step*(1-share)*dy
	}
}

// pullHome brings discs towards the middle of their region and of the map.
func (m *atlas) pullHome(heat float64) {
	x, y, mass := make([]float64, m.regions), make([]float64, m.regions), make([]float64, m.regions)
	for _, d := range m.discs {
		w := d.r * d.r
		x[d.region] += w * d.x
		y[d.region] += w * d.y
		mass[d.region] += w
	}
	for i := range m.discs {
		d := &m.discs[i]
		hx, hy := x[d.region]/mass[d.region], y[d.region]/mass[d.region]
		d.x += heat*pullHome*(hx-d.x) - pullWhole*hx
		d.y += heat*pullHome*(hy-d.y) - pullWhole*hy
	}
}

// makeRoom pushes overlapping discs apart, and says whether any did overlap.
// Only discs in neighbouring cells of a grid are compared.
func (m *atlas) makeRoom() bool {
	cell := border
	for _, d := range m.discs {
		cell = max(cell, 2*d.r+border)
	}
	at := func(d *disc) [2]int { return [2]int{int(math.Floor(d.x / cell)), int(math.Floor(d.y / cell))} }
	grid := map[[2]int][]int{}
	for i := range m.discs {
		c := at(&m.discs[i])
		grid[c] = append(grid[c], i)
	}
	crowded := false
	for i := range m.discs {
		c := at(&m.discs[i])
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				for _, j := range grid[[2]int{c[0] + dx, c[1] + dy}] {
					if j > i && m.discs[i].part(&m.discs[j], i) {
						crowded = true
					}
				}
			}
		}
	}
	return crowded
}

// part moves two discs that overlap away from each other.
func (d *disc) part(e *disc, turn int) bool {
	dx, dy := e.x-d.x, e.y-d.y
	far := math.Hypot(dx, dy)
	over := d.r + e.r + border - far
	if d.region == e.region {
		over += gap - border
	}
	if over <= 0.3 {
		return false
	}
	if far < 1e-6 { // one on the other: any direction, but always the same
		dx, dy, far = math.Cos(float64(turn)*golden), math.Sin(float64(turn)*golden), 1
	}
	share := e.r * e.r / (d.r*d.r + e.r*e.r)
	d.x, d.y = d.x-share*over*dx/far, d.y-share*over*dy/far
	e.x, e.y = e.x+(1-share)*over*dx/far, e.y+(1-share)*over*dy/far
	return true
}

// margin around the discs, and the room for the line below them.
const (
	margin = 16.0
	foot   = 28.0
)

// fit moves and scales the map into its square.
func (m *atlas) fit() {
	if len(m.discs) == 0 {
		return
	}
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, d := range m.discs {
		left, right = min(left, d.x-d.r), max(right, d.x+d.r)
		top, bottom = min(top, d.y-d.r), max(bottom, d.y+d.r)
	}
	scale := min((m.size-2*margin)/(right-left), (m.size-2*margin)/(bottom-top))
	for i := range m.discs {
		d := &m.discs[i]
		d.x = m.size/2 + scale*(d.x-(left+right)/2)
		d.y = m.size/2 + scale*(d.y-(top+bottom)/2)
		d.r *= scale
	}
}
