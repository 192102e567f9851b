package radar

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"rentbell/core"
)

// aheadDay is the day of the month from which on a payment may be for the next one.
const aheadDay = 25

// learnedFrom is from how many months before a rent is learned, and learnedTimes in how
// many of them it was paid.
const (
	learnedFrom  = 6
	learnedTimes = 3
)

// account is a lease as it stands at one time. It is good until the next one is made.
type account struct {
	lease *lease
	stay
	hour
	tally
	id    string
	place core.Place
	terms core.LeaseTerms
	rule  core.DueRule
}

// hour is the time that an account is of.
type hour struct {
	now   moment
	today core.Date
	loc   *time.Location
}

// tally is what the payments of an account add up to. Its slices are the Book's.
type tally struct {
	payments []payment // that have happened
	counts   []month   // which month each of them counts for
	from     month     // of sums
	sums     []sums    // by month

	asked month // the last month that paid was asked about
	rent  core.ExpectedRent
}

// sums are those of one month.
type sums struct {
	net      core.Cents // of what came in it, pairs left out
	received core.Cents // of what counts for it
	early    core.Cents // of that, what came before it began
}

// account makes the account of a lease, which may have no events.
func (b *Book) account(id string, t Terms, at time.Time) *account {
	l := b.leases[id]
	if l == nil {
		l = &lease{}
	}
	l.pairUp()
	now := momentOf(at)
	a := &account{lease: l, stay: l.stay(now), hour: hour{now, core.DateOf(at.In(b.loc)), b.loc}, id: id, terms: t.Leases[id]}
	n := sort.Search(len(l.payments), func(i int) bool { return l.payments[i].at > now })
	a.payments = l.payments[:n]
	a.place = b.place(l, a.payments, now)
	a.rule = t.rule(a.terms, a.place.Property)
	a.addUp(b)
	return a
}

// place is the last that was told of each name.
func (b *Book) place(l *lease, payments []payment, now moment) core.Place {
	var names [3]struct {
		when
		text string
	}
	tell := func(w when, place uint32) {
		p := b.places.values[place]
		for i, text := range [...]string{p.Tenant, p.Property, p.Unit} {
			if text != "" && names[i].compare(w) <= 0 {
				names[i].when, names[i].text = w, text
			}
		}
	}
	for _, i := range b.naming(payments) {
		tell(payments[i].when, payments[i].place)
	}
	for _, s := range l.steps {
		if s.at <= now {
			tell(s.when, s.place)
		}
	}
	return core.Place{Tenant: names[0].text, Property: names[1].text, Unit: names[2].text}
}

// naming are the payments that told each name last. Most often that is the last one.
func (b *Book) naming(payments []payment) (last []int) {
	var known core.Place
	for i := len(payments) - 1; i >= 0 && (known.Tenant == "" || known.Property == "" || known.Unit == ""); i-- {
		if i < len(payments)-1 && payments[i].place == payments[i+1].place {
			continue
		}
		told := b.places.values[payments[i].place]
		if known.Tenant == "" && told.Tenant != "" || known.Property == "" && told.Property != "" || known.Unit == "" && told.Unit != "" {
			last = append(last, i)
			known = core.Place{Tenant: cmp.Or(known.Tenant, told.Tenant), Property: cmp.Or(known.Property, told.Property), Unit: cmp.Or(known.Unit, told.Unit)}
		}
	}
	return last
}

// addUp finds which month each payment counts for, in the order in which they came, and
// adds up the months. What was decided of one payment stays when another comes.
func (a *account) addUp(b *Book) {
	n := len(a.payments)
	b.counts, b.sums = slices.Grow(b.counts[:0], n)[:n], b.sums[:0]
	a.counts = b.counts
	if n == 0 {
		return
	}
	// A month more at each end: where clocks are put back at midnight, days are not in order.
	a.from = a.payments[0].day.month() - 1
	months := int(a.payments[n-1].day.month()-a.from) + 3
	b.sums = slices.Grow(b.sums, months)[:months]
	clear(b.sums)
	a.sums = b.sums
	for i := range a.payments {
		if p := &a.payments[i]; !a.inPair(p) {
			s := &a.sums[p.day.month()-a.from]
			s.net = s.net.Plus(p.amount)
		}
	}
	for i := range a.payments {
		p := &a.payments[i]
		m := a.monthFor(p)
		a.counts[i] = m
		s := &a.sums[m-a.from]
		s.received = s.received.Plus(p.amount)
		if p.day.month() < m || p.amount < 0 && p.pair != 0 && a.payments[p.pair-1].day.month() < m {
			s.early = s.early.Plus(p.amount)
		}
	}
}

