package main

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
)

// metadata is what FyneApp.toml says. It stands here again because `fyne build`
// does not look in the root for a program in cmd/; a test keeps the two equal.
var metadata = fyne.AppMetadata{
	ID:      "app.rentbell.Rentbell",
	Name:    "Rentbell",
	Version: "0.1.0",
	Build:   1,
	Icon:    assets.AppIcon512,
}
