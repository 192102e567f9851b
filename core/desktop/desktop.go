// Package desktop shows notifications that can be pressed, and knows whether
// there is a tray to close a window to. It speaks D-Bus, where that is how it is
// done; it promises that no text is taken for markup, and never calls back for
// what others show.
package desktop

import (
	"image"
	"time"
)

// Desktop is the user's. Its methods may be called from any goroutine.
type Desktop struct {
	icon     image.Image
	patience time.Duration
	session
}

// New returns the Desktop. The icon stands beside each notification.
func New(icon image.Image) *Desktop { return &Desktop{icon: icon, patience: patience} }

// patience bounds every call: services answer within milliseconds.
const patience = 5 * time.Second
