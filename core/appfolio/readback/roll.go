package readback

import (
	"cmp"
	"fmt"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
	"rentbell/core/appfolio/reports"
)

// tenancy is what the store keeps of a row of a rent roll, by the id of the lease or, where
// the report has none, by the place.
type tenancy struct {
	reports.Lease
	LeaseID string    // that its payments and its rent go by
	Endless bool      `json:",omitempty"` // it goes on from month to month
	Events  int       // how often it was told that it was signed
	AsOf    core.Date // of the report
}

// overdue is for how many days after its last day a lease is not taken for one that goes
// on: the rent roll is of the day it was made.
const overdue = 14

// takeRoll compares the rows of a rent roll with what was told of them. A lease that the
// file lacks says nothing, and nor does an older file.
func (f *filing) takeRoll(list []reports.Lease, asOf core.Date) {
	first := len(f.tenancies) == 0
	for _, l := range list {
		key := cmp.Or(l.ID, l.Folded())
		was, known := f.tenancies[key]
		if known && isOlderFile(asOf, was.AsOf) {
			f.count(true, true)
			continue
		}
		is := tenancy{Lease: l, LeaseID: was.LeaseID, Events: was.Events, AsOf: was.AsOf}
		if !known {
			is.LeaseID = f.leaseOfTenancy(key, l)
		}
		f.at.first = !known && (first || f.isStale(l.Start))
		f.tellTerms(was, known, asOf, &is)
		f.learnTenancy(is)
		f.count(known, is == was)
		if is.AsOf = asOf; is != was {
			f.tenancies[key] = is
			f.remember(storedTenancy, key, is)
		}
	}
}

// began is when the tenants came; zero: not told.
func (t tenancy) began() core.Date {
	if !t.MoveIn.IsZero() && t.MoveIn.Before(t.Start) {
		return t.MoveIn
	}
	return t.Start
}

// tellTerms tells the term of a lease where it is not the one that was told, and that a
// lease has gone on behind its last day. A row without any days tells none.
func (f *filing) tellTerms(was tenancy, known bool, asOf core.Date, is *tenancy) {
	if is.Start.IsZero() && is.End.IsZero() && is.Unread == "" {
		return
	}
	on := f.at.now
	if !known {
		on = f.noonOf(is.Start)
		if made := noon(asOf, on.Location()); !asOf.IsZero() && made.Before(on) {
			on = made // it begins after the report was made
		}
	}
	is.Endless = was.Endless
	if !known || is.Start != was.Start || is.End != was.End || is.Unread != was.Unread {
		is.Endless = is.End.IsZero() && is.Unread == ""
		f.tellTenancy(is, on, known && sameText(was.Tenant, is.Tenant))
	}
	if !is.Endless && !is.End.IsZero() && is.End.DaysUntil(f.at.today) > overdue && stage(is.Status) < 2 {
		is.Endless = true
		f.tellTenancy(is, f.noonOf(is.End.AddDays(overdue+1)), true)
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

// tellTenancy tells that a lease was signed, or again.
func (f *filing) tellTenancy(is *tenancy, at time.Time, renewed bool) {
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
	if renewed {
		data["renewed"] = true
	}
	s := fact{ID: "lease.signed:" + is.LeaseID + ":" + is.Start.String(), Type: core.TypeLeaseSigned, At: at, Data: data, Past: f.at.first, Flaw: leaseFlaw(l)}
	if is.Events > 1 {
		s.ID += fmt.Sprint(":", is.Events)
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
