// Package machine tells core about the computer that Rentbell runs on: free
// space on the disk, whether notifications are shown, and which network it is
// connected to.
//
// It changes nothing, starts no service and sends nothing to another computer.
// It keeps no state: each call looks again.
package machine

import "rentbell/core"

// Machine implements core.Machine. Its methods may be called from any
// goroutine.
type Machine struct {
	dir string
}

// New returns a Machine. dir is the data directory.
func New(dir string) *Machine { return &Machine{dir} }

var _ core.Machine = (*Machine)(nil)
