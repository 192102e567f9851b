package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/kit"
)

// kindWords are what a kind of thing is called where its names are given.
type kindWords struct {
	plural string // as a choice
	verb   string // asks for a name, and heads the dialog
	hint   string // stands in the empty entry
}

func wordsOfKind(kind core.NameKind) kindWords {
	switch kind {
	case core.NameLease:
		return kindWords{say("Leases"), say("Name this lease"), say("Who lives there")}
	case core.NameTenant:
		return kindWords{say("Tenants"), say("Name this tenant"), say("First and last name")}
	case core.NameProperty:
		return kindWords{say("Properties"), say("Name this property"), say("Its name or street")}
	case core.NameUnit:
		return kindWords{say("Units"), say("Name this unit"), say("Its number, as on the door")}
	case core.NameVendor:
		return kindWords{say("Vendors"), say("Name this vendor"), say("The company's name")}
	}
	return kindWords{}
}

// rowOfKind is a line of a list of names.
func rowOfKind(key core.NameKey, name string) string {
	switch key.Kind {
	case core.NameLease:
		return say("Lease %s: %s", key.ID, name)
	case core.NameTenant:
		return say("Tenant %s: %s", key.ID, name)
	case core.NameProperty:
		return say("Property %s: %s", key.ID, name)
	case core.NameUnit:
		return say("Unit %s: %s", key.ID, name)
	case core.NameVendor:
		return say("Vendor %s: %s", key.ID, name)
	}
	return name
}

// nameable offers to name what a fact is about.
func (do paneActions) nameable(f kit.Fact, kind core.NameKind, id string) kit.Fact {
	key := core.NameKey{Kind: kind, ID: id}
	if f.Value == "" || !key.Usable() {
		return f
	}
	f.Verb, f.OnVerb = wordsOfKind(kind).verb, func() { do.name(key) }
	if do.names.Of(key) != (core.Name{}) {
		f.Verb = say("Rename")
	}
	return f
}

// nameDialog asks what to call a thing.
type nameDialog struct {
	ui      *UI
	key     core.NameKey
	box     *dialogBox
	entry   *kit.Entry
	save    *kit.Button
	trouble *kit.Prose
}

func (u *UI) askName(key core.NameKey) {
	d := &nameDialog{ui: u, key: key, trouble: newTrouble()}
	kind, name := wordsOfKind(key.Kind), u.bell.Names().Of(key)
	var entry fyne.CanvasObject
	d.entry, entry = kit.NewEntry(kind.hint, nil)
	d.entry.SetText(name.Given)
	d.entry.CursorColumn = len([]rune(name.Given))
	d.entry.OnSubmitted = func(string) { d.submit() }
	d.save = kit.NewButton(say("Save"), nil, d.submit).Primary()
	cancel := kit.NewButton(say("Cancel"), nil, func() { d.box.close() })
	note := say("The name takes the place of the id in lists, notifications and exports. Leave it empty to go back to what AppFolio sends.")
	d.box = openDialog(u.window.Canvas(), dialogParts{
		Title: kind.verb, Purpose: say("In AppFolio it is %s.", key.ID), Width: 460,
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
	background(d.ui.post, func(context.Context) (struct{}, error) { return struct{}{}, d.ui.bell.GiveNames(names) },
		func(_ struct{}, err error) {
			d.busy(false)
			if err != nil {
				tell(d.trouble, err)
				d.box.update()
				return
			}
			d.box.close()
			d.ui.showNames()
		})
}

func (d *nameDialog) busy(busy bool) {
	setEnabled(d.entry, !busy)
	setEnabled(d.save, !busy)
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
	if u.detailed() {
		u.shown.again()
	}
}
