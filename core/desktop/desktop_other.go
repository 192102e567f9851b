//go:build !(linux || freebsd || netbsd || openbsd || dragonfly || darwin || windows)

package desktop

import (
	"context"
	"errors"
	"fmt"

	"rentbell/core"
)

// session is empty: there is no D-Bus session to keep.
type session struct{}

// Notify always returns core.ErrNoNotifier. Fyne shows the notification then.
func (*Desktop) Notify(context.Context, core.Notice) error {
	return fmt.Errorf("%w on D-Bus, which this system does not speak", core.ErrNoNotifier)
}

// Tray is true: the system always has a tray.
func (*Desktop) Tray(context.Context) bool { return true }

// ShowFile always returns an error: which file managers can select a file is not known.
func (*Desktop) ShowFile(context.Context, string) error { return errors.ErrUnsupported }

// Sounds is false: only the system's own settings turn the sound of a
// notification off.
func (*Desktop) Sounds() bool { return false }

// Close does nothing.
func (*Desktop) Close() error { return nil }
