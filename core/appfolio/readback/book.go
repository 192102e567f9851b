package readback

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

// The kinds of records in the store.
const (
	recordOrder    = "workorder"
	recordLease    = "lease"
	recordTenant   = "tenant"
	recordProperty = "property"
	recordUnit     = "unit"
	recordVendor   = "vendor"
	recordReceipt  = "receipt"
	recordEnded    = "lease-end" // the end of a lease that has been told, or is none of our news
)

// book is the portfolio as last read, in memory: comparing and naming look things
// up all the time. It follows the store, and is thrown away when it may not.
type book struct {
	orders     map[string]records.WorkOrder
	leases     map[string]records.Lease
	tenants    map[string]records.Tenant
	properties map[string]records.Property
	units      map[string]records.Unit
	vendors    map[string]records.Vendor
	ended      map[string]core.Date

	strangers map[string]bool // ids that AppFolio was asked for and does not know
}

// openBook reads the store.
func openBook(ctx context.Context, d core.Desk) (*book, error) {
	b := &book{strangers: map[string]bool{}}
	var errs [7]error
	b.orders, errs[0] = known[records.WorkOrder](ctx, d, recordOrder)
	b.leases, errs[1] = known[records.Lease](ctx, d, recordLease)
	b.tenants, errs[2] = known[records.Tenant](ctx, d, recordTenant)
	b.properties, errs[3] = known[records.Property](ctx, d, recordProperty)
	b.units, errs[4] = known[records.Unit](ctx, d, recordUnit)
	b.vendors, errs[5] = known[records.Vendor](ctx, d, recordVendor)
	b.ended, errs[6] = known[core.Date](ctx, d, recordEnded)
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return b, nil
}

// known are the things of a kind.
func known[T any](ctx context.Context, d core.Desk, kind string) (map[string]T, error) {
	all := map[string]T{}
	err := d.EachRecord(ctx, kind, func(id string, value []byte) error {
		var v T
		if err := json.Unmarshal(value, &v); err != nil {
			return fmt.Errorf("read what is known of a %s: %w", kind, err)
		}
		all[id] = v
		return nil
	})
	return all, err
}

// place names where a thing is. Ids may be empty.
func (b *book) place(propertyID, unitID, occupancyID string) core.Place {
	if propertyID == "" {
		propertyID = b.units[unitID].PropertyID
	}
	return core.Place{Tenant: b.people(occupancyID), Property: b.properties[propertyID].Name, Unit: b.units[unitID].Name}
}

// occupants are those of an occupancy, those who hold the lease first.
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

// vendor is a vendor's name, or its id where that is not known.
func (b *book) vendor(id string) string {
	if name := b.vendors[id].Name; name != "" {
		return name
	}
	return id
}

// home says where an occupancy is: with its people, or in the unit they live in.
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

// leaseOf is the lease that a receipt was paid for: that of the payer who lives
// in the unit, else that of those who live there now. A receipt names places and
// people only.
func (b *book) leaseOf(r records.Receipt) (id string, found bool) {
	for _, unitID := range b.unitsNamed(r.Property, r.Unit) {
		occupancy := b.units[unitID].OccupancyID
		for _, id := range slices.Sorted(maps.Keys(b.tenants)) {
			if t := b.tenants[id]; t.UnitID == unitID && sameText(fullName(t), r.Payer) {
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
		if sameText(b.properties[u.PropertyID].Name, property) && sameText(u.Name, unit) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// latestLease is the one of an occupancy that begins last.
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
