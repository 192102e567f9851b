package story

import (
	"strconv"
	"time"

	"rentbell/core"
)

const (
	signAhead   = 18 // days from the signing of a lease to moving in
	decideAhead = 12 // days before its end a lease is renewed, or is not
	renewSix    = 6  // in ten are
	archivedOne = 8  // in so many tenants comes without a property
	term        = 12 // months of a renewed or new lease
)

// settle moves a letting of the portfolio in. Its dates are counted from the
// end of the past, and terms that were over before the past began were renewed.
func (s *Story) settle(l Letting) {
	today := core.DateOf(s.to)
	t := &Tenancy{Letting: l}
	if l.Months == 0 {
		t.MoveIn = today.AddDays(-s.days(600, 1500))
	} else {
		t.Ends = today.AddDays(l.endsIn)
		t.MoveIn = t.Ends.AddDays(1).AddMonths(-l.Months)
		for t.Ends.Before(core.DateOf(s.from)) {
			t.MoveIn = t.Ends.AddDays(1)
			t.Ends = t.MoveIn.AddMonths(l.Months).AddDays(-1)
		}
	}
	s.welcome(t)
}

// welcome plans what a tenancy begins with.
func (s *Story) welcome(t *Tenancy) {
	if t.Tenant != "" {
		t.shown = names{Tenant: t.Tenant, Property: t.Property, Unit: t.Unit}
	}
	s.Tenancies = append(s.Tenancies, t)
	signed := s.moment(t.MoveIn.AddDays(-signAhead), 10, 17)
	s.create(t, s.moment(core.DateOf(signed).AddDays(-1), 9, 18))
	s.sign(t, signed, signAhead, t.Months)
	s.pay(t, s.moment(t.MoveIn, 9, 18), t.Rent+deposit, "First rent and deposit")
}

// create announces a tenant. Now and then one is of a property that AppFolio
// does not tell, as happens with archived ones.
func (s *Story) create(t *Tenancy, at time.Time) {
	tenant := Tenant{ID: "t-" + t.Lease, PropertyID: t.propertyID(), Email: t.Email(), names: t.shown}
	if t.Lease == archived || s.oneIn(archivedOne) {
		tenant.PropertyID, tenant.Property, tenant.Unit = "", "", ""
	}
	s.add(people, beat{at, t, core.TypeTenantCreated, func(time.Time) any { return tenant }})
}

// sign tells of every lease in force, however long ago it was signed: the dates of
// a lease come with nothing else.
func (s *Story) sign(t *Tenancy, at time.Time, ahead, months int) {
	s.insert(people, beat{at, t, core.TypeLeaseSigned, func(at time.Time) any {
		start := core.DateOf(at).AddDays(ahead)
		return LeaseSigned{Lease: t.Lease, MoveIn: start.String(), Start: start, Months: months, names: t.shown}
	}})
}

// planPeople decides on the leases whose time to decide is in the month.
func (s *Story) planPeople(first core.Date) {
	next := first.AddMonths(1)
	for _, t := range s.Tenancies { // those who join on the way have long to go
		decide := t.Notice()
		if t.Ends.IsZero() || t.Leaving || decide.Before(first) || !decide.Before(next) {
			continue
		}
		if s.rng.IntN(10) < renewSix {
			s.sign(t, s.moment(decide, 9, 18), decideAhead+1, term)
			t.Ends = t.Ends.AddDays(1).AddMonths(term).AddDays(-1)
			continue
		}
		t.Leaving = true
		s.expire(t)
		s.welcome(s.newcomer(t))
	}
}

func (s *Story) expire(t *Tenancy) {
	s.add(people, beat{s.moment(t.Ends, 11, 17), t, core.TypeLeaseExpired, func(at time.Time) any {
		return LeaseExpired{Lease: t.Lease, UnitID: t.unitID(), Vacate: core.DateOf(at).String(), names: t.shown}
	}})
}

// newcomer is who rents the unit next, for a little more.
func (s *Story) newcomer(before *Tenancy) *Tenancy {
	s.lease += s.days(1, 9)
	next := &Tenancy{Letting: before.Letting}
	next.Tenant = fullName(s.rng.IntN(len(given)), s.rng.IntN(len(family)))
	next.Lease = strconv.Itoa(s.lease)
	next.Rent += core.Cents(s.days(1, 6)) * 10_00
	next.Method = "eCheck"
	next.payday = s.days(1, 5)
	next.Months = term
	next.MoveIn = before.Ends.AddDays(s.days(24, 40))
	next.Ends = next.MoveIn.AddMonths(term).AddDays(-1)
	return next
}

// anybody is one of the tenants who lived here before a day and stay; anybody
// at all where there is none.
func (s *Story) anybody(day core.Date) *Tenancy {
	n := s.rng.IntN(len(s.Tenancies))
	for range s.Tenancies {
		if t := s.Tenancies[n]; t.MoveIn.Before(day) && !t.Leaving {
			return t
		}
		n = (n + 1) % len(s.Tenancies)
	}
	return s.Tenancies[n]
}
