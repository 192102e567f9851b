package core

import (
	"cmp"
	"iter"
	"maps"
)

// NameTable is a table of names. It is never written to: a change makes a new
// table, so any goroutine may hold on to one.
type NameTable struct {
	of    map[NameKey]Name
	given map[NameKind]int
}

// NewNameTable makes a table. It keeps of, which must not be written to any more.
func NewNameTable(of map[NameKey]Name) *NameTable {
	n := &NameTable{of: of, given: map[NameKind]int{}}
	for key, name := range of {
		if name.Given != "" {
			n.given[key.Kind]++
		}
	}
	return n
}

// Of returns the name of a thing, zero when there is none.
func (n *NameTable) Of(key NameKey) Name { return n.of[key] }

// Given is how many things of a kind the user has named.
func (n *NameTable) Given(kind NameKind) int { return n.given[kind] }

// All walks through the table in no order.
func (n *NameTable) All() iter.Seq2[NameKey, Name] { return maps.All(n.of) }

// known is what a thing is called: as the user says, else as AppFolio's event
// does, else as was read back.
func (n *NameTable) known(kind NameKind, id, sent string) string {
	if id == "" {
		return sent
	}
	name := n.of[NameKey{kind, id}]
	return cmp.Or(name.Given, sent, name.Learned)
}

// Detail completes what an event tells. One whose names do not change comes
// back as it is, which costs a look-up and no memory.
func (n *NameTable) Detail(d Detail) Detail {
	if len(n.of) == 0 {
		return d
	}
	switch was := d.(type) {
	case Payment:
		if tenant := n.known(NameLease, was.Lease, was.Tenant); tenant != was.Tenant {
			was.Tenant = tenant
			return was
		}
	case LeaseSigned:
		if tenant := n.known(NameLease, was.Lease, was.Tenant); tenant != was.Tenant {
			was.Tenant = tenant
			return was
		}
	case LeaseExpired:
		if place := n.leasePlace(was.Place, was.Lease, was.UnitID); place != was.Place {
			was.Place = place
			return was
		}
	case WorkOrder:
		if order := n.workOrder(was); order.Vendor != was.Vendor {
			return order
		}
	case Tenant:
		if place := n.tenantPlace(was); place != was.Place {
			was.Place = place
			return was
		}
	}
	return d
}

func (n *NameTable) leasePlace(p Place, lease, unit string) Place {
	p.Tenant = n.known(NameLease, lease, p.Tenant)
	p.Unit = n.known(NameUnit, unit, p.Unit)
	return p
}

func (n *NameTable) tenantPlace(t Tenant) Place {
	p := t.Place
	p.Tenant = n.known(NameTenant, t.ID, p.Tenant)
	p.Property = n.known(NameProperty, t.PropertyID, p.Property)
	return p
}

// workOrder completes the vendor. What AppFolio sends for one is an id or a
// name of its own; any name for just that comes before it.
func (n *NameTable) workOrder(w WorkOrder) WorkOrder {
	if w.Vendor == "" || w.VendorID != "" {
		return w
	}
	name := n.of[NameKey{NameVendor, w.Vendor}]
	if called := cmp.Or(name.Given, name.Learned); called != "" && called != w.Vendor {
		w.Vendor, w.VendorID = called, w.Vendor
	}
	return w
}
