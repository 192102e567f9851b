//go:build !(linux || freebsd || netbsd || openbsd || dragonfly || darwin)

package machine

import "context"

// Notifier always returns nil: notifications are part of the system.
func (m *Machine) Notifier(context.Context) error { return nil }
