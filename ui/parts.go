package ui

import (
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/frame"
	"rentbell/ui/welcome"
)

// The parts that UI is made of.

// means is what the window works with.
type means struct {
	app     fyne.App
	bell    *bell.Bell
	now     func() time.Time
	log     *slog.Logger
	quit    func()
	post    frame.Poster
	after   func(time.Duration, func()) // calls back on the main goroutine; nil: never
	sample  func() error                // opens another Rentbell, with sample data
	desktop Desktop                     // nil: Fyne's notifications
	login   Login                       // nil: nothing starts Rentbell at sign-in
}

// front is what stands on the screen.
type front struct {
	window  fyne.Window
	shell   *shell
	card    *connectionCard
	welcome *welcome.View // nil but for the first run
	look    core.Look     // the theme's
}

// presence is whether anybody can see the window, and what it does about that.
type presence struct {
	hidden    bool // nothing is drawn while the window is not on the screen
	elsewhere bool // the user is in another program
	asked     bool // for the passphrase, since the start
	unsure    bool // nobody knows yet whether this is the first run
	counting  bool // a count-down is under way
}

// corner is what stands beside the clock.
type corner struct {
	tray   *tray        // nil where the system has none
	latest []core.Event // the newest, for the tray
}

// seen reports whether what comes in is before the user's eyes.
func (p presence) seen() bool { return !p.hidden && !p.elsewhere }

// report notes an error that only concerns us: what the user sees stays as it
// was, and the next change tries again.
func (m means) report(doing string, err error) {
	if err != nil {
		m.log.Error("window: "+doing, "err", err)
	}
}
