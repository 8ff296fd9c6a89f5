package community

// Louvain returns a community for each node, numbered by first node. A higher
// resolution gives smaller communities; 1 is plain modularity. Nodes are
// visited in their order and ties go to the community that a node is in, or
// else to the lowest number, so the same network gives the same communities.
func Louvain(net *Network, resolution float64) []int32 {
	of := make([]int32, net.Len())
	for i := range of {
		of[i] = int32(i)
	}
	for level := net; ; {
		moved, n := move(level, resolution)
		if n == level.Len() {
			break
		}
		for i := range of {
			of[i] = moved[of[i]]
		}
		level = level.merge(moved, n)
	}
	return net.Components(of)
}

// move lets each node join the neighbouring community where it adds most to
// modularity, until none wants to. It returns the communities and their number.
func move(net *Network, resolution float64) ([]int32, int) {
	n := net.Len()
	of := make([]int32, n)
	total := make([]float64, n) // degree of each community
	queue := make([]int32, n)
	queued := make([]bool, n)
	for i := range of {
		of[i], queue[i], queued[i] = int32(i), int32(i), true
		total[i] = net.degree[i]
	}
	m := &mover{net: net, of: of, total: total, resolution: resolution, toward: make([]float64, n)}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		queued[i] = false
		to, ok := m.best(i)
		if !ok {
			continue
		}
		total[of[i]] -= net.degree[i]
		total[to] += net.degree[i]
		of[i] = to
		next, _ := net.Neighbours(i)
		for _, j := range next {
			if !queued[j] && of[j] != to {
				queued[j] = true
				queue = append(queue, j)
			}
		}
	}
	return renumber(of)
}

type mover struct {
	net        *Network
	of         []int32
	total      []float64
	resolution float64
	toward     []float64 // scratch: weight from the node to each community
	touched    []int32
}

// better is the least gain, in degrees, worth a move; it also ends the moving.
const better = 1e-9

// best returns the community that node i should move to, if any.
func (m *mover) best(i int32) (int32, bool) {
	to, weight := m.net.Neighbours(i)
	m.touched = m.touched[:0]
	for k, j := range to {
		c := m.of[j]
		if m.toward[c] == 0 {
			m.touched = append(m.touched, c)
		}
		m.toward[c] += float64(weight[k])
	}
	own := m.of[i]
	pull := float64(m.resolution * m.net.degree[i] / max(m.net.total, 1e-300))
	stay := m.toward[own] - float64(pull*(m.total[own]-m.net.degree[i]))
	at, top := own, stay
	for _, c := range m.touched {
		if c == own {
			continue
		}
		gain := m.toward[c] - float64(pull*m.total[c])
		if gain > top+better || gain > top-better && at != own && c < at {
			at, top = c, max(top, gain)
		}
	}
	for _, c := range m.touched {
		m.toward[c] = 0
	}
	return at, at != own
}

// renumber counts communities by first node.
func renumber(of []int32) ([]int32, int) {
	number := make([]int32, len(of))
	for i := range number {
		number[i] = -1
	}
	next := int32(0)
	for i, c := range of {
		if number[c] < 0 {
			number[c] = next
			next++
		}
		of[i] = number[c]
	}
	return of, int(next)
}

// merge returns the network whose nodes are the n communities.
func (net *Network) merge(of []int32, n int) *Network {
	members := make([][]int32, n)
	for i, c := range of {
		members[c] = append(members[c], int32(i))
	}
	out := &Network{start: make([]int64, n+1), loop: make([]float64, n)}
	toward := make([]float64, n)
	var touched []int32
	for c, nodes := range members {
		touched = touched[:0]
		for _, i := range nodes {
			out.loop[c] += net.loop[i]
			to, weight := net.Neighbours(i)
			for k, j := range to {
				d := of[j]
				if int(d) == c {
					out.loop[c] += float64(weight[k]) / 2
					continue
				}
				if toward[d] == 0 {
					touched = append(touched, d)
				}
				toward[d] += float64(weight[k])
			}
		}
		for _, d := range touched {
			out.to = append(out.to, d)
			out.weight = append(out.weight, float32(toward[d]))
			toward[d] = 0
		}
		out.start[c+1] = int64(len(out.to))
	}
	out.weigh()
	return out
}
