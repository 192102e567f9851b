package main

import (
	"errors"
	"os"
	"runtime"

	"fyne.io/fyne/v2/app"

	"rentbell/core"
	"rentbell/ui"
)

// tellFailure says on the desktop why Rentbell could not start: whoever
// double-clicked it does not see stderr. When another Rentbell has the data a
// notification is enough, and this one is promised to end within seconds; any
// other trouble stays on the screen until it is read.
func tellFailure(err error) {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return
	}
	app.SetMetadata(metadata)
	fyneApp := app.NewWithID(metadata.ID)
	if errors.Is(err, core.ErrInUse) {
		ui.NotifyFailure(fyneApp, err)
		return
	}
	ui.ShowFailure(fyneApp, err)
	fyneApp.Run()
}
