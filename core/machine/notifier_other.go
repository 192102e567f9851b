//go:build !(linux || freebsd || netbsd || openbsd || dragonfly)

package machine

import "context"

// Notifier implements core.Machine: notifications are part of the system. Whether
// the user has switched them off is not told to programs like ours.
func (m *Machine) Notifier(context.Context) error { return nil }
