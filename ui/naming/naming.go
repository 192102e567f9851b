// Package naming is the dialog in which a user names one lease, tenant, unit, property
// or vendor, for which AppFolio sends an id alone.
package naming

import (
	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/ui/frame"
)

// Bell stores the names.
type Bell interface {
	Names() *names.Table
	GiveNames(map[core.NameKey]string) error
}

// Config is what the dialog needs.
type Config struct {
	Window fyne.Window
	Post   frame.Poster
	Bell   Bell
	Given  func() // called after a name has been stored
}
