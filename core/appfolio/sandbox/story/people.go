package sandbox

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
func (s *story) settle(l letting) {
	today := core.DateOf(s.to)
	t := &tenancy{letting: l}
	if l.months == 0 {
		t.moveIn = today.AddDays(-s.days(600, 1500))
	} else {
		t.ends = today.AddDays(l.endsIn)
		t.moveIn = t.ends.AddDays(1).AddMonths(-l.months)
		for t.ends.Before(core.DateOf(s.from)) {
			t.moveIn = t.ends.AddDays(1)
			t.ends = t.moveIn.AddMonths(l.months).AddDays(-1)
		}
	}
	s.welcome(t)
}

// welcome plans what a tenancy begins with.
func (s *story) welcome(t *tenancy) {
	if t.tenant != "" {
		t.names = names{Tenant: t.tenant, Property: t.property, Unit: t.unit}
	}
	s.tenancies = append(s.tenancies, t)
	signed := s.moment(t.moveIn.AddDays(-signAhead), 10, 17)
	s.create(t, s.moment(core.DateOf(signed).AddDays(-1), 9, 18))
	s.sign(t, signed, signAhead, t.months)
	s.pay(t, s.moment(t.moveIn, 9, 18), t.rent+deposit, "First rent and deposit")
}

// create announces a tenant. Now and then one is of a property that AppFolio
// does not tell, as happens with archived ones.
func (s *story) create(t *tenancy, at time.Time) {
	tenant := tenantData{of: t, ID: t.tenantID(), PropertyID: t.propertyID(), Email: t.email(), names: t.names}
	if t.lease == archived || s.oneIn(archivedOne) {
		tenant.PropertyID = ""
		tenant.Property, tenant.Unit = "", ""
	}
	s.add(people, beat{at, core.TypeTenantCreated, func(time.Time) any { return tenant }})
}

// sign is told of every lease in force, however long ago it was signed: the
// dates of a lease come with nothing else.
func (s *story) sign(t *tenancy, at time.Time, ahead, months int) {
	s.insert(people, beat{at, core.TypeLeaseSigned, func(at time.Time) any {
		return leaseSignedData{
			of:     t,
			Lease:  t.lease,
			MoveIn: core.DateOf(at).AddDays(ahead).String(),
			Months: months,
			names:  t.names,
		}
	}})
}

// planPeople decides on the leases whose time to decide is in the month.
func (s *story) planPeople(first core.Date) {
	next := first.AddMonths(1)
	for _, t := range s.tenancies { // those who join on the way have long to go
		decide := t.ends.AddDays(-decideAhead)
		if t.ends.IsZero() || t.leaving || decide.Before(first) || !decide.Before(next) {
			continue
		}
		if s.rng.IntN(10) < renewSix {
			s.sign(t, s.moment(decide, 9, 18), decideAhead+1, term)
			t.ends = t.ends.AddDays(1).AddMonths(term).AddDays(-1)
			continue
		}
		t.leaving = true
		s.expire(t)
		s.welcome(s.newcomer(t))
	}
}

func (s *story) expire(t *tenancy) {
	s.add(people, beat{s.moment(t.ends, 11, 17), core.TypeLeaseExpired, func(at time.Time) any {
		return leaseExpiredData{of: t, Lease: t.lease, UnitID: t.unitID(), Vacate: core.DateOf(at).String(), names: t.names}
	}})
}

// newcomer is who rents the unit next, for a little more.
func (s *story) newcomer(before *tenancy) *tenancy {
	s.lease += s.days(1, 9)
	next := &tenancy{letting: before.letting}
	next.tenant = given[s.rng.IntN(len(given))] + " " + family[s.rng.IntN(len(family))]
	next.lease = strconv.Itoa(s.lease)
	next.rent += core.Cents(s.days(1, 6)) * 10_00
	next.method = "eCheck"
	next.payday = s.days(1, 5)
	next.months = term
	next.moveIn = before.ends.AddDays(s.days(24, 40))
	next.ends = next.moveIn.AddMonths(term).AddDays(-1)
	return next
}

// anybody is one of the tenants who lived here before a day and stay; anybody
// at all where there is none.
func (s *story) anybody(day core.Date) *tenancy {
	n := s.rng.IntN(len(s.tenancies))
	for range s.tenancies {
		if t := s.tenancies[n]; t.moveIn.Before(day) && !t.leaving {
			return t
		}
		n = (n + 1) % len(s.tenancies)
	}
	return s.tenancies[n]
}
