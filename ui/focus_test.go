package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestTheFocusDoesNotStayOnAnotherPage(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	for s := paymentsSection; s < activitySection; s++ {
		d.Open(s)
		d.shortcut(fyne.KeyF, 0)
		if d.window.Canvas().Focused() != fyne.Focusable(d.feeds.Search(s)) {
			t.Fatalf("on page %d the search does not get the focus", s)
		}
		d.shortcut(fyne.Key1, 0)
		if focused := d.window.Canvas().Focused(); focused != nil {
			t.Errorf("the focus stays on %T of the page %d, which is hidden", focused, s)
		}
	}
	d.Open(paymentsSection)
	d.wantShown(t, "42 payments, $58,310.00")
}

func TestTheFocusDoesNotStayInAClosedPane(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	uitest.TapText(t, d.window, "Dana Whitfield")
	d.window.Canvas().Focus(uitest.ButtonIn(t, d.window.Content(), "Show lease"))
	d.press(fyne.KeyEscape)
	if focused := d.window.Canvas().Focused(); focused != nil {
		t.Errorf("the focus stays on %T", focused)
	}
}

func TestTheFocusDoesNotStayUnderAPane(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, fyne.NewSize(900, 600))
	d.Open(paymentsSection)
	d.shortcut(fyne.KeyF, 0)
	test.Type(d.search(), "dana")
	d.press(fyne.KeyDown)
	d.press(fyne.KeyReturn)
	d.wantShown(t, "This lease so far")
	if focused := d.window.Canvas().Focused(); focused != nil {
		t.Errorf("the focus stays on %T, which the pane covers", focused)
	}
	d.press(fyne.KeyEscape)
	d.wantGone(t, "This lease so far")
}

// TestShortcutsWorkWhileAFieldIsSaved covers Fyne's driver: if a disabled entry
// has the focus, the driver gives it no shortcut but Copy, and the window none.
func TestShortcutsWorkWhileAFieldIsSaved(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	entry, object := kit.NewEntry("", nil)
	beside, second := kit.NewSelect([]string{"one", "two"}, nil)
	button := kit.NewButton("Save", nil, nil)
	frame.OpenDialog(d.window.Canvas(), frame.DialogParts{Title: "Save", Body: kit.VStack(8, object, second), Footer: button})
	for _, control := range []interface {
		fyne.Focusable
		fyne.Disableable
	}{entry, beside, button} {
		d.window.Canvas().Focus(control)
		control.Disable()
		if focused := d.window.Canvas().Focused(); focused != nil {
			t.Errorf("disabled, %T keeps the focus", focused)
		}
		d.window.Canvas().Focus(control)
		if focused := d.window.Canvas().Focused(); focused != nil {
			t.Errorf("disabled, %T gets the focus by a press", focused)
		}
	}
	entry.Enable()
	if d.window.Canvas().Focused() != fyne.Focusable(entry) {
		t.Error("after saving, the cursor is not where it was")
	}
	type selectable interface { // what Fyne's driver checks
		fyne.Disableable
		SelectedText() string
	}
	if _, drops := any(entry).(selectable); drops {
		t.Error("Fyne drops the shortcuts of a disabled entry")
	}
}

func TestEnterPressesThePrimaryButtonOfADialog(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	answered := 0
	frame.Ask(d.window.Canvas(), frame.Question{Title: "Sure?", Verb: "Do it", Answer: func() { answered++ }})
	d.press(fyne.KeyReturn)
	if answered != 1 || d.window.Canvas().Overlays().Top() != nil {
		t.Errorf("Enter answered %d times", answered)
	}
	d.askName(core.NameKey{Kind: core.NameLease, ID: "20931"})
	test.Type(d.window.Canvas().Focused(), "Ana Ruiz")
	d.press(fyne.KeyReturn)
	d.Open(paymentsSection)
	d.wantShown(t, "Ana Ruiz")
	d.showHelp()
	d.press(fyne.KeyEnter)
	if d.window.Canvas().Overlays().Top() != nil {
		t.Error("Enter does not close the list of shortcuts")
	}
}
