package ui

import (
	"rentbell/core"
	"rentbell/ui/naming"
)

func (u *UI) askName(key core.NameKey) {
	naming.Ask(naming.Config{Window: u.window, Post: u.post, Bell: u.bell, Given: u.showNames}, key)
}

// showNames redraws everything that shows names, if names have changed.
func (u *UI) showNames() {
	if u.names == u.bell.Names() {
		return
	}
	u.names = u.bell.Names()
	u.readLatest()
	u.refreshTray(nil)
	u.refreshSettings()
	u.load(u.shell.open)
	if !u.hidden {
		u.feeds.RenewPane(u.shell.open)
	}
}
