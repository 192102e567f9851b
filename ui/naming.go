package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// rowOfKind is a line of a list of names.
func rowOfKind(key core.NameKey, name string) string {
	switch key.Kind {
	case core.NameLease:
		return words.Say("Lease %s: %s", key.ID, name)
	case core.NameTenant:
		return words.Say("Tenant %s: %s", key.ID, name)
	case core.NameProperty:
		return words.Say("Property %s: %s", key.ID, name)
	case core.NameUnit:
		return words.Say("Unit %s: %s", key.ID, name)
	case core.NameVendor:
		return words.Say("Vendor %s: %s", key.ID, name)
	}
	return name
}

// nameDialog asks what to call a thing.
type nameDialog struct {
	ui      *UI
	key     core.NameKey
	box     *frame.Dialog
	entry   *kit.Entry
	save    *kit.Button
	trouble *kit.Prose
}

func (u *UI) askName(key core.NameKey) {
	d := &nameDialog{ui: u, key: key, trouble: frame.NewTrouble()}
	kind, name := words.OfKind(key.Kind), u.bell.Names().Of(key)
	var entry fyne.CanvasObject
	d.entry, entry = kit.NewEntry(kind.Hint, nil)
	d.entry.SetText(name.Given)
	d.entry.CursorColumn = len([]rune(name.Given))
	d.entry.OnSubmitted = func(string) { d.submit() }
	d.save = kit.NewButton(words.Say("Save"), nil, d.submit).Primary()
	cancel := kit.NewButton(words.Say("Cancel"), nil, func() { d.box.Close() })
	note := words.Say("The name takes the place of the id in lists, notifications and exports. Leave it empty to go back to what AppFolio sends.")
	d.box = frame.OpenDialog(u.window.Canvas(), frame.DialogParts{
		Title: kind.Verb, Purpose: words.Say("In AppFolio it is %s.", key.ID), Width: 460,
		Body:   kit.VStack(10, entry, kit.NewProse(note, kit.Caption), d.trouble),
		Footer: kit.Spread(8, kit.HStack(0), cancel, d.save),
	})
	u.window.Canvas().Focus(d.entry)
}

func (d *nameDialog) submit() {
	if d.save.Disabled() {
		return
	}
	d.busy(true)
	names := map[core.NameKey]string{d.key: d.entry.Text}
	frame.Run(d.ui.post, func(context.Context) error { return d.ui.bell.GiveNames(names) },
		func(err error) {
			d.busy(false)
			if err != nil {
				frame.Tell(d.trouble, err)
				d.box.Update()
				return
			}
			d.box.Close()
			d.ui.showNames()
		})
}

func (d *nameDialog) busy(busy bool) {
	frame.SetEnabled(d.entry, !busy)
	frame.SetEnabled(d.save, !busy)
}

// showNames draws anew what bears names, once these have changed.
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
