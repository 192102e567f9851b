package radar

import (
	"slices"
	"time"

	"rentbell/core"
)

// monthsKept is how many months before the present one a Book keeps when it forgets. From
// the first learnedFrom of them the rents of the others are learned: half a year.
const monthsKept = 12

// Forget drops what no finding from now on needs. Whoever fills a Book from a long
// history calls it now and then with the time that the history has reached, so that the
// Book stays small. What was dropped keeps its effect on which month later payments
// count for, as t had it. Payments of dropped months are not taken in again.
func (b *Book) Forget(t Terms, now time.Time) {
	first := monthOf(core.MonthOf(now.In(b.loc))) - monthsKept
	if first <= b.first {
		return
	}
	b.first = first
	var room []payment // for the lists of all leases in turn: a long history has thousands
	for id, l := range b.leases {
		b.account(id, t, never.time()).settle(first)
		room = l.drop(first, b.naming(l.payments), room[:0])
	}
	before := startOf(first.core().First(), b.loc)
	for id, o := range b.orders {
		if o.drop(before); len(o.steps) == 0 {
			delete(b.orders, id)
		}
	}
}

// Whole is the first month that Month and Lease can tell all of; the zero Month where
// nothing was forgotten.
func (b *Book) Whole() core.Month {
	if b.first == 0 {
		return core.Month{}
	}
	return (b.first + learnedFrom).core()
}

// settle notes which month payments count for, of those months whose rents cannot be
// learned again.
func (a *account) settle(first month) {
	for i := range a.payments {
		p := &a.payments[i]
		if m := p.day.month(); m < first+learnedFrom && a.counts[i] > m && p.amount >= 0 {
			p.day |= 1
		}
	}
	a.lease.settled = first + learnedFrom
}

// drop keeps the payments that came in first or later, the others of their pairs, and
// those named. It gathers them in kept, which it returns.
func (l *lease) drop(first month, named []int, kept []payment) []payment {
	keeps := func(i int) bool { return l.payments[i].day.month() >= first }
	for i, p := range l.payments {
		if keeps(i) || p.pair != 0 && keeps(int(p.pair-1)) || slices.Contains(named, i) {
			kept = append(kept, p)
		}
	}
	l.payments, l.paired = append(l.payments[:0], kept...), false
	return kept
}

// drop keeps the steps that came later than a time, and of those before it what holds
// then: the last one and those that it counts from. Of a work order that is closed then
// it keeps nothing.
func (o *order) drop(before moment) {
	p, known := o.progress(before)
	if !known {
		return
	}
	kept := make([]orderStep, 0, 3)
	if p.waits {
		kept = append(kept, p.waiting)
	}
	if !p.closed {
		kept = slices.Compact(append(kept, p.changed, p.orderStep))
	}
	later := slices.DeleteFunc(o.steps, func(s orderStep) bool { return s.at <= before })
	o.steps = slices.Insert(later, 0, kept...)
}
