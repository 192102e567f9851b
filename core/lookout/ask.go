package lookout

import (
	"context"
	"maps"
	"slices"
	"time"

	"rentbell/core"
	"rentbell/core/radar"
)

// Findings is what holds, with what became of it, by kind and then by id. nil: nothing
// does, or the book is not filled yet.
func (l *Lookout) Findings() []core.Found { return l.complete(l.findings()) }

// findings is what holds.
func (l *Lookout) findings() []core.Finding {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.watch == nil {
		return nil
	}
	return slices.Clone(l.watch.Findings())
}

// lastEvents are looked through for the names of a work order, of which an event need not
// tell all.
const lastEvents = 10

// complete adds marks and names.
func (l *Lookout) complete(findings []core.Finding) []core.Found {
	if len(findings) == 0 {
		return nil
	}
	all := make([]core.Found, len(findings))
	places := l.places(findings)
	l.mu.Lock()
	for i, f := range findings {
		all[i] = core.Found{Finding: f, Mark: l.marks[f.Key()], Place: places[f.Lease]}
	}
	l.mu.Unlock()
	for i := range all {
		if all[i].WorkOrder != "" {
			l.nameOrder(&all[i])
		}
	}
	return all
}

// places are those of the leases of findings, with the names in force.
func (l *Lookout) places(findings []core.Finding) map[string]core.Place {
	places := map[string]core.Place{}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.cfg.Now()
	for _, f := range findings {
		if _, known := places[f.Lease]; !known && f.Lease != "" && l.book != nil {
			m := l.book.Lease(f.Lease, core.MonthOf(now), 1, l.terms, now)[0]
			places[f.Lease] = l.named(m).Place
		}
	}
	return places
}

// named is a lease's month with the names in force.
func (l *Lookout) named(m core.LeaseMonth) core.LeaseMonth {
	if p, is := l.cfg.Named(core.Payment{Place: m.Place, Lease: m.Lease}).(core.Payment); is {
		m.Place = p.Place
	}
	return m
}

// nameOrder says what people call a work order. Names that cannot be read are left out.
func (l *Lookout) nameOrder(f *core.Found) {
	history, err := l.cfg.Reader.History(core.WorkOrder{ID: f.WorkOrder}.Subject(), lastEvents)
	if err != nil {
		return
	}
	for _, e := range slices.Backward(history) { // the newest counts
		w, is := e.Detail.(core.WorkOrder)
		if !is {
			continue
		}
		for _, text := range []struct{ to, from *string }{
			{&f.Place.Tenant, &w.Tenant}, {&f.Place.Property, &w.Property}, {&f.Place.Unit, &w.Unit}, {&f.Title, &w.Title}, {&f.Number, &w.Number},
		} {
			if *text.from != "" {
				*text.to = *text.from
			}
		}
	}
}

// Expected is every lease of which rent is expected in a month, by id, as it stands now.
// nil before the book is filled. It reads the disk for a month of more than half a year
// ago: not for the UI goroutine.
func (l *Lookout) Expected(m core.Month) []core.LeaseMonth {
	return l.months(m, m, func(b *radar.Book, t radar.Terms, now time.Time) []core.LeaseMonth { return b.Month(m, t, now) })
}

// LeaseHistory is one lease in the n months up to one, oldest first. It is bound as
// Expected is.
func (l *Lookout) LeaseHistory(lease string, upTo core.Month, n int) []core.LeaseMonth {
	return l.months(upTo.Add(1-n), upTo, func(b *radar.Book, t radar.Terms, now time.Time) []core.LeaseMonth {
		return b.Lease(lease, upTo, n, t, now)
	})
}

// months asks the book that has whole all months from one on up to another.
func (l *Lookout) months(from, upTo core.Month, ask func(*radar.Book, radar.Terms, time.Time) []core.LeaseMonth) []core.LeaseMonth {
	now := l.cfg.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.watch == nil {
		return nil
	}
	book := l.book
	if from.Before(book.Whole()) {
		t := l.terms
		t.Leases, t.Properties = maps.Clone(t.Leases), maps.Clone(t.Properties)
		l.mu.Unlock()
		old, err := l.bookOf(upTo, t, now)
		l.mu.Lock()
		if err != nil {
			l.cfg.Log.Error("months of long ago could not be read", "err", err)
			return nil
		}
		book = old
	}
	months := ask(book, l.terms, now)
	for i, m := range months {
		months[i] = l.named(m)
	}
	return months
}

