//go:build !(linux || freebsd || netbsd || openbsd || dragonfly)

package machine

import "context"

// Notifier has nothing to look for: showing notifications is part of the system.
func (m *Machine) Notifier(context.Context) error { return nil }
