package sandbox

import "github.com/agentscaler/scaler"

// Spec returns the world as it was opened. It is shared: read it only.
func (w *World) Spec() *scaler.World { return w.spec }
