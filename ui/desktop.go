package ui

import (
	"context"

	"rentbell/core"
)

// Desktop is the user's, as far as it can be spoken to. Notify and Tray ask
// other programs and may take their time.
type Desktop interface {
	// Notify shows a notice. core.ErrNoNotifier when it cannot.
	Notify(context.Context, core.Notice) error
	// Tray reports whether somebody shows what is in the tray.
	Tray(context.Context) bool
	// Sounds reports whether a notice can be asked to be silent.
	Sounds() bool
}

// leave notes that the window is no longer before the user's eyes.
func (u *UI) leave() {
	u.elsewhere = true
	u.feeds.ShowMissed(0)
}

// comeBack notes that it is again.
func (u *UI) comeBack() {
	u.elsewhere = false
	u.settle()
}

// settle tells what came while the user was away, and counts it as seen.
func (u *UI) settle() {
	if !u.seen() {
		return
	}
	u.bell.See()
	if u.status.Unread > 0 {
		u.feeds.ShowMissed(u.status.Unread)
		u.status.Unread = 0
		u.refreshTray(nil)
	}
}
