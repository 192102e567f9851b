package frame

import (
	"fyne.io/fyne/v2"

	"rentbell/ui/kit"
)

// SetVisible hides or shows an object where that is a change: Fyne would draw it
// anew even if it is none. The focus does not stay in what is hidden.
func SetVisible(o fyne.CanvasObject, visible bool) {
	switch {
	case visible == o.Visible():
	case visible:
		o.Show()
	default:
		o.Hide()
		kit.UnfocusHidden(fyne.CurrentApp().Driver().CanvasForObject(o))
	}
}

// SetEnabled enables or disables a control where that is a change.
func SetEnabled(d fyne.Disableable, enabled bool) {
	switch {
	case enabled == !d.Disabled():
	case enabled:
		d.Enable()
	default:
		d.Disable()
	}
}
