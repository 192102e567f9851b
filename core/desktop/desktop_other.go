//go:build !(linux || freebsd || netbsd || openbsd || dragonfly)

package desktop

import (
	"context"
	"fmt"

	"rentbell/core"
)

// session is nothing here.
type session struct{}

// Notify leaves it to others; see desktop_unix.go.
func (*Desktop) Notify(context.Context, core.Notice) error {
	return fmt.Errorf("%w on D-Bus, which this system does not speak", core.ErrNoNotifier)
}

// Tray is true: it is part of the system.
func (*Desktop) Tray(context.Context) bool { return true }

// Sounds is false: whether notifications sound is the system's own setting.
func (*Desktop) Sounds() bool { return false }

// Close has nothing to close.
func (*Desktop) Close() error { return nil }
