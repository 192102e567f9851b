// Package naming has the dialogs in which users say what AppFolio does not: the
// names of leases, tenants, units, properties and vendors, one at a time or many
// from a file, and the rents of leases from a file. Those for files show what the
// file holds before they store any of it.
package naming

import (
	"context"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/ui/chooser"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// Bell stores the names and the rents.
type Bell interface {
	Names() *names.Table
	GiveNames(map[core.NameKey]string) error
	ImportRents(ctx context.Context, rents map[string]core.Cents) (core.Taken, error)
}

// Config is what the dialogs need.
type Config struct {
	Window  fyne.Window
	Post    frame.Poster
	Chooser *chooser.Chooser
	Bell    Bell
	Given   func() // called after names or rents have been stored
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
