package frame

import (
	"fyne.io/fyne/v2"

	"rentbell/ui/kit"
)

// SetVisible shows or hides an object. It does nothing if nothing changes,
// because Fyne would redraw the object even so. It takes the focus from what it
// hides.
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

// SetEnabled enables or disables a control. It does nothing if nothing changes.
func SetEnabled(d fyne.Disableable, enabled bool) {
	switch {
	case enabled == !d.Disabled():
	case enabled:
		d.Enable()
	default:
		d.Disable()
	}
}
