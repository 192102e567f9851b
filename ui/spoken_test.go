package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestScreenReadersHaveWordsForEverythingThatTakesTheFocus(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, windowSize)
	for s := range sections {
		d.Open(section(s))
		found := 0
		uitest.Walk(d.window.Content(), func(o fyne.CanvasObject) {
			if _, focusable := o.(fyne.Focusable); !focusable || !o.Visible() {
				return
			}
			found++
			spoken, ok := o.(fyne.Accessible)
			_, list := o.(*kit.List) // its label is the selected row, and there is none yet
			if !ok || spoken.AccessibilityLabel() == "" && !list {
				t.Errorf("page %d: nothing is said of a %T", s, o)
			}
		})
		if found < 8 {
			t.Errorf("page %d: only %d things take the focus", s, found)
		}
	}
}
