package radar

import (
	"slices"

	"rentbell/core"
)

// lease is what is known of a lease.
type lease struct {
	payments []payment   // by when
	steps    []leaseStep // by when
	paired   bool        // pairs are those of payments as they are now
	settled  month       // payments of earlier months count where payment.ahead says
}

// payment is small, because there may be a million.
type payment struct {
	when
	amount core.Cents
	day    packedDay
	method uint32 // of Book.texts
	place  uint32 // of Book.places
	pair   int32  // 1 and the index of the payment it is paired with; 0: none
}

// packedDay is a local day: the month, the day in it, and whether the payment was
// settled to count for the month that follows.
type packedDay int32

func dayOf(d core.Date) packedDay { return packedDay(monthOf(d.InMonth()))<<6 | packedDay(d.Day)<<1 }

func (d packedDay) month() month { return month(d >> 6) }
func (d packedDay) inMonth() int { return int(d>>1) & 31 }
func (d packedDay) ahead() bool  { return d&1 != 0 }

// leaseStep is a signing or an expiry.
type leaseStep struct {
	when
	place   uint32 // of Book.places
	expired bool
	begins  core.Date // zero: not told
	ends    core.Date // the last day; zero: not told
	endless bool      // signed from month to month
}

// signing reads what an event says of the term. A field that could not be read says
// nothing: no month given is not the same as from month to month.
func signing(e core.Event, d core.LeaseSigned) leaseStep {
	s := leaseStep{when: whenOf(e), begins: d.MoveIn}
	if d.MoveIn.IsZero() {
		return s
	}
	s.ends = core.LeaseState{MoveIn: d.MoveIn, Months: d.Months}.Ends()
	s.endless = s.ends.IsZero() && e.Attention.Field != "term_months"
	return s
}

func (l *lease) add(p payment) bool {
	i, known := slices.BinarySearchFunc(l.payments, p.when, func(p payment, w when) int { return p.compare(w) })
	if known {
		return false
	}
	l.payments = slices.Insert(l.payments, i, p)
	l.paired = false
	return true
}

func (l *lease) addStep(s leaseStep) bool {
	i, known := slices.BinarySearchFunc(l.steps, s.when, func(s leaseStep, w when) int { return s.compare(w) })
	if known {
		return false
	}
	l.steps = slices.Insert(l.steps, i, s)
	return true
}

// pairUp finds for each negative payment the one that it takes back: the latest earlier
// one of that size that nothing has taken back, if it is not too old. Whether a payment
// has a partner among the earlier ones never depends on later ones.
func (l *lease) pairUp() {
	if l.paired {
		return
	}
	l.paired = true
	open := map[core.Cents][]int{} // positive payments by size, of the sizes that came back
	for i := range l.payments {
		p := &l.payments[i]
		p.pair = 0
		if p.amount < 0 {
			open[-p.amount] = nil
		}
	}
	if len(open) == 0 {
		return
	}
	for i := range l.payments {
		p := &l.payments[i]
		if p.amount >= 0 {
			if same, wanted := open[p.amount]; wanted {
				open[p.amount] = append(same, i)
			}
			continue
		}
		same := open[-p.amount]
		if len(same) == 0 {
			continue
		}
		last := same[len(same)-1]
		if p.at.since(l.payments[last].at) > recent {
			continue // and the others are older
		}
		open[-p.amount] = same[:len(same)-1]
		p.pair, l.payments[last].pair = int32(last+1), int32(i+1)
	}
}

// stay is from when to when a lease counts.
type stay struct {
	begins, ends core.Date // zero: not known, never
	endedBy      uint64    // the event that set the end
}

// stay adds up the steps until now.
func (l *lease) stay(now moment) stay {
	var told told
	for _, s := range l.steps {
		if s.at <= now {
			told.take(s)
		}
	}
	return told.stay()
}

// told is what steps say so far. A lease that is signed again began at its earliest
// move-in and ends at its latest end, or never where the last signing is from month to
// month. A vacate date counts until the lease is signed again.
type told struct{ term, vacated stay }

func (t *told) take(s leaseStep) {
	if s.expired {
		if !s.ends.IsZero() {
			t.vacated = stay{ends: s.ends, endedBy: s.seq}
		}
		return
	}
	t.vacated = stay{}
	if t.term.begins.IsZero() || !s.begins.IsZero() && s.begins.Before(t.term.begins) {
		t.term.begins = s.begins
	}
	switch {
	case s.endless:
		t.term.ends, t.term.endedBy = core.Date{}, 0
	case t.term.ends.Before(s.ends):
		t.term.ends, t.term.endedBy = s.ends, s.seq
	}
}

func (t *told) stay() stay {
	all := t.term
	if !t.vacated.ends.IsZero() {
		all.ends, all.endedBy = t.vacated.ends, t.vacated.endedBy
	}
	return all
}

// countsIn reports whether rent is expected for m: the lease has begun on the day on
// which the rent is due, and has not ended before the month.
func (s stay) countsIn(m month, rule core.DueRule) bool {
	begun := s.begins.IsZero() || !m.core().Day(rule.Due).Before(s.begins)
	return begun && (s.ends.IsZero() || !s.ends.Before(m.core().First()))
}
