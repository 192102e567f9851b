package radar

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"rentbell/core"
)

// Findings is what holds at now, from the events that happened until then: by kind as it
// is written, then by the id of the lease or work order, then oldest first.
func (b *Book) Findings(t Terms, now time.Time) []core.Finding {
	return inOrder(b.subjects(t), func(s core.Subject) []core.Finding {
		list, _ := b.look(s, t, now)
		return list
	})
}

// subjects are the leases and work orders that something can be found about.
func (b *Book) subjects(t Terms) []core.Subject {
	list := make([]core.Subject, 0, len(b.leases)+len(b.orders))
	for id := range b.leases {
		list = append(list, leaseSubject(id))
	}
	for id := range t.Leases {
		if b.leases[id] == nil {
			list = append(list, leaseSubject(id)) // nothing of it has ever come
		}
	}
	for id := range b.orders {
		list = append(list, orderSubject(id))
	}
	return list
}

func leaseSubject(id string) core.Subject { return core.Payment{Lease: id}.Subject() }
func orderSubject(id string) core.Subject { return core.WorkOrder{ID: id}.Subject() }

// look counts one lease or work order: its findings, and when they may be others though
// nothing happens.
func (b *Book) look(s core.Subject, t Terms, now time.Time) ([]core.Finding, moment) {
	if s == orderSubject(s.ID) {
		return b.orders[s.ID].findings(s.ID, b, momentOf(now))
	}
	a := b.account(s.ID, t, now)
	list := slices.Concat(a.short(), a.came(), a.twice(), a.ending())
	return list, a.next(list)
}

// inOrder puts the findings of subjects in the order in which they are printed. Those of
// one kind and subject are oldest first already.
func inOrder(subjects []core.Subject, of func(core.Subject) []core.Finding) []core.Finding {
	slices.SortFunc(subjects, func(a, b core.Subject) int { return cmp.Compare(a.ID, b.ID) })
	byKind := map[core.FindingKind][]core.Finding{}
	for _, s := range subjects {
		for _, f := range of(s) {
			byKind[f.Kind] = append(byKind[f.Kind], f)
		}
	}
	var list []core.Finding
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		list = append(list, byKind[kind]...)
	}
	return list
}

// short are the months whose rent is late or has come in part.
func (a *account) short() (list []core.Finding) {
	present := monthOf(a.today.InMonth())
	for m := present - monthsBack; m <= present; m++ {
		rent, received := a.expected(m), a.sum(m).received
		if !rent.Known() || isEnough(received, rent.Amount) || !a.countsIn(m) || !a.late(m) {
			continue
		}
		kind := core.FindLate
		if received > 0 {
			kind = core.FindPartial
		}
		list = append(list, core.Finding{Kind: kind, Lease: a.id, Month: m.core(), Expected: rent.Amount,
			Received: received, SinceDay: a.rule.LateFrom(m.core()), Seqs: a.seqs(m)})
	}
	return list
}

// came are the findings about what came in lately.
func (a *account) came() (list []core.Finding) {
	for i := a.recently(recent); i < len(a.payments); i++ {
		p := &a.payments[i]
		f := core.Finding{Lease: a.id, Amount: p.amount, Since: p.at.time(), Seqs: []uint64{p.seq}}
		switch {
		case p.amount < 0 && p.pair != 0:
			f.Kind, f.Amount, f.Month = core.FindReturned, -p.amount, a.counts[i].core()
			f.Seqs = []uint64{a.payments[p.pair-1].seq, p.seq}
		case p.amount < 0:
			f.Kind, f.Amount = core.FindRefund, -max(p.amount, -math.MaxInt64)
		case p.amount > 0 && !a.terms.Notice.IsZero() && p.at > momentOf(a.terms.Notice):
			f.Kind = core.FindNotice
		default:
			continue
		}
		list = append(list, f)
	}
	return list
}

// twice are payments that repeat the one before: for the same month, of the same amount
// and by the same method, where the month has got more than its rent.
func (a *account) twice() (list []core.Finding) {
	type kind struct {
		month  month
		amount core.Cents
		method uint32
	}
	last, looked, above := map[kind]*payment{}, month(0), false
	for i := a.recently(recent + twiceSpan); i < len(a.payments); i++ {
		p, m := &a.payments[i], a.counts[i]
		if m != looked {
			looked, above = m, a.above(m)
		}
		if p.amount <= 0 || a.inPair(p) || !above {
			continue
		}
		k := kind{m, p.amount, p.method}
		before := last[k]
		last[k] = p
		if before == nil || p.at.since(before.at) > twiceSpan || a.now.since(p.at) > recent {
			continue
		}
		list = append(list, core.Finding{Kind: core.FindTwice, Lease: a.id, Month: m.core(), Amount: p.amount,
			Expected: a.expected(m).Amount, Received: a.sum(m).received, Since: p.at.time(), Seqs: []uint64{before.seq, p.seq}})
	}
	return list
}

// above reports whether more than the rent of m has come.
func (a *account) above(m month) bool {
	rent := a.expected(m)
	return rent.Known() && a.sum(m).received > rent.Amount && a.countsIn(m)
}

// countdown are the days before a lease ends on which people are told, fewest first.
var countdown = [...]int{7, 30, 60, 90}

// ending is the lease's end, if it is near.
func (a *account) ending() []core.Finding {
	if a.ends.IsZero() {
		return nil
	}
	left := a.today.DaysUntil(a.ends)
	for _, level := range countdown {
		if left >= 0 && left <= level {
			return []core.Finding{{Kind: core.FindLeaseEnds, Lease: a.id, Days: left, Level: level, Ends: a.ends, Seqs: []uint64{a.endedBy}}}
		}
	}
	return nil
}

// next is when the findings of a lease may be others: on a day that the rules name, when
// one of them gets too old, or when something that is known to be ahead happens.
func (a *account) next(list []core.Finding) moment {
	next, today := never, a.today
	sooner := func(m moment) {
		if m > a.now {
			next = min(next, m)
		}
	}
	onDay := func(d core.Date) {
		if today.Before(d) {
			sooner(startOf(d, a.loc))
		}
	}
	onDay(today.InMonth().Add(1).First())
	for m := today.InMonth().Add(-monthsBack); !today.InMonth().Before(m); m = m.Add(1) {
		onDay(a.rule.LateFrom(m))
	}
	if !a.ends.IsZero() {
		onDay(a.ends.AddDays(-countdown[len(countdown)-1]))
		if !a.ends.Before(today) {
			onDay(today.AddDays(1))
		}
	}
	for _, f := range list {
		if !f.Since.IsZero() {
			sooner(momentOf(f.Since.Add(recent + 1)))
		}
	}
	if ahead := a.lease.payments[len(a.payments):]; len(ahead) > 0 {
		sooner(ahead[0].at)
	}
	for _, s := range a.lease.steps {
		sooner(s.at)
	}
	return next
}
