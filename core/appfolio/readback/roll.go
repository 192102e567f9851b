package readback

import (
	"cmp"
	"fmt"

	"rentbell/core"
	"rentbell/core/appfolio/records"
	"rentbell/core/appfolio/reports"
)

// tenancy is what the store keeps of a row of a rent roll, by the id of the lease or, where
// the report has none, by the place.
type tenancy struct {
	reports.Lease
	LeaseID string // that its payments and its rent go by
	Endless bool   `json:",omitempty"` // it goes on from month to month
	Events  int    // how often it was told that it was signed
}

// overdue is for how many days after its last day a lease is not taken for one that goes
// on: the rent roll is of the day it was made.
const overdue = 14

// takeRoll compares the rows of a rent roll with what was told of them. A lease that the
// file lacks says nothing.
func (f *filing) takeRoll(list []reports.Lease) {
	first := len(f.tenancies) == 0
	for _, l := range list {
		key := cmp.Or(l.ID, l.Folded())
		was, known := f.tenancies[key]
		is := tenancy{Lease: l, LeaseID: was.LeaseID, Events: was.Events}
		is.Endless = l.End.IsZero() && l.Unread == "" || !l.End.IsZero() && l.End.DaysUntil(f.at.today) > overdue
		if !known {
			is.LeaseID = f.leaseOfTenancy(key, l)
		}
		f.at.first = !known && (first || f.isStale(l.Start))
		if is.isNews(was, known) {
			f.tellTenancy(was, known, &is)
		}
		f.learnTenancy(is)
		f.count(known, is == was)
		if is != was {
			f.tenancies[key] = is
			f.remember(storedTenancy, key, is)
		}
	}
}

// leaseOfTenancy is the id of a lease that is new. Where the place has stood for the lease
// so far, what was paid there is its own.
func (f *filing) leaseOfTenancy(key string, l reports.Lease) string {
	p, known := f.places[l.Folded()]
	switch {
	case l.ID == "":
		p.Lease = f.leaseAt(l.Place)
	case !known, p.Of != "":
		return l.ID
	}
	p.Of = key
	f.keepPlace(l.Place, p)
	return p.Lease
}

// isNews reports whether the term of a lease is not the one that was told. A row without
// any days tells none.
func (t tenancy) isNews(was tenancy, known bool) bool {
	if t.Start.IsZero() && t.End.IsZero() && t.Unread == "" {
		return false
	}
	return !known || t.Start != was.Start || t.End != was.End || t.Unread != was.Unread || t.Endless != was.Endless
}

func (f *filing) tellTenancy(was tenancy, known bool, is *tenancy) {
	is.Events++
	l := records.Lease{Start: is.Start, End: is.End, MonthToMonth: is.Endless, Unread: is.Unread}
	data := fields{"lease_id": is.LeaseID}
	if is.Endless || !is.Start.IsZero() && !is.End.IsZero() {
		data["term_months"] = months(l)
	}
	data.setDate("move_in_date", is.Start)
	data.setDate("end_date", is.End)
	data.set("status", is.Status)
	data.set("unit_id", is.UnitID)
	data.setPlace(core.Place{Tenant: is.Tenant, Property: is.Property, Unit: is.Unit})
	s := fact{ID: "lease.signed:" + is.LeaseID + ":" + is.Start.String(), Type: core.TypeLeaseSigned, At: f.at.now, Data: data, Past: f.at.first, Flaw: leaseFlaw(l)}
	if !known {
		s.At = f.noonOf(is.Start)
	}
	if is.Events > 1 {
		s.ID += fmt.Sprint(":", is.Events)
	}
	if known && sameText(was.Tenant, is.Tenant) {
		data["renewed"] = true
	}
	f.tell([]fact{s})
}

// learnTenancy learns rents and names. A place has no name of its own: others have paid
// there, too.
func (f *filing) learnTenancy(t tenancy) {
	if t.RentKnown {
		if f.Imported == nil {
			f.Imported = map[string]core.Cents{}
		}
		f.Imported[t.LeaseID] = t.Rent
	}
	for key, name := range map[core.NameKey]string{
		{Kind: core.NameTenant, ID: t.TenantID}:     t.Tenant,
		{Kind: core.NameProperty, ID: t.PropertyID}: t.Property,
		{Kind: core.NameUnit, ID: t.UnitID}:         t.Unit,
		{Kind: core.NameLease, ID: t.Lease.ID}:      t.Tenant,
	} {
		if key.ID != "" && name != "" {
			f.learn(key.Kind, key.ID, name)
		}
	}
}
