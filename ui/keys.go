package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rentbell/ui/kit"
)

// addKeys sets the window's shortcuts: with Ctrl, or Cmd on a Mac.
func (u *UI) addKeys() {
	add := func(key fyne.KeyName, extra fyne.KeyModifier, do func()) {
		shortcut := &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault | extra}
		u.window.Canvas().AddShortcut(shortcut, func(fyne.Shortcut) { do() })
	}
	digits := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6}
	for i, key := range digits {
		add(key, 0, func() { u.Open(section(i)) })
	}
	add(fyne.KeyComma, 0, u.showSettings)
	add(fyne.KeyE, 0, func() { u.onExport() })
	add(fyne.KeyF, 0, u.focusSearch)
	add(fyne.KeyR, 0, u.bell.Reconnect)
	add(fyne.KeyC, fyne.KeyModifierShift, u.copyAddress)
	u.window.Canvas().SetOnTypedKey(u.typed)
}

// focusSearch puts the cursor into the search of the page in front, if it has one.
func (u *UI) focusSearch() {
	search := map[section]*kit.Entry{
		paymentsSection:   u.payments.search,
		workOrdersSection: u.workOrders.search,
		leasesSection:     u.leases.search,
		tenantsSection:    u.tenants.search,
	}[u.shell.open]
	if search != nil && !search.Disabled() {
		u.window.Canvas().Focus(search)
	}
}

// typed takes the keys no focused widget wants.
func (u *UI) typed(key *fyne.KeyEvent) {
	list := map[section]*kit.List{
		paymentsSection:   u.payments.list,
		workOrdersSection: u.workOrders.list,
		leasesSection:     u.leases.list,
		tenantsSection:    u.tenants.list,
		activitySection:   u.activity.list,
	}[u.shell.open]
	switch key.Name {
	case fyne.KeyEscape:
		if p := u.shell.page(); p != nil && p.pane != nil && p.pane.open {
			p.pane.dismiss()
		}
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
		if list != nil && u.window.Canvas().Focused() == nil {
			u.window.Canvas().Focus(list)
			list.TypedKey(key)
		}
	}
}
