package ui

import (
	"rentbell/core"
	"rentbell/ui/naming"
)

// namer returns the configuration of the dialogs for names.
func (u *UI) namer() naming.Config {
	return naming.Config{Window: u.window, Post: u.post, Chooser: u.chooser, Bell: u.bell, Given: u.showNames}
}

func (u *UI) askName(key core.NameKey) { naming.Ask(u.namer(), key) }

func (u *UI) importNames() { naming.Import(u.namer()) }

func (u *UI) importRents() {
	c := u.namer()
	c.Given = func() { u.load(u.shell.open) }
	naming.ImportRents(c)
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