// inPair reports whether p and another payment that has happened take each other back.
func (a *account) inPair(p *payment) bool { return p.pair != 0 && int(p.pair) <= len(a.payments) }

// monthFor is the month that p counts for, when all before it are added up.
func (a *account) monthFor(p *payment) month {
	m := p.day.month()
	switch {
	case p.amount < 0 && p.pair != 0:
		return a.counts[p.pair-1] // of what it takes back, which came before it
	case p.amount < 0:
		return m
	case m < a.lease.settled:
		if p.day.ahead() {
			return m + 1
		}
		return m
	case p.day.inMonth() >= aheadDay && (a.terms.PaysAhead || a.paid(m)):
		return m + 1
	}
	return m
}

// paid reports whether m has got its rent so far.
func (a *account) paid(m month) bool {
	if a.asked != m {
		a.asked, a.rent = m, a.expected(m)
	}
	return a.rent.Known() && isEnough(a.sum(m).received, a.rent.Amount)
}

func isEnough(received, rent core.Cents) bool { return received.Plus(enough) >= rent }

func (a *account) sum(m month) sums {
	if i := int(m - a.from); i >= 0 && i < len(a.sums) {
		return a.sums[i]
	}
	return sums{}
}

// expected is the rent of a month.
func (a *account) expected(m month) core.ExpectedRent {
	for _, typed := range slices.Backward(a.terms.Typed) {
		if typed.From.IsZero() || monthOf(typed.From) <= m {
			return core.ExpectedRent{Amount: typed.Amount, Source: core.RentTyped}
		}
	}
	switch {
	case a.terms.Imported != nil:
		return core.ExpectedRent{Amount: *a.terms.Imported, Source: core.RentImported}
	case a.terms.Told != nil:
		return core.ExpectedRent{Amount: *a.terms.Told, Source: core.RentTold}
	}
	return a.learned(m)
}

// learned is the most frequent sum of the months before m; of several the latest.
func (a *account) learned(m month) (best core.ExpectedRent) {
	for k := m - 1; k >= m-learnedFrom; k-- {
		net, times := a.sum(k).net, 0
		for other := k; other >= m-learnedFrom; other-- {
			if a.sum(other).net == net {
				times++
			}
		}
		if net > 0 && times >= learnedTimes && times > best.Months {
			best = core.ExpectedRent{Amount: net, Source: core.RentLearned, Months: times}
		}
	}
	return best
}

// seqs are the payments that count for m, oldest first.
func (a *account) seqs(m month) []uint64 {
	list := []uint64{}
	for i := len(a.payments) - 1; i >= 0 && a.payments[i].day.month() >= m-2; i-- {
		if a.counts[i] == m {
			list = append(list, a.payments[i].seq)
		}
	}
	slices.Reverse(list)
	return list
}

// countsIn reports whether rent is expected of the lease for m.
func (a *account) countsIn(m month) bool { return a.stay.countsIn(m, a.rule) }

// returned reports whether a payment for m was taken back.
func (a *account) returned(m month) bool {
	for i := len(a.payments) - 1; i >= 0 && a.payments[i].day.month() >= m-2; i-- {
		if a.counts[i] == m && a.inPair(&a.payments[i]) {
			return true
		}
	}
	return false
}

// late reports whether rent for m that has not come is late today.
func (a *account) late(m month) bool {
	return !a.today.Before(a.rule.LateFrom(m.core()))
}

// recently is where the payments begin that came within a span before now.
func (a *account) recently(span time.Duration) int {
	return sort.Search(len(a.payments), func(i int) bool { return a.now.since(a.payments[i].at) <= span })
}
