// Package naming has the two dialogs in which users name leases, tenants,
// units, properties and vendors: one at a time, or many from a file. The second
// shows what the file holds before it stores any name.
package naming

import (
	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/ui/chooser"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// Bell stores the names.
type Bell interface {
	Names() *names.Table
	GiveNames(map[core.NameKey]string) error
}

// Config is what the dialogs need.
type Config struct {
	Window  fyne.Window
	Post    frame.Poster
	Chooser *chooser.Chooser
	Bell    Bell
	Given   func() // called after names have been stored
}

// rowOfKind returns a name with its kind and id: "Lease 20931: Dana".
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
