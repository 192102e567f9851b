package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// keyAction is a shortcut: a key with Ctrl, or with Cmd on a Mac.
type keyAction struct {
	key    fyne.KeyName
	extra  fyne.KeyModifier
	do     func()
	does   string // description for the list of shortcuts
	page   bool   // opens a page
	always bool   // works while a dialog is open
}

// keys returns the window's shortcuts.
func (u *UI) keys() []keyAction {
	var actions []keyAction
	digits := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6}
	for i, key := range digits {
		actions = append(actions, keyAction{key: key, do: func() { u.Open(section(i)) }, does: words.Say(sectionNames[i]), page: true})
	}
	return append(actions,
		keyAction{key: fyne.KeyComma, do: u.showSettings, does: words.Say(sectionNames[settingsSection]), page: true},
		keyAction{key: fyne.KeyTab, do: func() { u.feeds.NextTab(u.shell.open) }, does: words.Say("The other tab")},
		keyAction{key: fyne.KeyF, do: u.focusSearch, does: words.Say("Search this page")},
		keyAction{key: fyne.KeyZ, do: func() { u.feeds.UndoLast(u.shell.open) }, does: words.Say("Undo under Needs attention")},
		keyAction{key: fyne.KeyP, do: func() { u.feeds.ShowSheet(u.shell.open) }, does: words.Say("Month sheet under Expected")},
		keyAction{key: fyne.KeyE, do: u.showExport, does: words.Say("Export payments")},
		keyAction{key: fyne.KeyC, extra: fyne.KeyModifierShift, do: u.copyAddress, does: words.Say("Copy the address"), always: true},
		keyAction{key: fyne.KeyR, do: u.bell.Reconnect, does: words.Say("Check the connection"), always: true},
		keyAction{key: fyne.KeyP, extra: fyne.KeyModifierShift, do: u.togglePause, does: words.Say("Pause the bell, or resume it"), always: true},
		keyAction{key: fyne.KeyW, do: u.closing, does: words.Say("Close the window"), always: true},
		keyAction{key: fyne.KeyQ, do: func() { u.quit() }, does: words.Say("Quit Rentbell"), always: true},
	)
}

func (u *UI) addKeys() {
	for _, a := range u.keys() {
		u.window.Canvas().AddShortcut(a.shortcut(), func(fyne.Shortcut) {
			if a.always || u.free() {
				a.do()
			}
		})
	}
	u.window.Canvas().SetOnTypedKey(u.typed)
}

// shortcut is what Fyne makes of the keys.
func (a keyAction) shortcut() fyne.Shortcut {
	switch a.key {
	case fyne.KeyZ:
		return &fyne.ShortcutUndo{}
	case fyne.KeyTab:
		return &desktop.CustomShortcut{KeyName: a.key, Modifier: fyne.KeyModifierControl} // Cmd+Tab belongs to macOS
	}
	return &desktop.CustomShortcut{KeyName: a.key, Modifier: fyne.KeyModifierShortcutDefault | a.extra}
}

// free reports whether the pages can be used: no dialog is open, and the
// welcome pages are not shown.
func (u *UI) free() bool { return u.window.Canvas().Overlays().Top() == nil && u.welcome == nil }

// search returns the search entry of the open page, or nil.
func (u *UI) search() *kit.Entry { return u.feeds.Search(u.shell.open) }

// list returns the list of the open page, or nil.
func (u *UI) list() *kit.List { return u.feeds.List(u.shell.open) }

// focusSearch focuses the search entry of the open page, if it has one. It
// selects the text, so that typing replaces it.
func (u *UI) focusSearch() {
	search := u.search()
	if search == nil || search.Disabled() {
		return
	}
	u.window.Canvas().Focus(search)
	search.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// typed handles keys that the focused widget does not use.
func (u *UI) typed(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyF1:
		u.showHelp()
	case fyne.KeyEscape:
		u.escape()
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyReturn, fyne.KeyEnter:
		u.toList(key)
	}
}

// escape closes the pane. If none is open, it clears the search.
func (u *UI) escape() {
	if p := u.shell.page(); p != nil && p.Pane != nil && p.Pane.Open {
		p.Pane.Dismiss()
		return
	}
	if search := u.search(); search != nil && search.Text != "" {
		search.SetText("")
	}
}

// toList gives a key to the list of the open page if nothing or the search has
// the focus.
func (u *UI) toList(key *fyne.KeyEvent) {
	list, canvas := u.list(), u.window.Canvas()
	focused := canvas.Focused()
	if list == nil || focused != nil && focused != fyne.Focusable(u.search()) {
		return
	}
	canvas.Focus(list)
	if enter := key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter; enter && list.Selected() < 0 {
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // select the first result
	}
	list.TypedKey(key)
}
