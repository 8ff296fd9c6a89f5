package python

// A Random is Python's random.Random (the Mersenne Twister) as far as drawing
// integers goes.
type Random struct {
	state [624]uint32
	at    int
}

// NewRandom is random.seed of an integer.
func NewRandom(seed uint64) *Random {
	key := []uint32{uint32(seed)}
	if high := uint32(seed >> 32); high != 0 {
		key = append(key, high)
	}
	r := &Random{at: 624}
	r.init(key)
	return r
}

// init is init_by_array of the reference implementation.
func (r *Random) init(key []uint32) {
	const n = len(r.state)
	s := &r.state
	s[0] = 19650218
	for i := 1; i < n; i++ {
		s[i] = 1812433253*(s[i-1]^s[i-1]>>30) + uint32(i)
	}
	i := 1
	next := func() {
		if i++; i >= n {
			s[0], i = s[n-1], 1
		}
	}
	for k := range max(n, len(key)) {
		j := k % len(key)
		s[i] = (s[i] ^ (s[i-1]^s[i-1]>>30)*1664525) + key[j] + uint32(j)
		next()
	}
	for range n - 1 {
		s[i] = (s[i] ^ (s[i-1]^s[i-1]>>30)*1566083941) - uint32(i)
		next()
	}
	s[0] = 1 << 31
}

// next is 32 random bits.
func (r *Random) next() uint32 {
	const n, m = len(r.state), 397
	if r.at >= n {
		for i := range n {
			y := r.state[i]&(1<<31) | r.state[(i+1)%n]&(1<<31-1)
			r.state[i] = r.state[(i+m)%n] ^ y>>1 ^ y&1*0x9908b0df
		}
		r.at = 0
	}
	y := r.state[r.at]
	r.at++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

// Below is randrange(n), for n below 2^32.
func (r *Random) Below(n uint64) uint64 {
	width := 0
	for n>>width > 0 {
		width++
	}
	for {
		if v := uint64(r.next() >> (32 - width)); v < n {
			return v
		}
	}
}
