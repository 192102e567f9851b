package kit

import "fyne.io/fyne/v2"

// UnfocusHidden takes the focus from an object that is no longer visible.
// Otherwise it would go on taking keys, and Fyne would go on drawing its
// cursor. c may be nil.
func UnfocusHidden(c fyne.Canvas) {
	if c == nil {
		return
	}
	if focused, ok := c.Focused().(fyne.CanvasObject); ok && !onScreen(focused) {
		c.Unfocus()
	}
}

// onScreen reports whether an object and all its parents are visible. Fyne has
// no such question; it returns the origin as the position of a hidden object.
// Nothing that takes the focus lies at the origin itself.
func onScreen(o fyne.CanvasObject) bool {
	return o.Visible() && fyne.CurrentApp().Driver().AbsolutePositionForObject(o) != fyne.Position{}
}

// unfocus takes the focus from an object that has just been disabled and
// reports whether it had the focus. A disabled entry that kept it would handle
// no shortcut but Copy, and the window would get none either.
func unfocus(o fyne.Focusable) bool {
	c := canvasOf(o.(fyne.CanvasObject))
	if c == nil || c.Focused() != o {
		return false
	}
	c.Unfocus()
	return true
}

// refocus returns the focus to an object that lost it by being disabled, unless
// another has it by now. Fyne ignores the call for a hidden object.
func refocus(o fyne.Focusable) {
	if c := canvasOf(o.(fyne.CanvasObject)); c != nil && c.Focused() == nil {
		c.Focus(o)
	}
}

// DefaultButton returns the first visible primary button in a tree of
// containers, or nil. It does not look into widgets.
func DefaultButton(in fyne.CanvasObject) *Button {
	if !in.Visible() {
		return nil
	}
	switch o := in.(type) {
	case *Button:
		if o.primary {
			return o
		}
	case *fyne.Container:
		for _, part := range o.Objects {
			if b := DefaultButton(part); b != nil {
				return b
			}
		}
	}
	return nil
}
