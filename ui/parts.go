package ui

import (
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/frame"
	"rentbell/ui/imports"
	"rentbell/ui/welcome"
)

// The parts of UI.

// services is what the UI calls. New sets the fields once.
type services struct {
	app     fyne.App
	bell    *bell.Bell
	now     func() time.Time
	log     *slog.Logger
	quit    func()
	post    frame.Poster
	after   func(time.Duration, func()) // calls a function on the main goroutine after a time; nil in tests: never
	sample  func() error                // opens another Rentbell with sample data
	desktop Desktop                     // nil: Fyne shows notifications
	login   Login                       // nil: Rentbell cannot start at sign-in
	office  Office                      // nil: no office can be joined
	host    string                      // the name of this computer
}

// display is what the window shows.
type display struct {
	window  fyne.Window
	shell   *shell
	card    *connectionCard
	welcome *welcome.View // nil unless the welcome pages are shown
	look    core.Look     // look of the present theme

	importing *imports.Dialog // the last import dialog that was opened; nil: none was
}

// visibility is whether the user can see the window, and what depends on that.
type visibility struct {
	hidden           bool // the window is not visible, so nothing is drawn
	unfocused        bool // the user is in another program
	asked            bool // the user has been asked for the passphrase since the start
	welcomeUndecided bool // it is not known yet whether the welcome pages are needed
	counting         bool // countDown has scheduled an update
}

// trayParts is the tray and its data.
type trayParts struct {
	tray   *tray        // nil if the system has no tray
	latest []core.Event // the newest events, for the tray's menu
}

// inView reports whether the user sees what arrives.
func (v visibility) inView() bool { return !v.hidden && !v.unfocused }

// report logs an error that needs no message to the user, because the next
// change tries again. It ignores nil.
func (s services) report(doing string, err error) {
	if err != nil {
		s.log.Error("window: "+doing, "err", err)
	}
}
