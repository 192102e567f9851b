// Package machine tells core about the computer Rentbell runs on: room on the
// disk, whether notifications are shown, and which network it is in.
//
// It looks and changes nothing, starts no service and asks nobody outside this
// computer. What it says is as old as the call.
package machine

import "rentbell/core"

// Machine implements core.Machine. Its methods may be called from any goroutine.
type Machine struct {
	dir string
}

// New returns the Machine with its data in dir.
func New(dir string) *Machine { return &Machine{dir} }

var _ core.Machine = (*Machine)(nil)
