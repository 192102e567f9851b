package ui

import (
	"context"
	"net/url"

	"rentbell/ui/chooser"
	"rentbell/ui/frame"
	"rentbell/ui/welcome"
	"rentbell/ui/words"
)

// startWelcome shows the welcome pages if they are needed. While the keys are
// locked that is not known yet.
func (u *UI) startWelcome() {
	if !u.welcomeUndecided || u.status.KeysLocked() {
		return
	}
	u.welcomeUndecided = false
	if welcome.Needed(u.bell) {
		u.showWelcome()
	}
}

// showWelcome shows the welcome pages in place of the ordinary ones.
func (u *UI) showWelcome() {
	u.welcome = welcome.New(welcome.Config{
		Bell: u.bell, Saver: u.saver, Post: u.post, Now: u.now,
		Copy: u.app.Clipboard().SetContent, OpenPage: u.openPage, OpenFolder: u.openFolder, Explore: u.sample, Finish: u.endWelcome,
		Office: u.office, Host: u.host, Ask: func(q frame.Question) { frame.Ask(u.window.Canvas(), q) },
		ChooseDir: func(from string, chosen func(dir string)) {
			u.chooser.Folder(chooser.Ask{Title: words.Say("Choose a folder"), Dir: from}, chosen)
		},
	})
	u.window.SetContent(u.welcome.Object)
	u.welcome.Focus(u.window.Canvas())
	u.refreshWelcome()
}

// refreshWelcome updates the welcome pages, if they are shown.
func (u *UI) refreshWelcome() {
	if u.welcome != nil {
		u.welcome.Show(u.status)
	}
}

// endWelcome shows the ordinary pages again.
func (u *UI) endWelcome() {
	u.welcome = nil
	u.window.SetContent(u.shell.object)
	u.Open(overviewSection)
}

// openPage opens an address in the browser.
func (u *UI) openPage(address string) {
	page, err := url.Parse(address)
	if err != nil {
		u.report("open a page", err)
		return
	}
	frame.Run(u.post, func(context.Context) error { return u.app.OpenURL(page) }, func(err error) { u.report("open a page", err) })
}
