package names

import (
	"cmp"
	"iter"
	"maps"

	"rentbell/core"
)

// Table is a table of names. It is never written to: a change makes a new
// table, so any goroutine may hold on to one.
type Table struct {
	of    map[core.NameKey]core.Name
	given map[core.NameKind]int
}

// NewTable makes a table. It keeps of, which must not be written to any more.
func NewTable(of map[core.NameKey]core.Name) *Table {
	n := &Table{of: of, given: map[core.NameKind]int{}}
	for key, name := range of {
		if name.Given != "" {
			n.given[key.Kind]++
		}
	}
	return n
}

// Of returns the name of a thing, zero when there is none.
func (n *Table) Of(key core.NameKey) core.Name { return n.of[key] }

// Weigh says what given names change: what each changed thing is called then, and
// how many there are. An empty name takes the user's away.
func (n *Table) Weigh(given map[core.NameKey]string) (changed map[core.NameKey]core.Name, taken core.Taken) {
	changed = make(map[core.NameKey]core.Name, len(given))
	for key, text := range given {
		was := n.Of(key)
		name := core.Name{Given: core.CleanName(text), Learned: was.Learned}
		switch {
		case !key.Usable():
			continue
		case name == was:
			taken.Same++
			continue
		case was.Given == "":
			taken.Added++
		default:
			taken.Changed++
		}
		changed[key] = name
	}
	return changed, taken
}

// Given is how many things of a kind the user has named.
func (n *Table) Given(kind core.NameKind) int { return n.given[kind] }

// All walks through the table in no order.
func (n *Table) All() iter.Seq2[core.NameKey, core.Name] { return maps.All(n.of) }

// known is what a thing is called: as the user says, else as AppFolio's event
// does, else as was read back.
func (n *Table) known(kind core.NameKind, id, sent string) string {
	if id == "" {
		return sent
	}
	name := n.of[core.NameKey{Kind: kind, ID: id}]
	return cmp.Or(name.Given, core.OneLine(sent), name.Learned)
}

// Detail completes what an event tells. One whose names do not change comes
// back as it is, which costs a look-up and no memory.
func (n *Table) Detail(d core.Detail) core.Detail {
	if len(n.of) == 0 {
		return d
	}
	switch was := d.(type) {
	case core.Payment:
		if tenant := n.known(core.NameLease, was.Lease, was.Tenant); tenant != was.Tenant {
			was.Tenant = tenant
			return was
		}
	case core.LeaseSigned:
		if tenant := n.known(core.NameLease, was.Lease, was.Tenant); tenant != was.Tenant {
			was.Tenant = tenant
			return was
		}
	case core.LeaseExpired:
		if place := n.leasePlace(was.Place, was.Lease, was.UnitID); place != was.Place {
			was.Place = place
			return was
		}
	case core.WorkOrder:
		if order := n.workOrder(was); order.Vendor != was.Vendor {
			return order
		}
	case core.Move:
		if place := n.tenantPlace(core.Tenant{Place: was.Place, ID: was.ID, PropertyID: was.PropertyID}); place != was.Place {
			was.Place = place
			return was
		}
	case core.Tenant:
		if place := n.tenantPlace(was); place != was.Place {
			was.Place = place
			return was
		}
	}
	return d
}

func (n *Table) leasePlace(p core.Place, lease, unit string) core.Place {
	p.Tenant = n.known(core.NameLease, lease, p.Tenant)
	p.Unit = n.known(core.NameUnit, unit, p.Unit)
	return p
}

func (n *Table) tenantPlace(t core.Tenant) core.Place {
	p := t.Place
	p.Tenant = n.known(core.NameTenant, t.ID, p.Tenant)
	p.Property = n.known(core.NameProperty, t.PropertyID, p.Property)
	return p
}

// workOrder completes the vendor. What AppFolio sends for one is an id or a
// name of its own; any name for just that comes before it.
func (n *Table) workOrder(w core.WorkOrder) core.WorkOrder {
	if w.Vendor == "" || w.VendorID != "" {
		return w
	}
	name := n.of[core.NameKey{Kind: core.NameVendor, ID: w.Vendor}]
	if called := cmp.Or(name.Given, name.Learned); called != "" && called != w.Vendor {
		w.Vendor, w.VendorID = called, w.Vendor
	}
	return w
}
