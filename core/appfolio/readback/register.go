package readback

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"rentbell/core"
	"rentbell/core/appfolio/records"
	"rentbell/core/appfolio/reports"
)

// takeRegister compares the receipts of a file with what was told of them. A receipt that
// the file lacks says nothing: it may be of one property, or of a week. Nor does an older file
// say anything of those that are known.
func (f *filing) takeRegister(ctx context.Context, k Known, list []reports.Receipt, asOf core.Date) error {
	var known map[string]receipt
	if err := fill(ctx, k, storedReceipt, &known); err != nil {
		return err
	}
	f.setUndated(list)
	f.here = f.byPlace()
	for _, r := range list {
		was, isKnown := known[r.ID]
		if isKnown && isOlderFile(asOf, was.AsOf) {
			f.count(true, true)
			continue
		}
		is := receipt{Receipt: r.Receipt, Of: was.Of, AsOf: asOf}
		if !records.IsPlausible(is.Date, f.at.today) && !is.Date.IsZero() {
			is.DateSaid, is.Date = is.Date.String(), core.Date{}
		}
		if is.Date.IsZero() && was.Date.IsZero() {
			is.hold()
		}
		switch is.Lease = was.Lease; {
		case !isKnown || was.Unreadable:
			is.Lease, is.Payer = f.payment(r, is.Payer)
		case samePerson(is.Payer, was.Payer):
			is.Payer = was.Payer // as the tenant is called
		}
		f.at.first = len(known) == 0 || !isKnown && f.isStale(is.Date)
		told := len(f.Events)
		f.takeReceipt(was, isKnown, is)
		f.count(isKnown || told == len(f.Events), told == len(f.Events))
	}
	return nil
}

// setUndated has receipts without a day stand with the first of their file. Their amounts
// count nowhere until they have one; today they have not come.
func (f *filing) setUndated(list []reports.Receipt) {
	first := core.Date{}
	for _, r := range list {
		if records.IsPlausible(r.Date, f.at.today) && (first.IsZero() || r.Date.Before(first)) {
			first = r.Date
		}
	}
	f.at.undated = f.noonOf(first)
}

// hold keeps the amount of a receipt without a day from counting.
func (r *receipt) hold() {
	if !r.Unreadable {
		r.AmountSaid, r.Amount, r.Unreadable = r.Amount.Decimal(), 0, true
	}
}

// isHeld reports whether only the day of a receipt is missing.
func (r *receipt) isHeld() bool {
	_, err := core.ReadAmount(r.AmountSaid)
	return r.Unreadable && r.Date.IsZero() && err == nil
}

// payment finds the lease that a receipt is for, and says who paid as its tenant is called.
// AppFolio's own records are surest, then the number that the file has, then who lives at
// the place, and last the place stands for the lease. Where nothing is known of all these
// the lease is empty.
func (f *filing) payment(r reports.Receipt, payer string) (lease, paidBy string) {
	if lease, found := f.session.book.leaseOf(r.Receipt); found {
		return lease, payer
	}
	at := reports.Place{Property: r.Property, Unit: r.Unit}
	here := f.here[at.Folded()]
	home, lives := latestOf(here, r.Date)
	for _, t := range here {
		if samePerson(payer, t.Tenant) {
			home, lives, payer = t, true, t.Tenant
			break
		}
	}
	switch {
	case r.Lease != "":
		return cmp.Or(f.tenancies[r.Lease].LeaseID, r.Lease), payer
	case lives:
		return home.LeaseID, payer
	case at.IsZero():
		return "", payer
	}
	return f.leaseAt(at), payer
}

// byPlace are the tenancies at each place, those that began last first.
func (f *filing) byPlace() map[string][]tenancy {
	at := map[string][]tenancy{}
	for _, key := range slices.Sorted(maps.Keys(f.tenancies)) {
		t := f.tenancies[key]
		at[t.Folded()] = append(at[t.Folded()], t)
	}
	for _, here := range at {
		slices.SortStableFunc(here, func(x, y tenancy) int { return x.began().DaysUntil(y.began()) })
	}
	return at
}

// latestOf is the tenancy that had begun on a day last, of some in the order of byPlace.
// What came before all of them is of people who have left.
func latestOf(here []tenancy, on core.Date) (t tenancy, found bool) {
	for _, t := range here {
		if on.IsZero() || !on.Before(t.began()) {
			return t, true
		}
	}
	return tenancy{}, false
}

// samePerson reports whether a payer is called as a tenant, in AppFolio's order of names
// or in people's.
func samePerson(payer, tenant string) bool {
	turned := func(name string) string {
		last, first, found := strings.Cut(name, ",")
		if !found {
			return name
		}
		return strings.TrimSpace(first) + " " + strings.TrimSpace(last)
	}
	return tenant != "" && sameText(turned(payer), turned(tenant))
}

// place is the lease that a place stands for.
type place struct {
	Lease string // as the place was first written
	Of    string `json:",omitempty"` // the key of the tenancy that has it; empty: only receipts have
}

// leaseAt is the lease that a place stands for.
func (f *filing) leaseAt(at reports.Place) string {
	p, known := f.places[at.Folded()]
	if !known {
		p.Lease = at.ID()
		f.keepPlace(at, p)
	}
	return p.Lease
}

func (f *filing) keepPlace(at reports.Place, p place) {
	f.places[at.Folded()] = p
	f.remember(storedPlace, at.Folded(), p)
}
