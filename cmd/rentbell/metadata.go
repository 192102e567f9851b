package main

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
)

// version is replaced by what .packaging/version prints when the Makefile builds. The
// linker can only do so where the value is a constant.
var version = "0.1.0"

// metadata repeats FyneApp.toml, because `fyne build` does not read the file in
// the root for a program in cmd/. A test keeps the two equal.
var metadata = fyne.AppMetadata{
	ID:      "app.rentbell.Rentbell",
	Name:    "Rentbell",
	Version: version,
	Build:   1,
	Icon:    assets.AppIcon512,
}
