// Package desktop shows notifications that the user can press, reports whether the
// desktop has a tray, and shows files in the file manager. It uses D-Bus on Linux and the BSDs, and the
// Windows Runtime; macOS is left to Fyne. No text of a notification is taken for
// markup or run, and presses of other programs' notifications are ignored.
package desktop

import (
	"image"
	"time"
)

// Desktop is the desktop that the user is signed in to. Its methods may be
// called from any goroutine.
type Desktop struct {
	icon     image.Image
	patience time.Duration
	session
}

// New returns a Desktop that shows icon beside each notification. It connects
// to nothing before the first call.
func New(icon image.Image) *Desktop { return &Desktop{icon: icon, patience: patience} }

// patience limits every call. Services normally answer within milliseconds.
const patience = 5 * time.Second
