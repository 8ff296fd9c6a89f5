package filter

import (
	"fmt"

	scaler "github.com/agentscaler/scaler"
)

// A Sieve drops what only shows across rollouts: near-duplicates of earlier
// ones, and passages of benchmarks. The first of a pair is kept, so a Sieve is
// given rollouts in a fixed order, one at a time.
type Sieve struct {
	Similarity float64 // estimated Jaccard similarity from which two are one; 0 means 0.9
	Benchmarks *Corpus // nil means none

	near near
}

// Pass returns the verdict on a rollout after the sieve. What was dropped
// before stays dropped, and nothing is compared with it.
func (s *Sieve) Pass(r scaler.Rollout, v scaler.Verdict) scaler.Verdict {
	if !v.Kept {
		return v
	}
	if place, found := s.Benchmarks.overlap(r); found {
		v.Kept, v.Stage, v.Reason, v.Detail = false, "contamination", BenchmarkOverlap, place
		return v
	}
	if s.near.least = s.Similarity; s.near.least == 0 {
		s.near.least = 0.9
	}
	if twin, found := s.near.add(r); found {
		v.Kept, v.Stage, v.Reason, v.Detail = false, "near_duplicate", NearDuplicate, fmt.Sprintf("nearly the same as rollout %s", twin)
	}
	return v
}
