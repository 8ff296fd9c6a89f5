package pipeline

import scaler "github.com/agentscaler/scaler"

// Progress is told how a run goes on. Its methods are called by one goroutine
// at a time, except Step.
type Progress interface {
	Start(stage string, total int) // total 0: not known
	Step(n int)                    // safe for concurrent use
	Stop()
	Done(report scaler.Report, unchanged bool)
}

type silent struct{}

func (silent) Start(string, int)        {}
func (silent) Step(int)                 {}
func (silent) Stop()                    {}
func (silent) Done(scaler.Report, bool) {}
