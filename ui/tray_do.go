package ui

import (
	"context"
	"runtime"
	"time"

	"fyne.io/fyne/v2/driver/desktop"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// toldClosing is the preference that says whether the user knows what closing
// the window does.
const toldClosing = "told what closing does"

// makeTray makes the tray if Fyne supports one, and sets what closing the
// window does.
func (u *UI) makeTray(pixels int) {
	u.readLatest()
	if desk, ok := u.app.(desktop.App); ok {
		u.tray = &tray{desk: desk, system: runtime.GOOS, pixels: pixels, do: trayActions{
			open: u.Show, show: u.showLatest, attention: u.showAttention, pause: u.pause, resume: u.resume,
			copyAddress: u.copyAddress, quit: u.quit,
			settings: func() { u.showSettings(); u.Show() },
		}}
		u.tray.start(u.window, viewTray(u.status, u.latest, u.now()))
	}
	u.window.SetCloseIntercept(u.closing)
}

// readLatest reads the events for the tray's menu.
func (u *UI) readLatest() {
	var err error
	u.latest, err = news.Latest(u.bell, trayLatest)
	u.report("read the latest events", err)
}

// refreshTray updates the tray. fresh are the events since the last update,
// oldest first.
func (u *UI) refreshTray(fresh []core.Event) {
	for _, e := range fresh {
		u.latest = news.Add(u.latest, e, trayLatest)
	}
	if u.tray != nil {
		u.tray.show(viewTray(u.status, u.latest, u.now()))
	}
}

// showLatest opens an event of the tray's menu.
func (u *UI) showLatest(seq uint64) {
	for _, e := range u.latest {
		if e.Seq == seq {
			u.feeds.OpenEvent(e)
		}
	}
	u.Show()
}

func (u *UI) showAttention() {
	u.feeds.OpenAttention()
	u.Show()
}

// closing handles the window's close button. It asks the user the first time.
// Without a visible tray the window stays open, because Rentbell could not be
// found any more.
func (u *UI) closing() {
	if u.tray == nil || !u.bell.Settings().CloseToTray {
		u.quit()
		return
	}
	u.findTray(func(shown bool) {
		switch {
		case !shown:
			u.askWithoutTray()
		case u.app.Preferences().Bool(toldClosing):
			u.Hide()
		default:
			u.askClosing()
		}
	})
}

// findTray asks the desktop whether it shows a tray and calls then on the main
// goroutine. Without a Desktop it assumes so.
func (u *UI) findTray(then func(shown bool)) {
	if u.desktop == nil {
		then(true)
		return
	}
	frame.Background(u.post, func(ctx context.Context) (bool, error) { return u.desktop.Tray(ctx), nil },
		func(shown bool, _ error) { then(shown) })
}

// trayGrace is how long StartHidden waits for a tray. At sign-in many programs
// start at once, and the tray may be late.
const trayGrace = 15 * time.Second

// StartHidden keeps the window hidden after a start at sign-in. If there is no
// visible tray, it shows the window.
func (u *UI) StartHidden() {
	if u.tray == nil {
		u.Show()
		return
	}
	u.after(trayGrace, func() {
		u.findTray(func(shown bool) {
			if u.hidden && !shown {
				u.Show()
			}
		})
	})
}

// askWithoutTray asks whether to quit on a desktop without a tray.
func (u *UI) askWithoutTray() {
	c := u.window.Canvas()
	if c.Overlays().Top() != nil {
		return
	}
	frame.Ask(c, frame.Question{
		Title: words.Say("Stop listening?"),
		Text:  words.Say("This desktop has no place beside the clock where Rentbell could stay, so the bell rings only while the window is there. Minimize it to have it out of the way."),
		Verb:  words.Say("Keep the window"), Other: words.Say("Quit Rentbell"), OnOther: u.quit, Answer: func() {},
	})
}

func (u *UI) askClosing() {
	c := u.window.Canvas()
	if c.Overlays().Top() != nil { // this question or another dialog is open
		return
	}
	frame.Ask(c, frame.Question{
		Title: words.Say("Keep listening?"),
		Text:  words.Say("Rentbell can stay beside the clock, so that the bell rings while the window is closed. Where you do not see it there, start Rentbell again to bring the window back."),
		Verb:  words.Say("Keep listening"), Other: words.Say("Quit Rentbell"), OnOther: u.quit,
		Answer: func() {
			u.app.Preferences().SetBool(toldClosing, true)
			u.Hide()
		},
	})
}
