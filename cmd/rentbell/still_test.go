package main

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rentbell/ui/kit"
)

func TestEntryWithTheFocusIsPaintedOnce(t *testing.T) {
	a := test.NewTempApp(t)
	keepStill(a)
	t.Cleanup(func() { fyne.SetCurrentApp(a) })
	a.Settings().SetTheme(&kit.Theme{Appearance: kit.Dark})
	if _, ours := fyne.CurrentApp().Settings().Theme().(*kit.Theme); !ours {
		t.Error("the theme of the app is not that of its widgets")
	}
	w := a.NewWindow("")
	defer w.Close()
	entry := widget.NewEntry()
	w.SetContent(entry)
	w.Canvas().Focus(entry)
	if fyne.CurrentApp().Settings().ShowAnimations() {
		t.Error("the cursor blinks")
	}
	if theme.Color(theme.ColorNamePrimary) == nil {
		t.Error("nothing has a colour")
	}
}