// longestReturn is how long after a payment its return may come, and a little more.
const longestReturn = 62 * 24 * time.Hour

// bookOf fills a book that has whole a month of long ago and those before it.
func (l *Lookout) bookOf(m core.Month, t radar.Terms, now time.Time) (*radar.Book, error) {
	end := endOf(m, now)
	return fill(context.Background(), l.cfg.Reader, StepsOf(l.cfg.Reader), t, end.Add(longestReturn), end) // who asks gives no context
}

// endOf is when the payments that count for a month have come, but for their returns.
func endOf(m core.Month, now time.Time) time.Time {
	end := m.Add(1).Last().In(now.Location()) // some that came later counts for m
	if now.Before(end) {
		return now
	}
	return end
}

// WorkOrderClock is how long a work order has waited; false where nothing of it is known.
func (l *Lookout) WorkOrderClock(id string) (core.WorkOrderClock, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.watch == nil {
		return core.WorkOrderClock{}, false
	}
	return l.book.Clock(id, l.cfg.Now())
}

// Terms are what people, tables and records say of a lease; zero: nothing.
func (l *Lookout) Terms(lease string) core.LeaseTerms {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := l.terms.Leases[lease]
	t.Typed = slices.Clone(t.Typed)
	return t
}

// DueRules are those of properties that have their own, by name.
func (l *Lookout) DueRules() map[string]core.DueRule {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.terms.Properties)
}

// Decided are all of these, and the rule that the settings have.
func (l *Lookout) Decided() radar.Terms {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := l.terms
	t.Leases, t.Properties = maps.Clone(t.Leases), maps.Clone(t.Properties)
	if t.Default = l.cfg.Settings().Radar.Rule; !t.Default.Valid() {
		t.Default = core.DefaultDueRule()
	}
	return t
}

const countRest = time.Second // between two counts of everything, while much arrives

// count brings the figures up to date, and returns after how long to count again. The
// caller holds changing.
func (l *Lookout) count(now time.Time) time.Duration {
	wakes := !l.wakes.IsZero() && !now.Before(l.wakes)
	if !l.uncounted && !wakes && core.MonthOf(l.counted) == core.MonthOf(now) {
		return tick
	}
	if !core.Passed(now, l.counted, countRest) {
		return countRest
	}
	figures := l.figures(now)
	l.counted, l.uncounted = now, false
	l.cfg.Board.Set(func(s *core.Status) { s.Radar = figures })
	return tick
}

func (l *Lookout) figures(now time.Time) core.RadarSummary {
	r := core.RadarSummary{Ready: true, Month: core.MonthOf(now)}
	findings := l.findings()
	l.mu.Lock()
	months := l.book.Month(r.Month, l.terms, now)
	l.mu.Unlock()
	for _, m := range months {
		switch m.State {
		case core.RentNotKnown:
			r.NotKnown++
			continue
		case core.RentPaid, core.RentEarly, core.RentTwice:
			r.Paid++
		}
		r.Known++
	}
	for _, f := range findings {
		if (f.Kind == core.FindLate || f.Kind == core.FindPartial) && f.Month == r.Month {
			r.Late++
			r.LateDue = r.LateDue.Plus(f.StillDue())
		}
	}
	l.countOpen(&r, findings, now)
	return r
}

// countOpen counts what needs attention and is neither snoozed nor handled, and notes
// when the next snooze ends.
func (l *Lookout) countOpen(r *core.RadarSummary, findings []core.Finding, now time.Time) {
	kinds, orders := map[core.FindingKind]bool{}, map[string]bool{}
	l.wakes = time.Time{}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range findings {
		m := l.marks[f.Key()]
		if !f.NeedsAttention() {
			continue
		}
		if m.Hidden(now) {
			if m.Handled.IsZero() && (l.wakes.IsZero() || m.Snoozed.Before(l.wakes)) {
				l.wakes = m.Snoozed
			}
			continue
		}
		kinds[f.Kind] = true
		if f.WorkOrder != "" {
			orders[f.WorkOrder] = true
		}
	}
	r.Attention, r.Stuck = len(kinds), len(orders)
}
