//go:build unix

package spec_test

import (
	"os/exec"
	"syscall"
)

// npx starts the server as a child of its own, so both are ended by their group.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func endGroup(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
