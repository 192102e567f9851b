package readback

import (
	"context"
	"slices"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

// What is taken from each kind of record: facts, and names.

func (b *batch) takeProperty(_ *records.Property, is records.Property) {
	b.learn(core.NameProperty, is.ID, is.Name)
}

func (b *batch) takeUnit(_ *records.Unit, is records.Unit) { b.learn(core.NameUnit, is.ID, is.Name) }

func (b *batch) takeVendor(_ *records.Vendor, is records.Vendor) {
	b.learn(core.NameVendor, is.ID, is.Name)
}

// takeTenant learns the names of the tenant and of the leases they hold.
func (b *batch) takeTenant(was *records.Tenant, is records.Tenant) {
	book := b.session.book
	b.learn(core.NameTenant, is.ID, fullName(is))
	if is.OccupancyID != "" {
		for id, l := range book.leases {
			if l.OccupancyID == is.OccupancyID {
				b.learn(core.NameLease, id, book.people(l.OccupancyID))
			}
		}
	}
	b.tell(book.tenantFacts(was, is, b.at))
}

func (b *batch) takeLease(was *records.Lease, is records.Lease) {
	book := b.session.book
	if people := book.people(is.OccupancyID); people != "" {
		b.learn(core.NameLease, is.ID, people)
	}
	b.tell(book.leaseFacts(was, is, b.at))
}

func (b *batch) takeOrder(was *records.WorkOrder, is records.WorkOrder) {
	b.tell(b.session.book.orderFacts(was, is, b.at))
}

// mention holds the ids of what a record names. Each may be empty.
type mention struct{ property, unit, vendor string }

// acquaint reads what is mentioned and not known yet, so that what is told has
// names. It asks for a stranger once.
func (s *session) acquaint(ctx context.Context, mentions []mention) error {
	var properties, units, vendors []string
	for _, m := range mentions {
		properties = s.stranger(properties, m.property, s.book.properties[m.property].ID)
		units = s.stranger(units, m.unit, s.book.units[m.unit].ID)
		vendors = s.stranger(vendors, m.vendor, s.book.vendors[m.vendor].ID)
	}
	all := kinds()
	for i, ids := range [][]string{properties, units, vendors} {
		for some := range slices.Chunk(ids, mostAsked) {
			if err := s.read(ctx, all[i], records.Filter{IDs: some}, options{}); err != nil {
				return err
			}
		}
	}
	return nil
}

// stranger adds an id that nothing is known under.
func (s *session) stranger(to []string, id, known string) []string {
	if id == "" || known != "" || s.book.strangers[id] {
		return to
	}
	s.book.strangers[id] = true
	return append(to, id)
}
