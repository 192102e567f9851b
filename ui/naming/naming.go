// Package naming is the two dialogs in which people say what leases, tenants, units,
// properties and vendors are called: one thing at a time, or many from a file. It
// shows what a file holds before any of it is kept.
package naming

import (
	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/ui/chooser"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// Bell keeps the names.
type Bell interface {
	Names() *names.Table
	GiveNames(map[core.NameKey]string) error
}

// Config is what the dialogs are opened with.
type Config struct {
	Window  fyne.Window
	Post    frame.Poster
	Chooser *chooser.Chooser
	Bell    Bell
	Given   func() // names have been kept
}

// rowOfKind is a line of a list of names.
func rowOfKind(key core.NameKey, name string) string {
	switch key.Kind {
	case core.NameLease:
		return words.Say("Lease %s: %s", key.ID, name)
	case core.NameTenant:
		return words.Say("Tenant %s: %s", key.ID, name)
	case core.NameProperty:
		return words.Say("Property %s: %s", key.ID, name)
	case core.NameUnit:
		return words.Say("Unit %s: %s", key.ID, name)
	case core.NameVendor:
		return words.Say("Vendor %s: %s", key.ID, name)
	}
	return name
}
