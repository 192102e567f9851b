package main

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
)

// metadata repeats FyneApp.toml, because `fyne build` does not read the file in
// the root for a program in cmd/. A test keeps the two equal.
var metadata = fyne.AppMetadata{
	ID:      "app.rentbell.Rentbell",
	Name:    "Rentbell",
	Version: "0.1.0",
	Build:   1,
	Icon:    assets.AppIcon512,
}
