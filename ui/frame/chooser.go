package frame

import (
	"fyne.io/fyne/v2"
)

// Chooser is a dialog of Fyne's for files or folders.
type Chooser interface {
	Show()
	Dismiss()
	SetOnClosed(func())
}

// Choose shows a chooser. Esc closes it, and nothing that stands below it.
func Choose(c fyne.Canvas, chooser Chooser) {
	before := c.OnTypedKey()
	c.SetOnTypedKey(func(key *fyne.KeyEvent) {
		if key.Name == fyne.KeyEscape {
			chooser.Dismiss()
		}
	})
	chooser.SetOnClosed(func() { c.SetOnTypedKey(before) })
	chooser.Show()
}
