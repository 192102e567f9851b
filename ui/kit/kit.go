// Package kit is Rentbell's set of building blocks: a theme and the widgets all
// pages are made of. It draws and reports what was pressed; it knows nothing of
// payments, deliveries or the bell, and starts no goroutine.
//
// A page is made of values and callbacks:
//
//	card := kit.NewCard(kit.VStack(12,
//		kit.NewText("Webhook", kit.Title),
//		kit.NewProse("AppFolio still uses the old address.", kit.Body),
//		kit.NewButton("Register webhook", assets.Bell, register).Primary(),
//	))
//
// Every length in this package and in the pages is written for a text size of
// 100 % and goes through Dp, or through a layout of this package that calls it,
// so that larger text makes everything that holds text larger. Text from
// outside goes through NewText and NewProse: they show it as it is and never
// parse it.
//
// All of it belongs to Fyne's main goroutine.
package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Lengths that more than one widget or page needs, before Dp.
const (
	NavWidth    = 208 // the navigation, its border included
	RailWidth   = 80  // the navigation in a narrow window
	PaneWidth   = 316 // the detail pane, its border included
	PagePad     = 24  // around a page
	PanePad     = 16  // a page's right side beside a detail pane
	CardPad     = 16
	CardGap     = 12
	CardRadius  = 10
	ControlHigh = 36 // buttons, entries, selects
	RowHigh     = 46 // a list's row of two lines, its separator included
)

// Dp is a length at the present text size. Under a theme that is not ours it
// is the length itself.
func Dp(length float32) float32 {
	scale := theme.Size(SizeScale)
	if scale == 0 {
		return length
	}
	return length * scale
}

// canvasOf is the canvas an object is shown on; nil when on none.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}

// passOn hands a key a focused widget has no use for to the window, whose own
// handler Fyne asks only while nothing is focused: Esc must close the pane
// wherever the focus is.
func passOn(from fyne.CanvasObject, key *fyne.KeyEvent) {
	c := canvasOf(from)
	if c == nil {
		return
	}
	if handle := c.OnTypedKey(); handle != nil {
		handle(key)
	}
}
