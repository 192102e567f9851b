package radar

import (
	"cmp"
	"slices"
	"time"

	"rentbell/core"
)

// Month is every lease of which rent is expected in m, by id, as it stands at now. m may
// be long past, if the Book has not forgotten it, or ahead. A lease that is only known
// from payments is left out once half a year has passed without one and nobody has said
// what its rent is.
func (b *Book) Month(m core.Month, t Terms, now time.Time) []core.LeaseMonth {
	var list []core.LeaseMonth
	for _, s := range b.subjects(t) {
		if s != leaseSubject(s.ID) {
			continue
		}
		a := b.account(s.ID, t, now)
		if a.countsIn(monthOf(m)) && !a.forgotten(monthOf(m)) {
			list = append(list, a.leaseMonth(monthOf(m)))
		}
	}
	slices.SortFunc(list, func(a, b core.LeaseMonth) int { return cmp.Compare(a.Lease, b.Lease) })
	return list
}

// Lease is one lease in the n months up to m, oldest first. In a month in which no rent
// is expected of it, the rent is unknown.
func (b *Book) Lease(id string, m core.Month, n int, t Terms, now time.Time) []core.LeaseMonth {
	a := b.account(id, t, now)
	list := make([]core.LeaseMonth, 0, n)
	for k := monthOf(m) - month(n) + 1; k <= monthOf(m); k++ {
		list = append(list, a.leaseMonth(k))
	}
	return list
}

// forgotten reports whether there is no sign of the lease in m and the months before it.
func (a *account) forgotten(m month) bool {
	if a.expected(m).Known() || len(a.lease.steps) > 0 {
		return false
	}
	for k := m - learnedFrom; k <= m; k++ {
		if a.sum(k) != (sums{}) {
			return false
		}
	}
	return true
}

func (a *account) leaseMonth(m month) core.LeaseMonth {
	l := core.LeaseMonth{Lease: a.id, Place: a.place, Month: m.core(), Rule: a.rule, Received: a.sum(m).received, Seqs: a.seqs(m)}
	if a.countsIn(m) {
		l.Expected = a.expected(m)
	}
	if !a.terms.Notice.IsZero() {
		l.Notice = a.terms.NoticeOn
		if l.Notice.IsZero() {
			l.Notice = core.DateOf(a.terms.Notice.In(a.loc))
		}
	}
	l.State = a.state(l)
	if l.State == core.RentLate || l.State == core.RentPartial {
		l.DaysLate = a.rule.LateFrom(l.Month).DaysUntil(a.today) + 1
	}
	return l
}

// state is how the lease stands in the month of l. Only the present month and the two
// before it are ever late or partial: of earlier ones payments may have been deleted.
func (a *account) state(l core.LeaseMonth) core.RentState {
	m, rent := monthOf(l.Month), l.Expected
	switch {
	case !rent.Known():
		return core.RentNotKnown
	case isEnough(l.Received, rent.Amount):
		repeated := slices.ContainsFunc(a.twice(), func(f core.Finding) bool { return f.Month == l.Month })
		switch {
		case repeated:
			return core.RentTwice
		case isEnough(a.sum(m).early, rent.Amount):
			return core.RentEarly
		}
		return core.RentPaid
	case a.returned(m):
		return core.RentReturned
	case !a.late(m) || m < monthOf(a.today.InMonth())-monthsBack:
		return core.RentOpen
	case l.Received > 0:
		return core.RentPartial
	}
	return core.RentLate
}
