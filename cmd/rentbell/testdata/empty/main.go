// Command empty shows a window with nothing in it: the floor that Rentbell's
// window is measured by. Closed, it is hidden, as Rentbell's is.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	a := app.NewWithID("rentbell.empty")
	w := a.NewWindow("Empty")
	w.SetContent(widget.NewLabel("Nothing"))
	w.Resize(fyne.NewSize(1180, 760))
	w.SetCloseIntercept(w.Hide)
	w.ShowAndRun()
}
