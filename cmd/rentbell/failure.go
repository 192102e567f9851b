package main

import (
	"os"
	"runtime"

	"fyne.io/fyne/v2/app"

	"rentbell/ui"
)

// tellFailure shows a small window that says why Rentbell could not start:
// whoever double-clicked it does not see stderr.
func tellFailure(err error) {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return
	}
	app.SetMetadata(metadata)
	fyneApp := app.NewWithID(metadata.ID)
	ui.ShowFailure(fyneApp, err)
	fyneApp.Run()
}
