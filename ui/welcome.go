package ui

import (
	"context"
	"net/url"

	"rentbell/ui/frame"
	"rentbell/ui/welcome"
)

// startWelcome begins the first run where one is needed. While the keys are locked
// nobody knows that.
func (u *UI) startWelcome() {
	if !u.unsure || u.status.KeysLocked() {
		return
	}
	u.unsure = false
	if welcome.Needed(u.bell) {
		u.showWelcome()
	}
}

// showWelcome puts the first run in place of the pages.
func (u *UI) showWelcome() {
	u.welcome = welcome.New(welcome.Config{
		Bell: u.bell, Saver: u.saver, Post: u.post, Now: u.now,
		Copy: u.app.Clipboard().SetContent, OpenPage: u.openPage, Explore: u.sample, Finish: u.endWelcome,
	})
	u.window.SetContent(u.welcome.Object)
	u.welcome.Focus(u.window.Canvas())
	u.refreshWelcome()
}

// refreshWelcome shows how things stand, while the first run is on.
func (u *UI) refreshWelcome() {
	if u.welcome != nil {
		u.welcome.Show(u.status)
	}
}

// endWelcome brings the pages back for good.
func (u *UI) endWelcome() {
	u.welcome = nil
	u.window.SetContent(u.shell.object)
	u.Open(overviewSection)
}

// openPage shows a page of ours or ngrok's in the browser.
func (u *UI) openPage(address string) {
	page, err := url.Parse(address)
	if err != nil {
		u.report("open a page", err)
		return
	}
	frame.Run(u.post, func(context.Context) error { return u.app.OpenURL(page) }, func(err error) { u.report("open a page", err) })
}
