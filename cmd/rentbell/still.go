package main

import (
	"runtime"

	"fyne.io/fyne/v2"
)

// still is Fyne's app, whose own widgets do not animate: the cursor of an entry
// that blinks has the whole window painted a dozen times a second, for as long
// as the entry has the focus. What Rentbell animates itself, it does.
type still struct{ fyne.App }

// Settings are those of the app, without Fyne's animations.
func (s still) Settings() fyne.Settings { return stillSettings{s.App.Settings()} }

type stillSettings struct{ fyne.Settings }

func (stillSettings) ShowAnimations() bool { return false }

// keepStill stops the animations of Fyne's widgets. Fyne for macOS takes its app
// for one of its own making, so there they stay: a Mac paints by its graphics card.
func keepStill(a fyne.App) {
	if runtime.GOOS != "darwin" {
		fyne.SetCurrentApp(still{a})
	}
}
