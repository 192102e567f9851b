package ui

import (
	"context"

	"rentbell/core"
)

// Desktop is the user's desktop environment. Notify, Tray and ShowFile ask other
// programs and may block, so the UI calls them in the background.
type Desktop interface {
	// Notify shows a notification. It returns core.ErrNoNotifier if the desktop
	// shows none.
	Notify(context.Context, core.Notice) error
	// Tray reports whether the desktop shows tray icons.
	Tray(context.Context) bool
	// Sounds reports whether notifications can be silent.
	Sounds() bool
	// ShowFile shows a file in the file manager, selected in its folder. After an
	// error nothing is shown.
	ShowFile(ctx context.Context, path string) error
}

// lostFocus records that the user has turned to another program.
func (u *UI) lostFocus() {
	u.unfocused = true
	u.feeds.ShowMissed(0)
}

// gotFocus records that the user has turned to the window.
func (u *UI) gotFocus() {
	u.unfocused = false
	u.markSeen()
}

// markSeen shows how much arrived while the user was away and marks it as seen,
// if the user is looking.
func (u *UI) markSeen() {
	if !u.inView() {
		return
	}
	u.bell.See()
	if u.status.Unread > 0 {
		u.feeds.ShowMissed(u.status.Unread)
		u.status.Unread = 0
		u.refreshTray(nil)
	}
}
