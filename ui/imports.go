package ui

import (
	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/imports"
)

// importTable opens the import dialog for a table that is likely to hold a kind of
// things; empty: of any kind.
func (u *UI) importTable(likely core.TableKind) {
	account := u.bell.Account()
	u.importing = imports.Open(imports.Config{
		Delivered: account.Kind != core.KindDeveloperSpace && account.Kind.Delivered() && account.Complete(),
		Window:    u.window, Post: u.post, Chooser: u.chooser, Bell: u.bell, Pasted: u.app.Clipboard().Content, Given: u.showImported,
		Report: u.report,
	}, likely)
}

// dropped imports a file that the user drops on the window. A dialog for anything else
// stays as it is.
func (u *UI) dropped(_ fyne.Position, files []fyne.URI) {
	if len(files) == 0 || files[0].Scheme() != "file" {
		return
	}
	if u.free() {
		u.importTable("")
	}
	if u.importing != nil && u.importing.InFront() {
		u.importing.Take(files[0].Path())
	}
}

// showImported redraws what an import may have changed.
func (u *UI) showImported() {
	u.showNames()
	u.refreshSettings()
	u.renew()
}
