// Package kit has the theme and the widgets of which all pages are made. It
// draws and reports presses. It knows nothing of payments, deliveries or
// settings, and starts no goroutine.
//
// A page is made of values and callbacks:
//
//	card := kit.NewCard(kit.VStack(12,
//		kit.NewText("Webhook", kit.Title),
//		kit.NewProse("AppFolio still uses the old address.", kit.Body),
//		kit.NewButton("Register webhook", assets.Bell, register).Primary(),
//	))
//
// Lengths here and in the pages are given for a text size of 100 %. Dp, or a
// layout of this package that calls Dp, scales them, so that everything that
// holds text grows with the text. Text from outside goes through NewText or
// NewProse, which never parse it as markup.
//
// Call everything here from Fyne's main goroutine.
package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Lengths that several widgets or pages share. They are in the units of Dp.
const (
	NavWidth    = 208 // navigation, with its border
	RailWidth   = 80  // navigation in a narrow window
	PaneWidth   = 316 // detail pane, with its border
	PagePad     = 24  // around a page
	PanePad     = 16  // right of a page, while a detail pane is open
	CardPad     = 16
	CardGap     = 12
	CardRadius  = 10
	ControlHigh = 36 // buttons, entries, selects
	RowHigh     = 46 // list row of two lines, with its separator
)

// Dp converts a length that is given for a text size of 100 % to the present
// text size. Under a theme other than Theme it returns the length itself.
func Dp(length float32) float32 {
	scale := theme.Size(SizeScale)
	if scale == 0 {
		return length
	}
	return length * scale
}

// canvasOf returns the canvas that shows an object, or nil.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}

// passOn gives the window a key that the focused widget does not use. Fyne
// calls the window's own handler only while nothing has the focus, but Esc must
// close the pane wherever the focus is.
func passOn(from fyne.CanvasObject, key *fyne.KeyEvent) {
	c := canvasOf(from)
	if c == nil {
		return
	}
	if handle := c.OnTypedKey(); handle != nil {
		handle(key)
	}
}
