package readback

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

// The kinds under which the store keeps what was read.
const (
	storedOrder    = "workorder"
	storedLease    = "lease"
	storedTenant   = "tenant"
	storedProperty = "property"
	storedUnit     = "unit"
	storedVendor   = "vendor"
	storedReceipt  = "receipt"
	storedEnded    = "lease-end" // the end of a lease that was told, or that is too old to be news
	storedTenancy  = "tenancy"   // a row of a rent roll
	storedPlace    = "place"     // the lease that a place stands for
)

// book is the portfolio as last read. It is in memory because every comparison
// and every name looks things up in it. It mirrors the store; a session drops it
// when the two may differ.
type book struct {
	orders     map[string]records.WorkOrder
	leases     map[string]records.Lease
	tenants    map[string]records.Tenant
	properties map[string]records.Property
	units      map[string]records.Unit
	vendors    map[string]records.Vendor
	ended      map[string]core.Date

	strangers map[string]bool // ids that AppFolio was asked for and did not know
}

// openBook reads the book from the store.
func openBook(ctx context.Context, d Known) (*book, error) {
	b := &book{strangers: map[string]bool{}}
	err := errors.Join(
		fill(ctx, d, storedOrder, &b.orders),
		fill(ctx, d, storedLease, &b.leases),
		fill(ctx, d, storedTenant, &b.tenants),
		fill(ctx, d, storedProperty, &b.properties),
		fill(ctx, d, storedUnit, &b.units),
		fill(ctx, d, storedVendor, &b.vendors),
		fill(ctx, d, storedEnded, &b.ended),
	)
	if err != nil {
		return nil, err
	}
	return b, nil
}

// Known is what was read before: a core.Desk's part, or a store's.
type Known interface {
	// EachRecord calls fn for every known thing of a kind. See core.Backlog.
	EachRecord(ctx context.Context, kind string, fn func(id string, value []byte) error) error
}

// fill reads what the store keeps of a kind, by id.
func fill[T any](ctx context.Context, d Known, stored string, to *map[string]T) error {
	*to = map[string]T{}
	return d.EachRecord(ctx, stored, func(id string, value []byte) error {
		var v T
		if err := json.Unmarshal(value, &v); err != nil {
			return fmt.Errorf("read what is known of a %s: %w", stored, err)
		}
		(*to)[id] = v
		return nil
	})
}

// place returns the names of where a thing is. Each id may be empty.
func (b *book) place(propertyID, unitID, occupancyID string) core.Place {
	if propertyID == "" {
		propertyID = b.units[unitID].PropertyID
	}
	return core.Place{Tenant: b.people(occupancyID), Property: called(b.properties[propertyID]), Unit: b.units[unitID].Name}
}

// called is a property's name, or its address: many a house has no other name.
func called(p records.Property) string { return cmp.Or(p.Name, p.Address) }

// occupants returns the tenants of an occupancy, those who hold the lease first.
func (b *book) occupants(occupancyID string) []records.Tenant {
	if occupancyID == "" {
		return nil
	}
	var all []records.Tenant
	for _, t := range b.tenants {
		if t.OccupancyID == occupancyID {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(x, y records.Tenant) int {
		if x.Primary != y.Primary {
			if x.Primary {
				return -1
			}
			return 1
		}
		return strings.Compare(x.ID, y.ID)
	})
	return all
}

func (b *book) people(occupancyID string) string {
	var names []string
	for _, t := range b.occupants(occupancyID) {
		if name := fullName(t); name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, " & ")
}

func fullName(t records.Tenant) string { return strings.TrimSpace(t.FirstName + " " + t.LastName) }

// vendor is a vendor's name, or the id when the name is not known.
func (b *book) vendor(id string) string {
	if name := b.vendors[id].Name; name != "" {
		return name
	}
	return id
}

// home finds where an occupancy is: by its tenants, else by the unit that names
// the occupancy.
func (b *book) home(occupancyID string) (propertyID, unitID string) {
	for _, t := range b.occupants(occupancyID) {
		if t.UnitID != "" {
			return t.PropertyID, t.UnitID
		}
	}
	if occupancyID != "" {
		for _, id := range slices.Sorted(maps.Keys(b.units)) {
			if u := b.units[id]; u.OccupancyID == occupancyID {
				return u.PropertyID, u.ID
			}
		}
	}
	return "", ""
}

// payer is who paid, as people say it: "Dana Whitfield" for AppFolio's "Whitfield,
// Dana" when there is such a tenant. Any other name stays as it is, because many a
// company's has a comma.
func (b *book) payer(name string) string {
	last, first, found := strings.Cut(name, ",")
	if !found {
		return name
	}
	for _, t := range b.tenants {
		if t.FirstName != "" && t.LastName != "" && sameText(t.LastName, last) && sameText(t.FirstName, first) {
			return strings.TrimSpace(first) + " " + strings.TrimSpace(last)
		}
	}
	return name
}

// leaseOf finds the lease that a receipt was paid for. A receipt has names and no
// ids, so it is the lease of the tenant of the unit who has the payer's name, else
// the lease of those who live there now.
func (b *book) leaseOf(r records.Receipt) (id string, found bool) {
	payer := b.payer(r.Payer)
	for _, unitID := range b.unitsNamed(r.Property, r.Unit) {
		occupancy := b.units[unitID].OccupancyID
		for _, id := range slices.Sorted(maps.Keys(b.tenants)) {
			if t := b.tenants[id]; t.UnitID == unitID && sameText(fullName(t), payer) {
				occupancy = t.OccupancyID
			}
		}
		if id, found = b.latestLease(occupancy); found {
			return id, true
		}
	}
	return "", false
}

func (b *book) unitsNamed(property, unit string) (ids []string) {
	for id, u := range b.units {
		if sameText(called(b.properties[u.PropertyID]), property) && sameText(u.Name, unit) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// latestLease is the lease of an occupancy that begins last.
func (b *book) latestLease(occupancyID string) (id string, found bool) {
	if occupancyID == "" {
		return "", false
	}
	var latest records.Lease
	for _, l := range b.leases {
		if l.OccupancyID != occupancyID {
			continue
		}
		if !found || latest.Start.Before(l.Start) || latest.Start == l.Start && l.ID < latest.ID {
			latest, found = l, true
		}
	}
	return latest.ID, found
}

func sameText(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
