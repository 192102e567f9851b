package ui

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rentbell/core"
)

// toldClosing remembers, among what the window may forget, that the user knows
// what closing it does.
const toldClosing = "told what closing does"

// makeTray puts up the tray, where the system has the means, and decides what
// closing the window does.
func (u *UI) makeTray() {
	u.readLatest()
	if desk, ok := u.app.(desktop.App); ok {
		u.tray = &tray{desk: desk, system: runtime.GOOS, do: trayActions{
			open: u.Show, show: u.showLatest, attention: u.showAttention, pause: u.pause, resume: u.resume,
			copyAddress: u.copyAddress, quit: u.quit,
			settings: func() { u.showSettings(); u.Show() },
		}}
		u.tray.start(u.window, viewTray(u.status, u.latest, u.now()))
	}
	u.window.SetCloseIntercept(u.closing)
}

// readLatest reads the events that the tray's menu lists.
func (u *UI) readLatest() {
	var err error
	u.latest, err = u.bell.Page(core.FeedActivity, 0, trayLatest)
	u.report("read the latest events", err)
}

// refreshTray brings the tray up to date with the status and what is fresh.
func (u *UI) refreshTray(fresh []core.Event) {
	for _, e := range fresh {
		u.latest = append([]core.Event{e}, u.latest[:min(len(u.latest), trayLatest-1)]...)
	}
	if u.tray != nil {
		u.tray.show(viewTray(u.status, u.latest, u.now()))
	}
}

// showLatest shows one of the events in the tray's menu.
func (u *UI) showLatest(seq uint64) {
	for _, e := range u.latest {
		if e.Seq == seq {
			u.openEvent(e)
		}
	}
	u.Show()
}

func (u *UI) showAttention() {
	u.Open(activitySection)
	u.activity.open(attentionTab)
	u.Show()
}

// closing answers the window's close button. The first time it asks: a system
// may have no tray to see Rentbell in, and the window must not just vanish.
func (u *UI) closing() {
	switch {
	case u.tray == nil, !u.bell.Settings().CloseToTray:
		u.quit()
	case u.app.Preferences().Bool(toldClosing):
		u.Hide()
	default:
		u.askClosing()
	}
}

func (u *UI) askClosing() {
	c := u.window.Canvas()
	if c.Overlays().Top() != nil { // it is being asked already, or something else is
		return
	}
	ask(c, question{
		Title: "Keep listening?",
		Text: "Rentbell can stay beside the clock, so that the bell rings while the window is closed. " +
			"Where you do not see it there, start Rentbell again to bring the window back.",
		Verb: "Keep listening", Other: "Quit Rentbell", OnOther: u.quit,
		Answer: func() {
			u.app.Preferences().SetBool(toldClosing, true)
			u.Hide()
		},
	})
}

// makeNotifier lets rings reach the system.
func (u *UI) makeNotifier() {
	u.notifier = &notifier{post: u.post, system: runtime.GOOS, send: func(n notice) {
		u.app.SendNotification(fyne.NewNotification(n.Title, n.Body))
	}}
}
