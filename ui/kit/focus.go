package kit

import "fyne.io/fyne/v2"

// LetGo takes the focus of a canvas from what can no longer be seen: it would go on
// taking keys, and Fyne would go on drawing its cursor.
func LetGo(c fyne.Canvas) {
	if c == nil {
		return
	}
	if focused, ok := c.Focused().(fyne.CanvasObject); ok && !seen(focused) {
		c.Unfocus()
	}
}

// seen reports whether an object and all that it stands in are visible. Fyne tells
// where such an object is, and the origin of all others; nothing that takes the focus
// stands at the origin itself.
func seen(o fyne.CanvasObject) bool {
	return o.Visible() && fyne.CurrentApp().Driver().AbsolutePositionForObject(o) != fyne.Position{}
}

// letGo takes the focus from an object that has just been disabled, and reports
// whether it had it. Fyne gives a disabled entry that keeps it no shortcut but Copy,
// and the window none either.
func letGo(o fyne.Focusable) bool {
	c := canvasOf(o.(fyne.CanvasObject))
	if c == nil || c.Focused() != o {
		return false
	}
	c.Unfocus()
	return true
}

// giveBack gives the focus to what lost it by being disabled, unless something else
// has it by now. Fyne gives none to what is hidden.
func giveBack(o fyne.Focusable) {
	if c := canvasOf(o.(fyne.CanvasObject)); c != nil && c.Focused() == nil {
		c.Focus(o)
	}
}

// DefaultButton is the primary button among what can be seen of containers; nil
// where there is none.
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
