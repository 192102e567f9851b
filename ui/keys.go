package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rentbell/ui/kit"
)

// keyAction is what Ctrl and a key do, or Cmd and the key on a Mac.
type keyAction struct {
	key   fyne.KeyName
	extra fyne.KeyModifier
	do    func()
}

// keys are the window's shortcuts.
func (u *UI) keys() []keyAction {
	actions := []keyAction{
		{fyne.KeyComma, 0, u.showSettings},
		{fyne.KeyE, 0, func() { u.onExport() }},
		{fyne.KeyF, 0, u.focusSearch},
		{fyne.KeyR, 0, u.bell.Reconnect},
		{fyne.KeyC, fyne.KeyModifierShift, u.copyAddress},
		{fyne.KeyP, fyne.KeyModifierShift, u.togglePause},
		{fyne.KeyW, 0, u.closing},
		{fyne.KeyQ, 0, func() { u.quit() }},
	}
	digits := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6}
	for i, key := range digits {
		actions = append(actions, keyAction{key, 0, func() { u.Open(section(i)) }})
	}
	return actions
}

func (u *UI) addKeys() {
	for _, a := range u.keys() {
		shortcut := &desktop.CustomShortcut{KeyName: a.key, Modifier: fyne.KeyModifierShortcutDefault | a.extra}
		u.window.Canvas().AddShortcut(shortcut, func(fyne.Shortcut) { a.do() })
	}
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
